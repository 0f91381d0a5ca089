import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { getMe } from '../../support/engine/simple-operations.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { workOf } from '../sent.cts';
import { until } from '../../support/until.cts';
import { upserting } from '../upserting.cts';

const COUNT = 200;
const BAD = 77;

const { sandbox, engine } = engineWithSandbox();
let contacts: string[];

beforeAll(async () => {
	await engine.items(getMe);
});
beforeEach(() => {
	sandbox.clear('Account');
	sandbox.clear('Contact');
	for (let index = 0; index < COUNT; index++) {
		sandbox.insert('Account', { id: `account-${index}`, name: 'Berg' });
	}
	contacts = Array.from({ length: COUNT }, (_, index) =>
		sandbox.insert('Contact', { last_name: name(index) }),
	);
});

const name = (index: number) => `Name ${String(index).padStart(3, '0')}`;

const items = (): INodeExecutionData[] =>
	contacts.map((id, index) => ({ json: { id, index, name: name(index) } }));

const creating = (): INodeParameters => ({
	...upserting({ last_name: '={{ $json.name }}' }, []),
	operation: 'create',
});
const upsertingById = () =>
	upserting({ last_name: '={{ $json.name }}', title: 'Head' }, ['last_name']);
const linking = (): INodeParameters => ({
	resource: 'relatedRecord',
	operation: 'add',
	module: 'Account',
	// Each its own: items that change the same record take turns.
	recordId: '={{ "account-" + $json.index }}',
	link: 'contacts',
	relatedIds: '={{ $json.id }}',
});

/** Each operation on item `$json.index`, how it writes, and what in its output identifies the item. */
const OPERATIONS: Array<
	[string, string, () => INodeParameters, (json: IDataObject, id: string) => unknown]
> = [
	['create', 'POST', creating, ({ last_name }) => last_name],
	['upsert', 'PATCH', upsertingById, ({ id }) => id],
	['add', 'POST', linking, ({ relatedId }) => relatedId],
];

const writes = () => workOf(sandbox).filter(({ method }) => method !== 'GET');

describe.each(OPERATIONS)('200 items of %s', (operation, method, parametersOf, identityOf) => {
	const wanted = () =>
		operation === 'create' ? contacts.map((_, index) => name(index)) : contacts;

	it.each([1, 3, 8])('keep order and pairing with %i requests', async (parallelRequests) => {
		sandbox.gather(parallelRequests, { method, path: /^\/data/ });
		const { items: outputs, error } = await engine.run(
			{ ...parametersOf(), options: { parallelRequests } },
			{ items: items() },
		);
		expect(error).toBeUndefined();
		expect(outputs.map(({ json }, index) => identityOf(json, contacts[index]))).toEqual(wanted());
		expect(outputs.map(({ pairedItem }) => pairedItem)).toEqual(
			contacts.map((_, index) => ({ item: index })),
		);
		expect(sandbox.inFlightPeak).toBe(parallelRequests);
	});

	it('are all right but the one that fails', async () => {
		const withBad = items();
		withBad[BAD] = { json: { id: '', index: BAD, name: '' } };
		const { items: outputs } = await engine.run(parametersOf(), {
			items: withBad,
			continueOnFail: true,
		});
		expect(outputs.map(({ pairedItem }) => pairedItem)).toEqual(
			contacts.map((_, index) => ({ item: index })),
		);
		const failed = outputs.flatMap(({ json }, index) => (json.error === undefined ? [] : [index]));
		expect(failed).toEqual([BAD]);
		expect(outputs[BAD].error?.context).toMatchObject({ itemIndex: BAD });
		const good = ({ json }: INodeExecutionData, index: number) =>
			index === BAD ? [] : [identityOf(json, contacts[index])];
		expect(outputs.flatMap(good)).toEqual(wanted().filter((_, index) => index !== BAD));
	});

	it('stop behind one that fails, and name it', async () => {
		const withBad = items();
		withBad[BAD] = { json: { id: '', index: BAD, name: '' } };
		const parameters = { ...parametersOf(), options: { parallelRequests: 3 } };
		const error = await engine.failure(parameters, { items: withBad });
		expect(error.context.itemIndex).toBe(BAD);
		expect(writes().length).toBeLessThanOrEqual(BAD + 2);
		expect(writes().length).toBeGreaterThanOrEqual(BAD - 2);
	});

	it('end with the execution', async () => {
		sandbox.hold({ method, path: /^\/data/, after: 30 });
		const abort = new AbortController();
		const parameters = { ...parametersOf(), options: { parallelRequests: 3 } };
		const running = engine.run(parameters, { items: items(), signal: abort.signal });
		await until(() => sandbox.held === 3);
		abort.abort();
		sandbox.release();
		await running;
		await until(() => sandbox.requests.every(({ finishedAt }) => finishedAt !== undefined));
		const sent = workOf(sandbox).length;
		await engine.items(getMe);
		expect(workOf(sandbox)).toHaveLength(sent);
		expect(writes()).toHaveLength(33);
	});
});

it('do not let an upsert go on that waits for its turn when the execution ends', async () => {
	sandbox.failNext({ kind: 'timeout' }, { method: 'GET', path: /^\/data/ });
	const abort = new AbortController();
	const same = Array.from({ length: 8 }, () => ({ json: { name: 'Same' } }));
	const running = engine.run(upsertingById(), { items: same, signal: abort.signal });
	await until(() => workOf(sandbox).length === 1);
	abort.abort();
	await running;
	await until(() => workOf(sandbox)[0].finishedAt !== undefined);
	await engine.items(getMe);
	expect(workOf(sandbox)).toHaveLength(1);
	expect(sandbox.records('Contact')).toHaveLength(COUNT);
});
