import type { GenericValue, INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo, workOf } from '../sent.cts';
import { itemWith } from './item-with.cts';

const { sandbox, engine } = engineWithSandbox();

beforeEach(() => {
	sandbox.clear('Contact');
	sandbox.insert('Contact', { id: 'old', last_name: 'Old', date_modified: '2026-01-01 00:00:00' });
	sandbox.insert('Contact', { id: 'new', last_name: 'New', date_modified: '2026-07-01 00:00:00' });
});

const MODIFIED = { modifiedAfter: '2026-06-01T00:00:00Z' };

const searching = (options: unknown): INodeParameters => ({
	resource: 'record',
	operation: 'search',
	module: 'Contact',
	returnAll: true,
	options: options as INodeParameters,
});

it.each<[string, unknown, GenericValue]>([
	['an object of one expression', '={{ $json.value }}', MODIFIED],
	['JSON text of one expression', '={{ $json.value }}', JSON.stringify(MODIFIED)],
	['JSON text', JSON.stringify(MODIFIED), null],
	['an option by expression', { modifiedAfter: '={{ $json.value }}' }, MODIFIED.modifiedAfter],
])('options are read from %s', async (_what, options, value) => {
	const found = await engine.items(searching(options), { items: itemWith(value) });
	expect(found.map(({ id }) => id)).toEqual(['new']);
});

it.each<[string, unknown, GenericValue]>([
	['a name that is misspelt', '={{ $json.value }}', { modifiedafter: '2026-06-01' }],
	['a list', '={{ $json.value }}', [MODIFIED]],
	['a text', 'modifiedAfter', null],
	['nothing', '={{ $json.missing }}', null],
	['a number', '={{ $json.value }}', 5],
])('options are refused by name with %s', async (_what, options, value) => {
	const error = await engine.failure(searching(options), { items: itemWith(value) });
	expect(error.message).toMatch(/^'Options' /);
	expect(error.context.itemIndex).toBe(0);
	expect(sentTo(sandbox)).toEqual([]);
});

it.each([null, '', undefined])(
	'an option of one expression that is %j is refused',
	async (value) => {
		const options = '={{ { modifiedAfter: $json.value } }}';
		const error = await engine.failure(searching(options), { items: itemWith(value) });
		expect(error.message).toBe(
			"The expression in 'Modified After' has an empty result, which would mean all changes",
		);
		expect(sentTo(sandbox)).toEqual([]);
	},
);

it.each<[string, INodeParameters]>([
	['Timeout', { timeout: 'soon' }],
	['Parallel Requests', { parallelRequests: 'many' }],
])('%s is refused by name as a text', async (name, options) => {
	const error = await engine.failure(searching(options));
	expect(error.message).toContain(`'${name}'`);
	expect(sentTo(sandbox)).toEqual([]);
});

const calling = (query: unknown): INodeParameters => ({
	resource: 'api',
	operation: 'call',
	method: 'GET',
	url: 'data/Contact',
	query: query as INodeParameters,
});
const NAME = 'filters[last_name]';

it.each<[string, unknown, GenericValue]>([
	['rows of the editor', { parameters: [{ name: NAME, value: 'New' }] }, null],
	['JSON text of rows', { parameters: JSON.stringify([{ name: NAME, value: 'New' }]) }, null],
	['one expression with rows', '={{ $json.value }}', [{ name: NAME, value: 'New' }]],
	['one expression with a row', '={{ $json.value }}', { name: NAME, value: 'New' }],
	['one expression with a map', '={{ $json.value }}', { [NAME]: 'New' }],
	['JSON text of a map', JSON.stringify({ [NAME]: 'New' }), null],
	['rows by expression', { parameters: '={{ $json.value }}' }, [{ name: NAME, value: 'New' }]],
])('query parameters are read from %s', async (_what, query, value) => {
	await engine.items(calling(query), { items: itemWith(value) });
	expect(workOf(sandbox)[0].query).toEqual({ filters: { last_name: 'New' } });
});

it.each<[string, unknown, GenericValue]>([
	['a text', 'limit=5', null],
	['nothing', '={{ $json.missing }}', null],
	['a list of texts', '={{ $json.value }}', ['limit=5']],
	['rows in other words', '={{ $json.value }}', [{ key: NAME, value: 'New' }]],
	['a value without a name', { parameters: [{ name: '={{ $json.missing }}', value: 'x' }] }, null],
	['a name without a value', { parameters: [{ name: NAME, value: '={{ $json.missing }}' }] }, null],
])('query parameters are refused by name as %s', async (_what, query, value) => {
	const error = await engine.failure(calling(query), { items: itemWith(value) });
	expect(error.message).toContain("'Query Parameters'");
	expect(sentTo(sandbox)).toEqual([]);
});

it.each(['data/Contact#top', 'data/Contact?filters[last_name]=#1'])(
	'the URL %s is refused, because its end would not be sent',
	async (url) => {
		const error = await engine.failure({ ...calling({}), url });
		expect(error.message).toMatch(/^'URL' cannot contain "#"/);
		expect(sentTo(sandbox)).toEqual([]);
	},
);

const creating = (fields: unknown): INodeParameters => ({
	resource: 'record',
	operation: 'create',
	module: 'Contact',
	fields: fields as INodeParameters,
});

it.each<[string, unknown]>([
	['a map of values', { last_name: 'Berg' }],
	['JSON text of a map', '{"last_name": "Berg"}'],
	['the mapper in JSON text', '{"mappingMode": "defineBelow", "value": {"last_name": "Berg"}}'],
	['values in JSON text', { mappingMode: 'defineBelow', value: '{"last_name": "Berg"}' }],
])('fields are read from %s', async (_what, fields) => {
	await engine.items(creating(fields));
	expect(sandbox.records('Contact').at(-1)?.last_name).toBe('Berg');
});

it.each<[string, unknown]>([
	['a text', 'last_name'],
	['a list', [{ last_name: 'Berg' }]],
	['an unknown mode', { mappingMode: 'automatic', value: { last_name: 'Berg' } }],
])('fields are refused by name as %s', async (_what, fields) => {
	const error = await engine.failure(creating(fields));
	expect(error.message).toMatch(/'Fields'|'Mapping Mode'/);
	expect(sentTo(sandbox)).toEqual([]);
});
