import { UserError } from 'n8n-workflow';
import { readTriggerFilters } from '../../../../nodes/OneCrmTrigger/filters';

const CONDITION = { field: 'status', operator: 'eq', value: 'New', when: 'current_value' };

const ALWAYS_TRUE = {
	glue: 'or',
	conditions: [{ field: 'deleted', filter: 'is_false', value: '0', when: 'current_value' }],
};

const RAW = {
	glue: 'and',
	conditions: [{ field: 'status', filter: 'changed', when: 'old_value', more: { deep: true } }],
};

describe('the filters of a trigger', () => {
	it("are sent in 1CRM's words, all of them to be met", () => {
		const sent = { field: 'status', filter: 'eq', value: 'New', when: 'current_value' };
		expect(readTriggerFilters({ conditions: [CONDITION, CONDITION] })).toEqual({
			glue: 'and',
			conditions: [sent, sent],
		});
	});

	it('are joined by the glue that is known to work where there is one alone', () => {
		expect(readTriggerFilters({ glue: 'and', conditions: [CONDITION] }).glue).toBe('or');
	});

	it('can be such that one is enough', () => {
		expect(readTriggerFilters({ glue: 'or', conditions: [CONDITION, CONDITION] }).glue).toBe('or');
	});

	it('have defaults for what is left out, and texts for values', () => {
		expect(readTriggerFilters({ conditions: [{ field: 'amount', value: 5 }] })).toEqual({
			glue: 'or',
			conditions: [{ field: 'amount', filter: 'eq', value: '5', when: 'current_value' }],
		});
	});

	it('need a field each', () => {
		const filters = { conditions: [{ ...CONDITION, field: '' }] };
		expect(() => readTriggerFilters(filters)).toThrow("A condition in 'Filters' has no field");
	});

	it.each([
		['a list of conditions', [CONDITION]],
		['a single condition', CONDITION],
		['JSON text of a list', JSON.stringify([CONDITION])],
		['JSON text of a condition', JSON.stringify(CONDITION)],
		['JSON text of all', JSON.stringify({ glue: 'and', conditions: [CONDITION] })],
		['conditions in JSON text', { conditions: JSON.stringify([CONDITION]) }],
		['one condition in place of several', { conditions: CONDITION }],
		['conditions in JSON text each', { conditions: [JSON.stringify(CONDITION)] }],
	])('are read from %s', (_, filters) => {
		const sent = { field: 'status', filter: 'eq', value: 'New', when: 'current_value' };
		expect(readTriggerFilters(filters)).toEqual({ glue: 'or', conditions: [sent] });
	});

	it.each([
		'x',
		5,
		true,
		[null],
		['status'],
		{ conditions: 'x' },
		{ conditions: [null] },
		{ conditions: [[CONDITION]] },
		{ conditions: [{ ...CONDITION, filter: 'eq' }] },
		{ condition: [CONDITION] },
		{ conditions: [CONDITION], join: 'or' },
		{ glue: 'xor', conditions: [CONDITION] },
	])('given as %j are refused by name', (filters) => {
		expect(() => readTriggerFilters(filters)).toThrow(UserError);
		expect(() => readTriggerFilters(filters)).toThrow("'Filters'");
	});

	it.each([null, [], { conditions: [] }, { rawJson: '' }, { rawJson: null }])(
		'given as %j are the one that holds for every record',
		(filters) => {
			expect(readTriggerFilters(filters)).toEqual(ALWAYS_TRUE);
		},
	);
});

describe('filters written as JSON', () => {
	it('go to 1CRM as they are, typed or from an expression', () => {
		expect(readTriggerFilters({ rawJson: JSON.stringify(RAW) })).toEqual(RAW);
		expect(readTriggerFilters({ rawJson: RAW, conditions: [] })).toEqual(RAW);
	});

	it.each([['{'], ['[]'], ['"or"'], ['5'], [' '], [7], [true], [[RAW]]])(
		'are refused as %j, which is no JSON object',
		(rawJson) => {
			expect(() => readTriggerFilters({ rawJson })).toThrow(UserError);
			expect(() => readTriggerFilters({ rawJson })).toThrow(
				/^'Raw JSON' in 'Filters' isn't a JSON/,
			);
		},
	);

	it.each([
		['{}'],
		['{"glue": "or"}'],
		['{"conditions": {}}'],
		['{"conditions": []}'],
		['{"conditions": ["status"]}'],
	])('are refused as %s, with which 1CRM would never send anything', (rawJson) => {
		expect(() => readTriggerFilters({ rawJson })).toThrow(UserError);
		expect(() => readTriggerFilters({ rawJson })).toThrow(
			/^'Raw JSON' in 'Filters' contains no list/,
		);
	});

	it('are refused beside conditions', () => {
		const both = { rawJson: JSON.stringify(RAW), conditions: [CONDITION] };
		expect(() => readTriggerFilters(both)).toThrow("'Filters' has both conditions and 'Raw JSON'");
	});
});
