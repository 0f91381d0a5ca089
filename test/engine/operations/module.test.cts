import { LISTED_MODULES } from '../../sandbox/modules/modules.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox();

beforeEach(() => {
	sandbox.variants.modulesShape = 'objects';
});

const ALL = { resource: 'module', operation: 'getAll', returnAll: true };
const MODULES = LISTED_MODULES.length;

it('lists every module with the name that other operations take and its label', async () => {
	const modules = await engine.items(ALL);
	expect(modules).toHaveLength(MODULES);
	expect(modules).toContainEqual({
		name: 'aCase',
		label: 'Cases',
		model: 'aCase',
		module: 'Cases',
	});
	expect(sentTo(sandbox)).toEqual(['GET /meta/modules']);
});

it.each(['objects', 'strings', 'map', 'modulesKey'] as const)(
	'gives names that work, from an answer of %s',
	async (modulesShape) => {
		sandbox.variants.modulesShape = modulesShape;
		const names = (await engine.items(ALL)).map(({ name }) => String(name));
		expect(names).toHaveLength(MODULES);
		const search = {
			resource: 'record',
			operation: 'search',
			module: '={{ $json.name }}',
			limit: 1,
		};
		const items = names.map((name) => ({ json: { name } }));
		expect((await engine.run(search, { items })).error).toBeUndefined();
	},
);

it.each<[string, object]>([
	['names', { 0: 'Account', 2: 'aCase' }],
	['objects', { 0: { name: 'Account' }, 2: { name: 'aCase' } }],
])('reads a list of %s that PHP wrote as a map, because it has gaps', async (_what, list) => {
	sandbox.failNext({ kind: 'status', status: 200, body: { list } }, { path: /modules/ });
	expect((await engine.items(ALL)).map(({ name }) => name)).toEqual(['Account', 'aCase']);
});

it('gives no more than the limit', async () => {
	const modules = await engine.items({ ...ALL, returnAll: false, limit: 2 });
	expect(modules.map(({ name }) => name)).toEqual(['Account', 'Contact']);
});

it.each([[[]], [{ result: null }]])('fails if the answer is %j', async (body) => {
	sandbox.failNext({ kind: 'status', status: 200, body }, { path: /modules/ });
	const error = await engine.failure({ resource: 'module', operation: 'getAll' });
	expect(error.message).toBe('1CRM answered without a list of modules');
});

it('gives no item for an empty list', async () => {
	sandbox.failNext({ kind: 'status', status: 200, body: { list: [] } }, { path: /modules/ });
	expect(await engine.items(ALL)).toEqual([]);
});

it('refuses a limit of 0 before sending', async () => {
	const error = await engine.failure({ ...ALL, returnAll: false, limit: '={{ 0 }}' });
	expect(error.message).toBe("'Limit' must be a whole number of at least 1");
	expect(sentTo(sandbox)).toEqual([]);
});

it.each([
	[
		'an error',
		{ kind: 'status', status: 403, message: 'Edition without API' },
		'Edition without API',
	],
	['a web page', { kind: 'html' }, "This address doesn't answer like a 1CRM API"],
] as const)('shows %s of the server', async (_what, fault, message) => {
	sandbox.failNext(fault, { path: /modules/ });
	const error = await engine.failure(ALL);
	expect(error.message).toBe(message);
	expect(error.context.itemIndex).toBe(0);
});

it('lists for the other items when one fails', async () => {
	sandbox.failNext({ kind: 'status', status: 400, message: 'Not now' }, { path: /modules/ });
	const { items } = await engine.run(
		{ ...ALL, returnAll: false, limit: 1, options: { parallelRequests: 1 } },
		{ items: [{ json: {} }, { json: {} }], continueOnFail: true },
	);
	expect(items.map(({ json, pairedItem }) => [json.error ?? json.name, pairedItem])).toEqual([
		['Not now', { item: 0 }],
		['Account', { item: 1 }],
	]);
});
