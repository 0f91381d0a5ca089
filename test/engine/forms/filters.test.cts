import type { GenericValue, INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo, workOf } from '../sent.cts';
import { itemWith } from './item-with.cts';

const { sandbox, engine } = engineWithSandbox();

beforeAll(() => {
	sandbox.insert('Contact', { first_name: 'Ada', last_name: 'Berg' });
	sandbox.insert('Contact', { first_name: 'Eva', last_name: 'Holm' });
});

const BERG = { filter: 'last_name', operator: 'eq', value: 'Berg' };
const json = (value: unknown) => JSON.stringify(value);

/** A search whose filters have this form, on an item that holds `value`. */
const searching = (filters: unknown): INodeParameters => ({
	resource: 'record',
	operation: 'search',
	module: 'Contact',
	returnAll: true,
	filters: filters as INodeParameters,
});

it.each<[string, unknown, GenericValue?]>([
	['conditions as the editor writes them', { conditions: [BERG] }],
	['one expression that gives conditions', '={{ $json.value }}', { conditions: [BERG] }],
	['one expression that gives a list', '={{ $json.value }}', [BERG]],
	['one expression that gives a condition', '={{ $json.value }}', BERG],
	['one expression that gives JSON text', '={{ $json.value }}', json([BERG])],
	['JSON text of conditions', json({ conditions: [BERG] })],
	['JSON text of a list', json([BERG])],
	['JSON text of a condition', ` ${json(BERG)}\n`],
	['a list of conditions', [BERG]],
	['an expression within a list', [{ ...BERG, value: '={{ $json.value }}' }], 'Berg'],
	['an expression for the conditions', { conditions: '={{ $json.value }}' }, [BERG]],
	['an expression for the one condition', { conditions: '={{ $json.value }}' }, BERG],
	['JSON text for the conditions', { conditions: json([BERG]) }],
	['JSON text of an expression', { conditions: '={{ $json.value }}' }, json([BERG])],
	['a condition without an operator', [{ filter: 'last_name', value: 'Berg' }]],
	['a condition by expression in the editor', { conditions: ['={{ $json.value }}'] }, BERG],
])('are read from %s', async (_what, ...[filters, value]) => {
	const found = await engine.items(searching(filters), { items: itemWith(value) });
	expect(found.map(({ first_name }) => first_name)).toEqual(['Ada']);
});

it('are read anew for each item from one expression', async () => {
	const items = ['Berg', 'Holm'].map((value) => ({ json: { value: [{ ...BERG, value }] } }));
	const found = await engine.items(searching('={{ $json.value }}'), { items });
	expect(found.map(({ first_name }) => first_name)).toEqual(['Ada', 'Eva']);
});

it.each<[string, unknown, GenericValue?]>([
	['a text that is no JSON', 'last_name eq Berg'],
	['JSON text that breaks off', '[{"filter": "last_name"'],
	['JSON text of a number', '5'],
	['JSON text of null', 'null'],
	['an expression that gives nothing', '={{ $json.missing }}'],
	['an expression that gives null', '={{ $json.value }}', null],
	['an expression that gives an empty text', '={{ $json.value }}', ''],
	['an expression that gives spaces', '={{ $json.value }}', '  '],
	['an expression that gives an empty list', '={{ $json.value }}', []],
	['an expression that gives an empty object', '={{ $json.value }}', {}],
	[
		'an expression that gives an object without conditions',
		'={{ $json.value }}',
		{ conditions: [] },
	],
	['an expression that gives true', '={{ $json.value }}', true],
	['an expression that gives a number', '={{ $json.value }}', 7],
	['an expression that gives a text', '={{ $json.value }}', 'last_name'],
	['a list of texts', ['last_name']],
	['a list with null', '={{ $json.value }}', [BERG, null]],
	['a list with a list', '={{ $json.value }}', [[BERG]]],
	['a map of names and values', '={{ $json.value }}', { last_name: 'Berg' }],
	['conditions under another name', '={{ $json.value }}', { condition: [BERG] }],
	['conditions that are nothing', { conditions: '={{ $json.missing }}' }],
	['conditions that are an empty text', { conditions: '={{ $json.value }}' }, ''],
	['conditions that are an empty list', { conditions: '={{ $json.value }}' }, []],
	['a condition with a word that is misspelt', [{ ...BERG, oparator: 'like' }]],
	['a condition in the words of others', [{ field: 'last_name', operator: 'eq', value: 'Berg' }]],
	['a condition without a filter', [{ value: 'Berg' }]],
	['a condition with an empty text', '={{ $json.value }}', [{ ...BERG, value: '' }]],
	['a condition without a value', '={{ $json.value }}', [{ filter: 'last_name' }]],
	['a condition whose filter is a list', '={{ $json.value }}', [{ ...BERG, filter: ['a', 'b'] }]],
	['a condition whose operator is an object', '={{ $json.value }}', [{ ...BERG, operator: {} }]],
])('are refused by name as %s, and nothing is listed', async (_what, ...[filters, value]) => {
	const error = await engine.failure(searching(filters), { items: itemWith(value) });
	expect(error.message).toMatch(/'Filters'|filter 'Last Name'/);
	expect(error.context.itemIndex).toBe(0);
	expect(sentTo(sandbox)).toEqual([]);
});

it.each<[string, unknown]>([
	['not set', undefined],
	['as a new node has them', {}],
	['emptied in the editor', { conditions: [] }],
])('list every record where they are %s', async (_what, filters) => {
	expect(await engine.items(searching(filters))).toHaveLength(2);
	expect(workOf(sandbox)[0].query).not.toHaveProperty('filters');
});

it('keep a search from taking all records before a Delete', async () => {
	const search = searching('={{ $json.value }}');
	const { items, error } = await engine.run(search, { items: itemWith('[]') });
	expect(items).toEqual([]);
	expect(error?.message).toContain("'Filters'");
});

describe('left to an AI agent', () => {
	it('are read from what it gives', async () => {
		const filters = "={{ $fromAI('conditions', 'The conditions', 'json') }}";
		const items = [{ json: { conditions: [BERG] } }];
		const found = await engine.items(searching(filters), { items });
		expect(found.map(({ first_name }) => first_name)).toEqual(['Ada']);
	});

	it('are refused as a text that is no condition', async () => {
		const filters = "={{ $fromAI('conditions', 'The conditions', 'json') }}";
		const items = [{ json: { conditions: 'last name is Berg' } }];
		const error = await engine.failure(searching(filters), { items });
		expect(error.message).toContain("'Filters'");
	});
});
