import axios from 'axios';
import { skipPauses } from '../pauses.cts';
import { addressOf, deliveryScene } from './delivery-scene.cts';

type Change = { field: string; before: string | null; after: string };

const CHANGES = 12;

const OPTIONS = [
	{ includeChanges: true },
	{ includeChanges: true, onlyIfChanged: ['title', 'department'] },
];

const ORDERS = ['newestFirst', 'shuffled'] as const;

const CASES = OPTIONS.flatMap((options) => ORDERS.map((order) => [options, order] as const));

describe.each([
	['the process that receives the deliveries', false],
	['other processes', true],
])('The changes of one second, if %s runs the executions', (_, hasWorkers) => {
	const scene = deliveryScene({ hasWorkers });

	async function activate(options: object): Promise<string> {
		Object.assign(scene.trigger.parameters, { event: 'updated', options });
		await scene.trigger.activate();
		return scene.sandbox.insert('Contact', { last_name: 'Aalto' });
	}

	/** Changes title and department in turn; the trigger has answered each change before the next one. */
	async function changeInTurn(id: string): Promise<Change[]> {
		const changes: Change[] = [];
		for (let number = 0; number < CHANGES; number++) {
			const field = number % 2 === 0 ? 'title' : 'department';
			const change = { field, before: changes.at(-2)?.after ?? null, after: `${field} ${number}` };
			await scene.client.patch(`/data/Contact/${id}`, { data: { [field]: change.after } });
			await scene.sandbox.settle();
			changes.push(change);
		}
		return changes;
	}

	async function included(): Promise<Change[][]> {
		return ((await scene.items()) as Array<{ changes: Change[] }>).map(({ changes }) => changes);
	}

	const sorted = (changes: Change[][]) => changes.map((own) => JSON.stringify(own)).sort();

	it.each(CASES)('are in the item of their own event: %j, entries %s', async (options, order) => {
		skipPauses();
		scene.sandbox.variants.auditTies = order;
		const changes = await changeInTurn(await activate(options));
		expect(sorted(await included())).toEqual(sorted(changes.map((change) => [change])));
	});

	it.each(CASES)('are told apart if the log is late: %j, entries %s', async (options, order) => {
		Object.assign(scene.sandbox.variants, { auditTies: order, auditLag: 400 });
		const changes = await changeInTurn(await activate(options));
		expect(sorted(await included())).toEqual(sorted(changes.map((change) => [change])));
	});

	it.each([
		{ includeChanges: true },
		{ includeChanges: true, onlyIfChanged: ['title'] },
		{ includeChanges: true, onlyIfChanged: ['title', 'department'] },
	])('are told apart if n8n takes up the second event first: %j', async (options) => {
		const id = await activate(options);
		const url = addressOf(scene, 'update');
		const change = async (values: Record<string, string>) => {
			scene.sandbox.update('Contact', id, values);
			return (await scene.client.get(`/data/Contact/${id}`)).data.record as object;
		};
		scene.stopClock();
		const first = await change({ title: 'Head' });
		const second = await change({ department: 'Sales' });
		scene.sandbox.clearRequests();
		const pauses = skipPauses();
		const isLogRead = () => scene.sandbox.requests.some(({ path }) => path.startsWith('/audit'));
		const deliverFirst = async (): Promise<void> => {
			if (isLogRead()) await axios.post(url, first, { proxy: false });
			else pauses.during(deliverFirst);
		};
		pauses.during(deliverFirst);
		await scene.deliver(url, second);

		const isWanted = ({ field }: Change) => options.onlyIfChanged?.includes(field) ?? true;
		const changes = [
			{ field: 'title', before: null, after: 'Head' },
			{ field: 'department', before: null, after: 'Sales' },
		].filter((own) => isWanted(own as Change)) as Change[];
		expect(sorted(await included())).toEqual(sorted(changes.map((own) => [own])));
	});

	it('are all in the item if one event made them', async () => {
		skipPauses();
		const id = await activate({ includeChanges: true });
		await scene.client.patch(`/data/Contact/${id}`, {
			data: { title: 'Head', department: 'Sales' },
		});
		expect((await included()).map((own) => own.length)).toEqual([2]);
	});
});
