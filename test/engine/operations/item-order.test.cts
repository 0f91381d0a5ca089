import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { getMe } from '../../support/engine/simple-operations.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { skipPauses } from '../pauses.cts';
import { workOf } from '../sent.cts';
import { until } from '../../support/until.cts';

const COUNT = 12;
const BAD = 4;
const HELD_BACK_MS = 60;

const { sandbox, engine } = engineWithSandbox();
let ids: string[];

beforeAll(async () => {
	await engine.items(getMe);
});
beforeEach(() => {
	sandbox.clear('Contact');
	ids = Array.from({ length: COUNT }, (_, index) =>
		sandbox.insert('Contact', { last_name: `Name ${String(index).padStart(2, '0')}` }),
	);
});

const record = (operation: string, rest: INodeParameters): INodeParameters => ({
	resource: 'record',
	operation,
	module: 'Contact',
	recordId: '={{ $json.id }}',
	...rest,
});

const upload = { resource: 'file', operation: 'upload', inputMode: 'manual' };
const call = { resource: 'api', operation: 'call' };

/** Each operation on item number `$json.index`, and what in its output identifies the item. */
const OPERATIONS: Array<[string, INodeParameters, (item: INodeExecutionData) => unknown]> = [
	[
		'create',
		record('create', {
			fields: { mappingMode: 'defineBelow', value: { last_name: '={{ $json.id }}' } },
		}),
		({ json }) => json.last_name,
	],
	['get', record('get', { returnFields: ['last_name'] }), ({ json }) => json.id],
	['search', record('search', { filterText: '={{ $json.name }}' }), ({ json }) => json.id],
	[
		'update',
		record('update', { fields: { mappingMode: 'defineBelow', value: { title: 'Head' } } }),
		({ json }) => json.id,
	],
	['delete', record('delete', {}), ({ json }) => json.id],
	[
		'upload',
		{ ...upload, fileName: '={{ $json.id }}', fileContent: 'text' },
		({ json }) => json.fileName,
	],
	[
		'call',
		{ ...call, url: '={{ $json.id && "data/Contact/" + $json.id }}' },
		({ json }) => (json.body as { record?: { id: string } } | undefined)?.record?.id,
	],
];

const answered = () => workOf(sandbox).filter(({ status }) => status !== undefined).length;

const items = () =>
	ids.map((id, index) => ({ json: { id, index, name: `Name ${String(index).padStart(2, '0')}` } }));

describe.each(OPERATIONS)('%s', (_name, parameters, identityOf) => {
	it.each([1, 3, 8])('keeps order and pairing with %i at a time', async (parallelRequests) => {
		// The first item is asked to try again later, and does so after all others have been answered.
		sandbox.failNext({ kind: 'status', status: 429, retryAfter: 1 }, { path: /^\/(data|files)/ });
		const pauses = skipPauses();
		if (parallelRequests > 1) {
			pauses.during(() => until(() => answered() === COUNT));
		}
		const { items: outputs, error } = await engine.run(
			{ ...parameters, options: { parallelRequests } },
			{ items: items() },
		);
		expect(error).toBeUndefined();
		expect(outputs.map(identityOf)).toEqual(ids);
		expect(outputs.map(({ pairedItem }) => pairedItem)).toEqual(
			ids.map((_, index) => ({ item: index })),
		);
	});

	it('goes on with the others behind one that fails', async () => {
		const { items: outputs } = await engine.run(parameters, {
			items: items().map((item, index) => (index === BAD ? broken() : item)),
			continueOnFail: true,
		});
		expect(outputs.map(({ pairedItem }) => pairedItem)).toEqual(
			ids.map((_, index) => ({ item: index })),
		);
		const good = outputs.filter((_, index) => index !== BAD);
		expect(good.map(identityOf)).toEqual(ids.filter((_, index) => index !== BAD));
		expect(good.map(({ json }) => json.error)).toEqual(good.map(() => undefined));
		expect(outputs[BAD].json.error).toEqual(expect.any(String));
		expect(outputs[BAD].error?.context).toMatchObject({ itemIndex: BAD });
	});

	/** Nothing in it that an operation could work with. */
	const broken = () => ({ json: { id: '', index: BAD, name: '' } });
});

describe('the limit of requests in flight', () => {
	const getting = (parallelRequests?: number) =>
		record('get', { options: parallelRequests === undefined ? {} : { parallelRequests } });

	it.each([
		[1, 1],
		[3, 3],
		[8, 8],
		[undefined, 8],
		[50, COUNT],
	])('set to %s is used and kept', async (parallelRequests, peak) => {
		sandbox.gather(peak, { path: /^\/data/ });
		await engine.items(getting(parallelRequests), { items: items() });
		expect(workOf(sandbox)).toHaveLength(COUNT);
		expect(sandbox.inFlightPeak).toBe(peak);
	});

	it.each([1, 3, 8])(
		'of %i holds for searches that read pages at a time',
		async (parallelRequests) => {
			sandbox.latency = HELD_BACK_MS;
			sandbox.variants.maxPageSize = 3;
			const searching = record('search', { returnAll: true, options: { parallelRequests } });
			const outputs = await engine.items(searching, { items: items().slice(0, 3) });
			expect(outputs).toHaveLength(3 * COUNT);
			expect(sandbox.inFlightPeak).toBeLessThanOrEqual(parallelRequests);
		},
	);

	it('lets one search read as many pages at a time', async () => {
		sandbox.gather(4, { path: /^\/data/, after: 2 });
		sandbox.variants.maxPageSize = 2;
		const searching = record('search', { returnAll: true, options: { parallelRequests: 4 } });
		expect(await engine.items(searching)).toHaveLength(COUNT);
		expect(sandbox.inFlightPeak).toBe(4);
	});
});

it('starts no further item behind a failure, and names the first that failed', async () => {
	const withBad = items().map((item, index) => (index === BAD ? { json: { id: '' } } : item));
	const deleting = record('delete', { options: { parallelRequests: 1 } });
	const error = await engine.failure(deleting, { items: withBad });
	expect(error.context.itemIndex).toBe(BAD);
	expect(workOf(sandbox)).toHaveLength(BAD);
	expect(sandbox.records('Contact').map(({ id }) => id)).toEqual(ids.slice(BAD));
});
