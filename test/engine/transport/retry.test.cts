import type { INodeParameters } from 'n8n-workflow';
import { type Fault, type Sandbox, startSandbox } from '../../sandbox/sandbox.cts';
import {
	createContact,
	deleteContact,
	getContact,
	updateContact,
} from '../../support/engine/simple-operations.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import type { Pauses } from '../pauses.cts';
import { skipPauses } from '../pauses.cts';

const DATA = /^\/data\/Contact/;
const BUSY: Fault = { kind: 'status', status: 503, message: 'Down for a moment' };

describe('A request that fails', () => {
	const { sandbox, engine } = engineWithSandbox();
	let pauses: Pauses;
	let id: string;

	beforeEach(() => {
		sandbox.clear('Contact');
		id = sandbox.insert('Contact', { last_name: 'Aalto' });
		pauses = skipPauses();
	});

	/** The answers to the requests for records, undefined for a request without an answer. */
	const answers = () =>
		sandbox.requests.filter(({ path }) => DATA.test(path)).map(({ status }) => status);

	it('is sent again after two 503s and one reset when it reads, and gives the record', async () => {
		sandbox.failNext(BUSY, { method: 'GET', path: DATA, times: 2 });
		sandbox.failNext({ kind: 'resetBefore' }, { method: 'GET', path: DATA });
		expect(await engine.items(getContact(id))).toMatchObject([{ id, last_name: 'Aalto' }]);
		expect(answers()).toEqual([503, 503, undefined, 200]);
	});

	it('is sent again after two 503s and one lost answer when it updates', async () => {
		sandbox.failNext(BUSY, { method: 'PATCH', path: DATA, times: 2 });
		sandbox.failNext({ kind: 'resetAfter' }, { method: 'PATCH', path: DATA });
		expect(await engine.items(updateContact(id, 'Berg'))).toEqual([{ id, last_name: 'Berg' }]);
		expect(answers()).toEqual([503, 503, undefined, 200]);
		expect(sandbox.record('Contact', id)?.last_name).toBe('Berg');
	});

	it('is sent again after two 503s and one reset when it deletes', async () => {
		sandbox.failNext(BUSY, { method: 'DELETE', path: DATA, times: 2 });
		sandbox.failNext({ kind: 'resetBefore' }, { method: 'DELETE', path: DATA });
		expect(await engine.items(deleteContact(id))).toEqual([{ id, deleted: true }]);
		expect(answers()).toEqual([503, 503, undefined, 200]);
		expect(sandbox.records('Contact')).toEqual([]);
	});

	it('is sent again when the answer broke off in the middle', async () => {
		sandbox.failNext({ kind: 'truncated' }, { method: 'GET', path: DATA });
		expect(await engine.items(getContact(id))).toMatchObject([{ id, last_name: 'Aalto' }]);
		expect(answers()).toEqual([200, 200]);
	});

	it.each<[string, Fault]>([
		['the answer got lost', { kind: 'resetAfter' }],
		['a gateway answered with a 502', { kind: 'statusAfter', status: 502 }],
	])('has deleted the record when %s and the retry says 404', async (_, fault) => {
		sandbox.failNext(fault, { method: 'DELETE', path: DATA });
		expect(await engine.items(deleteContact(id))).toEqual([{ id, deleted: true }]);
		expect(answers()).toEqual([fault.status, 404]);
	});

	it.each<[string, INodeParameters]>([
		['of a mistyped module', { ...getContact('1', 'Contcat'), operation: 'delete' }],
		[
			'of a call with a mistyped module',
			{ resource: 'api', operation: 'call', method: 'DELETE', url: 'data/Contcat/1' },
		],
		[
			'of a call with a mistyped path',
			{ resource: 'api', operation: 'call', method: 'DELETE', url: 'dta/Contact/1' },
		],
	])('has not deleted a record %s when the retry of a 502 says 404', async (_, parameters) => {
		sandbox.failNext({ kind: 'status', status: 502 }, { method: 'DELETE' });
		const { message, description } = await engine.failure(parameters);
		expect(`${message} ${description}`).toMatch(/not found/i);
	});

	it.each(['notFound', 'badRequest'] as const)(
		'has removed nothing of a mistyped link after a 502 (%s)',
		async (unknownLink) => {
			sandbox.variants.unknownLink = unknownLink;
			sandbox.failNext({ kind: 'status', status: 502 }, { method: 'DELETE' });
			await engine.failure({
				resource: 'relatedRecord',
				operation: 'remove',
				module: 'Account',
				recordId: sandbox.insert('Account', { name: 'Berg' }),
				link: 'contcts',
				relatedIds: id,
			});
		},
	);

	it.each<[string, Fault]>([
		['429', { kind: 'status', status: 429 }],
		['503 that names a time', { kind: 'status', status: 503, retryAfter: 1 }],
	])('has not deleted a record that is not there after a %s', async (_, fault) => {
		sandbox.failNext(fault, { method: 'DELETE', path: DATA });
		const error = await engine.failure(deleteContact('gone'));
		expect(error.message).toBe('Contact "gone" was not found');
		expect(answers()).toEqual([fault.status, 404]);
	});

	it('creates one record and says so when the answer of the creation got lost', async () => {
		sandbox.failNext({ kind: 'resetAfter' }, { method: 'POST', path: DATA });
		const error = await engine.failure(createContact('Cerny'));
		expect(error.message).toMatch(/^The connection to ".+" was lost before an answer arrived$/);
		expect(error.description).toContain(
			'1CRM may have applied this change anyway. Check before you retry',
		);
		expect(sandbox.records('Contact').map(({ last_name: name }) => name)).toEqual([
			'Aalto',
			'Cerny',
		]);
		expect(answers()).toHaveLength(1);
	});

	it.each<[string, Fault]>([
		['a connection that broke', { kind: 'resetBefore' }],
		['an answer that broke off', { kind: 'truncated' }],
		['a 503 that names no time', BUSY],
		['a 502', { kind: 'status', status: 502 }],
		['a 504', { kind: 'status', status: 504 }],
	])('creates nothing a second time after %s', async (_, fault) => {
		sandbox.failNext(fault, { method: 'POST', path: DATA });
		const error = await engine.failure(createContact('Cerny'));
		expect(error.message).not.toBe("This address doesn't answer like a 1CRM API");
		expect(answers()).toHaveLength(1);
	});

	it.each<[string, Fault]>([
		['a 503 whose Retry-After is empty', { kind: 'status', status: 503, retryAfter: '' }],
		['a 503 whose Retry-After is no time', { kind: 'status', status: 503, retryAfter: 'soon' }],
		['a 503 whose Retry-After is a word and a number', { ...BUSY, retryAfter: 'retry 5' }],
		['a 503 whose Retry-After is a day', { ...BUSY, retryAfter: 'May 5' }],
		['a 503 whose Retry-After is negative', { kind: 'status', status: 503, retryAfter: '-1' }],
		['a 429 after the work', { kind: 'statusAfter', status: 429 }],
		['a 429 after the work, no time', { kind: 'statusAfter', status: 429, retryAfter: 'x' }],
		['a 503 after the work', { kind: 'statusAfter', status: 503 }],
		['a 502 with a Retry-After', { kind: 'statusAfter', status: 502, retryAfter: 1 }],
	])('creates nothing a second time after %s, and says that it may be done', async (_, fault) => {
		sandbox.failNext(fault, { method: 'POST', path: DATA });
		const { message, description } = await engine.failure(createContact('Cerny'));
		expect(`${message} ${description}`).toMatch(/may have/);
		expect(answers()).toHaveLength(1);
	});

	it('creates nothing a second time after a time-out', async () => {
		sandbox.failNext({ kind: 'timeoutAfter' }, { method: 'POST', path: DATA });
		const error = await engine.failure({ ...createContact('Cerny'), options: { timeout: 1 } });
		expect(error.message).toMatch(/didn't answer in time$/);
		expect(error.description).toContain(
			'1CRM may have applied this change anyway. Check before you retry',
		);
		expect(answers()).toHaveLength(1);
		expect(sandbox.records('Contact')).toHaveLength(2);
	});

	it('says so in the item of a workflow that continues, which holds the message alone', async () => {
		sandbox.failNext({ kind: 'resetAfter' }, { method: 'POST', path: DATA });
		const { items } = await engine.run(createContact('Cerny'), { continueOnFail: true });
		expect(items).toHaveLength(1);
		expect(items[0].json.error).toMatch(
			/was lost before an answer arrived\. 1CRM may have applied this change anyway. Check before you retry$/,
		);
	});

	it('reads again after a time-out', async () => {
		sandbox.failNext({ kind: 'timeout' }, { method: 'GET', path: DATA });
		expect(await engine.items({ ...getContact(id), options: { timeout: 1 } })).toHaveLength(1);
		expect(answers()).toEqual([undefined, 200]);
	});

	it.each<[string, Fault]>([
		['a 429 that names a time', { kind: 'status', status: 429, retryAfter: 1 }],
		['a 503 that names a time', { kind: 'status', status: 503, retryAfter: 1 }],
	])('creates the record after %s', async (_, fault) => {
		sandbox.failNext(fault, { method: 'POST', path: DATA });
		await engine.items(createContact('Cerny'));
		expect(answers()).toEqual([fault.status, 200]);
		expect(sandbox.records('Contact')).toHaveLength(2);
	});

	it('is given up after four tries, with growing pauses between them', async () => {
		sandbox.failNext(BUSY, { path: DATA, times: 9 });
		const error = await engine.failure(getContact(id));
		expect(error.message).toBe('Down for a moment');
		expect(error).toMatchObject({ httpCode: '503' });
		expect(answers()).toEqual([503, 503, 503, 503]);
		expect(pauses.total).toBeGreaterThanOrEqual(125 + 375 + 1125);
		expect(pauses.total).toBeLessThanOrEqual(250 + 750 + 2250);
	});

	it('waits as many seconds as the server asks for', async () => {
		sandbox.failNext({ ...BUSY, retryAfter: 60 }, { path: DATA });
		await engine.items(getContact(id));
		expect(answers()).toEqual([503, 200]);
		expect(pauses.total).toBe(60_000);
	});

	it('waits until the moment that the server names', async () => {
		const moment = new Date(Date.now() + 30_000).toUTCString();
		sandbox.failNext({ ...BUSY, retryAfter: moment }, { path: DATA });
		await engine.items(getContact(id));
		expect(answers()).toEqual([503, 200]);
		expect(pauses.total).toBeGreaterThan(25_000);
		expect(pauses.total).toBeLessThanOrEqual(30_000);
	});

	it.each([
		['seconds', () => 61],
		['a date', () => new Date(Date.now() + 120_000).toUTCString()],
	])('is given up at once when the server asks for more than a minute, in %s', async (_, after) => {
		sandbox.failNext({ ...BUSY, retryAfter: after() }, { path: DATA });
		const error = await engine.failure(getContact(id));
		expect(error.message).toBe('Down for a moment');
		expect(answers()).toEqual([503]);
		expect(pauses.total).toBe(0);
	});

	it.each([400, 403, 404, 405, 500, 501])(
		'is not sent again after a %i, which would not change',
		async (status) => {
			sandbox.failNext({ kind: 'status', status }, { path: DATA });
			await engine.failure(getContact(id));
			expect(answers()).toEqual([status]);
		},
	);
});

describe('A request whose connection is refused at first', () => {
	const { sandbox, engine } = engineWithSandbox({ perTest: true });

	it('creates the record', async () => {
		const { port } = sandbox;
		await engine.items({ resource: 'field', operation: 'getAll', module: 'Contact' });
		await sandbox.stop();
		let restarted: Sandbox | undefined;
		skipPauses().during(async () => {
			restarted = await startSandbox({ seed: false, port });
		});
		try {
			// A call sends the POST without reading the metadata before it.
			const [answer] = await engine.items({
				resource: 'api',
				operation: 'call',
				method: 'POST',
				url: 'data/Contact',
				body: { data: { last_name: 'Cerny' } },
			});
			expect(answer).toMatchObject({ statusCode: 200 });
			expect(restarted?.records('Contact')).toHaveLength(1);
		} finally {
			await restarted?.stop();
		}
	});
});
