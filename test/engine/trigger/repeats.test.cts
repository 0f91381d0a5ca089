import { setTimeout as pause } from 'node:timers/promises';
import axios from 'axios';
import { sandboxCredential } from '../../support/engine/engine.cts';
import { shortenDeadlines } from '../pauses.cts';
import { until } from '../../support/until.cts';
import { addressOf, deliveryScene } from './delivery-scene.cts';

const changedAt = (dateModified: string, more = {}) => ({
	id: 'c1',
	date_modified: dateModified,
	...more,
});
const CHANGE = changedAt('2026-01-01 10:00:00');

describe('An event that is delivered twice', () => {
	const scene = deliveryScene();

	async function activate(options: object, event = 'updated'): Promise<void> {
		Object.assign(scene.trigger.parameters, { event, options });
		await scene.trigger.activate();
	}

	async function deliverAll(...bodies: unknown[]): Promise<unknown[]> {
		for (const body of bodies) await scene.deliver(addressOf(scene, 'update'), body);
		return await scene.items();
	}

	it('starts two executions unless told otherwise', async () => {
		await activate({ fetchRecord: false });
		const before = structuredClone(scene.trigger.staticData);
		expect(await deliverAll(CHANGE, CHANGE)).toHaveLength(2);
		expect(scene.trigger.staticData).toEqual(before);
	});

	describe('with Ignore Repeats', () => {
		const OPTIONS = { fetchRecord: false, ignoreRepeats: true };

		it('starts one execution, a later change another', async () => {
			await activate(OPTIONS);
			const later = changedAt('2026-01-01 10:00:01');
			expect(await deliverAll(CHANGE, CHANGE, later, CHANGE)).toMatchObject([
				{ record: CHANGE },
				{ record: later },
			]);
		});

		it('starts an execution for another change within the same second', async () => {
			await activate(OPTIONS);
			const first = changedAt('2026-01-01 10:00:00', { status: 'New' });
			const second = changedAt('2026-01-01 10:00:00', { status: 'Dead' });
			expect(await deliverAll(first, second, first, second)).toMatchObject([
				{ record: first },
				{ record: second },
			]);
		});

		it('is answered as if it were the first', async () => {
			await activate(OPTIONS);
			expect(await scene.deliver(addressOf(scene, 'update'), CHANGE)).toBe(200);
			expect(await scene.deliver(addressOf(scene, 'update'), CHANGE)).toBe(200);
		});

		it('is not taken for a repeat without the time of the change', async () => {
			await activate(OPTIONS);
			expect(await deliverAll({ id: 'c1' }, { id: 'c1' })).toHaveLength(2);
		});

		it('is told apart by its event', async () => {
			await activate(OPTIONS, 'createdOrUpdated');
			await scene.deliver(addressOf(scene, 'create'), CHANGE);
			await scene.deliver(addressOf(scene, 'update'), CHANGE);
			expect(await scene.items()).toMatchObject([{ event: 'created' }, { event: 'updated' }]);
		});

		it('starts one execution if it comes twice at the same moment', async () => {
			await activate(OPTIONS);
			const statuses = await scene.deliverAtOnce(
				addressOf(scene, 'update'),
				...Array.from({ length: 20 }, () => CHANGE),
			);
			expect(new Set(statuses)).toEqual(new Set([200]));
			expect(await scene.items()).toHaveLength(1);
		});

		it('starts one execution if only its ID comes twice at the same moment', async () => {
			await activate({ ignoreRepeats: true });
			const id = scene.sandbox.insert('Contact', { last_name: 'Aalto' });
			await scene.deliverAtOnce(addressOf(scene, 'update'), { id }, { id }, { id });
			expect(await scene.items()).toMatchObject([{ recordId: id }]);
		});

		it('is known although the record was changed again in between', async () => {
			await activate({ ignoreRepeats: true });
			const id = scene.sandbox.insert('Contact', { last_name: 'Aalto' });
			const delivery = { id, date_modified: '2026-01-01 10:00:00' };
			await scene.deliver(addressOf(scene, 'update'), delivery);
			await scene.client.patch(`/data/Contact/${id}`, { data: { last_name: 'Berg' } });
			await scene.items();
			scene.sandbox.clearRequests();
			await scene.deliver(addressOf(scene, 'update'), delivery);
			expect(await scene.items()).toHaveLength(2);
			expect(scene.sandbox.requests).toEqual([]);
		});

		it('is answered although 1CRM cannot give the record meanwhile, and counts as new', async () => {
			await activate({ ignoreRepeats: true });
			const id = scene.sandbox.insert('Contact', { last_name: 'Aalto' });
			shortenDeadlines();
			// Once for the answer, then the execution asks again.
			const reading = { method: 'GET', path: /^\/data\/Contact\// };
			scene.sandbox.failNext({ kind: 'timeout' }, reading);
			expect(await scene.deliver(addressOf(scene, 'update'), { id })).toBe(200);
			expect(await scene.items()).toMatchObject([{ recordId: id, record: { last_name: 'Aalto' } }]);
			const reads = scene.sandbox.requests.filter(({ path }) => reading.path.test(path));
			expect(reads).toHaveLength(2);
		});

		it('is answered although the token has expired and 1CRM gives no other meanwhile', async () => {
			scene.engine.credentials.data = sandboxCredential(scene.sandbox, 'oauth2');
			await activate({ ignoreRepeats: true });
			const id = scene.sandbox.insert('Contact', { last_name: 'Aalto' });
			scene.sandbox.expireTokens();
			scene.sandbox.failNext({ kind: 'timeout' }, { path: /^\/auth/ });
			shortenDeadlines();
			expect(await scene.deliver(addressOf(scene, 'update'), { id })).toBe(200);
			expect(await scene.items()).toMatchObject([{ recordId: id }]);
		});

		it('has every event saved, also of deliveries at the same moment', async () => {
			await activate(OPTIONS);
			const changes = Array.from({ length: 20 }, (_, number) => ({ ...CHANGE, id: `c${number}` }));
			await scene.deliverAtOnce(addressOf(scene, 'update'), ...changes);
			expect(scene.trigger.staticData.seenEvents).toHaveLength(20);
		});

		it('is ignored for as long as 1CRM repeats itself', async () => {
			await activate({ ignoreRepeats: true });
			scene.sandbox.variants.webhooks.repeats = 3;
			const id = scene.sandbox.insert('Contact', { last_name: 'Aalto' });
			await scene.client.patch(`/data/Contact/${id}`, { data: { last_name: 'Berg' } });
			expect(await scene.items()).toMatchObject([{ record: { last_name: 'Berg' } }]);
			expect(scene.sandbox.deliveries.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
		});
	});
});

describe('A delivery that n8n is storing', () => {
	const scene = deliveryScene();
	let store: () => void;
	let isStoring: boolean;

	beforeEach(async () => {
		scene.trigger.parameters.options = { fetchRecord: false, ignoreRepeats: true };
		await scene.trigger.activate();
		isStoring = false;
		scene.trigger.store = () => {
			isStoring = true;
			return new Promise((resolve) => (store = resolve));
		};
	});

	it('does not bring back an earlier registration when it is saved', async () => {
		const address = addressOf(scene, 'create');
		const delivering = scene.deliver(address, CHANGE);
		await until(() => isStoring);
		scene.trigger.parameters.event = 'created';
		await scene.trigger.activate();
		const { registration } = scene.trigger.staticData;
		store();
		expect(await delivering).toBe(200);

		expect(scene.trigger.staticData.registration).toEqual(registration);
		expect(scene.trigger.staticData.seenEvents).toHaveLength(1);
		scene.trigger.store = async () => {};
		expect(await scene.deliver(addressOf(scene, 'create'), { id: 'c2' })).toBe(200);
		expect(await scene.deliver(address, { id: 'c2' })).toBe(401);
	});

	it('does not bring back a registration that has ended', async () => {
		const delivering = scene.deliver(addressOf(scene, 'create'), CHANGE);
		await until(() => isStoring);
		await scene.trigger.deactivate();
		store();
		await delivering;
		expect(scene.trigger.keptWebhooks).toEqual([]);
	});

	it('has a repeat wait for it, which is ignored when it is stored', async () => {
		const address = addressOf(scene, 'update');
		const delivering = scene.deliverAtOnce(address, CHANGE, CHANGE, CHANGE);
		await until(() => isStoring && scene.trigger.received === 3);
		store();
		expect(await delivering).toEqual([200, 200, 200]);
		expect(await scene.items()).toHaveLength(1);
	});

	it('is replaced by a repeat when it cannot be stored', async () => {
		const address = addressOf(scene, 'update');
		scene.trigger.store = async () => {
			isStoring = true;
			scene.trigger.store = async () => {};
			await new Promise<void>((resolve) => (store = resolve));
			throw new Error('The database is locked');
		};
		const first = scene.deliver(address, CHANGE);
		await until(() => isStoring);
		const repeat = scene.deliver(address, CHANGE);
		await until(() => scene.trigger.received === 2);
		await pause(50);
		store();
		expect(await Promise.all([first, repeat])).toEqual([500, 200]);
		expect(await scene.items()).toMatchObject([{ recordId: 'c1' }]);
	});

	it.each([
		['is read for its answer', { ignoreRepeats: true }, { id: 'c1' }],
		['is stored', { ignoreRepeats: true, fetchRecord: false }, CHANGE],
	])('leaves nobody waiting when 1CRM hangs up while it %s', async (_, options, body) => {
		scene.trigger.parameters.options = options;
		scene.sandbox.insert('Contact', { id: 'c1', last_name: 'Aalto' });
		scene.sandbox.hold({ path: /^\/data/ });
		const address = addressOf(scene, 'update');
		const hangUp = new AbortController();
		const lost = axios.post(address, body, { proxy: false, signal: hangUp.signal });
		await until(() => isStoring || scene.sandbox.held === 1);
		hangUp.abort();
		await expect(lost).rejects.toThrow('canceled');

		const repeat = scene.deliver(address, body);
		await until(() => scene.trigger.received === 2);
		scene.sandbox.release();
		await until(() => isStoring);
		scene.trigger.store = async () => {};
		store();
		expect(await repeat).toBe(200);
		expect(await scene.items()).toHaveLength(1);
	});

	it('has the events of later ones saved with it', async () => {
		const address = addressOf(scene, 'update');
		const delivering = scene.deliver(address, CHANGE);
		await until(() => isStoring);
		scene.trigger.store = async () => {};
		await axios.post(address, { ...CHANGE, id: 'c2' }, { proxy: false });
		store();
		await delivering;
		expect(scene.trigger.staticData.seenEvents).toHaveLength(2);
	});
});

describe('A delivery', () => {
	const scene = deliveryScene();

	it('whose execution cannot be stored is not answered with success, and not lost when it is repeated', async () => {
		scene.trigger.parameters.options = { fetchRecord: false, ignoreRepeats: true };
		await scene.trigger.activate();
		const address = addressOf(scene, 'create');
		scene.trigger.store = () => Promise.reject(new Error('The database is locked'));
		expect(await scene.deliver(address, CHANGE)).toBe(500);
		scene.trigger.store = async () => {};
		expect(await scene.deliver(address, CHANGE)).toBe(200);
		expect(await scene.deliver(address, CHANGE)).toBe(200);
		expect(await scene.items()).toMatchObject([{ recordId: 'c1' }]);
	});

	it('is not lost when 1CRM sends again what could not be stored', async () => {
		scene.sandbox.variants.webhooks.retries = 1;
		await scene.trigger.activate();
		scene.trigger.store = () => {
			scene.trigger.store = async () => {};
			return Promise.reject(new Error('The database is locked'));
		};
		await scene.client.post('/data/Contact', { data: { last_name: 'Aalto' } });
		expect(await scene.items()).toMatchObject([{ record: { last_name: 'Aalto' } }]);
		expect(scene.sandbox.deliveries.map(({ status }) => status)).toEqual([500, 200]);
	});

	it('is let in although the activation has not saved anything yet', async () => {
		const id = scene.sandbox.insert('Contact', { last_name: 'Aalto' });
		await scene.trigger.activateAndCrash();
		expect(scene.trigger.staticData).toEqual({});
		expect(await scene.deliver(addressOf(scene, 'create'), { id })).toBe(200);
		expect(await scene.items()).toMatchObject([{ event: 'created', recordId: id }]);
	});

	it('has a registration saved again that was lost', async () => {
		await scene.trigger.activate();
		const { registration } = scene.trigger.staticData;
		scene.trigger.parameters.options = { fetchRecord: false };
		vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 100_000);
		scene.trigger.staticData = {};
		expect(await scene.deliver(addressOf(scene, 'create'), { id: '1' })).toBe(200);
		vi.restoreAllMocks();
		expect(scene.trigger.staticData).toEqual({ registration });
	});

	it('is answered before the record is read', async () => {
		await scene.trigger.activate();
		const id = scene.sandbox.insert('Contact', { last_name: 'Aalto' });
		scene.sandbox.hold({ method: 'GET' });
		const url = addressOf(scene, 'create');
		await expect(axios.post(url, { id }, { proxy: false })).resolves.toMatchObject({ status: 200 });
		expect(scene.sandbox.requests.filter(({ method }) => method === 'GET')).not.toContainEqual(
			expect.objectContaining({ status: 200, path: `/data/Contact/${id}` }),
		);
		scene.sandbox.release();
		expect(await scene.items()).toMatchObject([{ record: { last_name: 'Aalto' } }]);
	});
});
