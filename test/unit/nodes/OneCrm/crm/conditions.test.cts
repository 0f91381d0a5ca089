import type { IDataObject } from 'n8n-workflow';
import type { Condition } from '../../../../../nodes/OneCrm/crm/filters';
import {
	closedRecordsFilter,
	encodeConditions,
	filtersOf,
} from '../../../../../nodes/OneCrm/crm/filters';
import { readMetadata } from '../../../../../nodes/OneCrm/crm/metadata';

const FILTERS = {
	count: { type: 'int' },
	is_private: { type: 'bool', vname: 'Private' },
	minutes: { type: 'duration' },
	name: { type: 'varchar', vname: 'Name' },
	since: { type: 'date' },
	stage: { type: 'enum', vname: 'Stage', options: { won: 'Closed Won', lost: 'Closed Lost' } },
	start: { type: 'datetime' },
	topics: { type: 'multienum' },
};
const metadata = readMetadata({ fields: {}, filters: FILTERS });

/** The filters of a list request for conditions; a date without a zone is one of Vienna. */
const sent = (...conditions: Condition[]): IDataObject =>
	filtersOf(encodeConditions('Lead', metadata, conditions, 'Europe/Vienna'));

describe('A condition is sent', () => {
	it('as the value and the operator of the filter', () => {
		expect(sent({ filter: 'name', operator: 'like', value: 'Berg' })).toStrictEqual({
			name: 'Berg',
			'name-operator': 'like',
		});
	});

	it('beside the others', () => {
		const conditions = ['name', 'count'].map((filter) => ({ filter, operator: 'eq', value: '7' }));
		expect(sent(...conditions)).toStrictEqual({
			name: '7',
			'name-operator': 'eq',
			count: '7',
			'count-operator': 'eq',
		});
	});

	it.each<[string, unknown, string, string]>([
		['name', ' Berg ', 'eq', ' Berg '],
		['name', 0, 'eq', '0'],
		['count', '+7', 'gt', '7'],
		['is_private', 'no', 'eq', '0'],
		['is_private', false, 'not_eq', '0'],
		['stage', 'closed won', 'eq', 'won'],
		['stage', 'given up', 'eq', 'given up'],
		['stage', 'won, Closed Lost', 'any_of', 'won^,^lost'],
		['stage', ['lost', 'given up'], 'not_any_of', 'lost^,^given up'],
		['topics', 'Tips, Fairs', 'any_of', 'Tips^,^Fairs'],
		['minutes', '90', 'gt', '90'],
		['since', '2026-07-14', 'before_date', '2026-07-14'],
		['start', '2026-07-14', 'on_date', '2026-07-14'],
		['start', '2026-07-14T23:30:00-04:00', 'on_date', '2026-07-14'],
		['start', '2026-07-14', 'not_on_date', '2026-07-14'],
		['start', '2026-07-14T09:30:00', 'after_date', '2026-07-14 07:30:00'],
		['start', '2026-07-14', 'after_date', '2026-07-13 22:00:00'],
	])('%s %j (%s) as %j', (filter, value, operator, encoded) => {
		expect(sent({ filter, operator, value })).toStrictEqual({
			[filter]: encoded,
			[`${filter}-operator`]: operator,
		});
	});

	it("with 1CRM's own word for comparing dates", () => {
		const condition = { operator: 'eq', value: '2026-07-14' };
		expect(sent({ filter: 'start', ...condition })).toStrictEqual({
			start: '2026-07-14',
			'start-operator': 'on_date',
		});
	});

	it('with both ends of a range', () => {
		const range = { value: '2', valueEnd: '9' };
		expect(sent({ filter: 'count', operator: 'between', ...range })).toStrictEqual({
			count: '2',
			'count-operator': 'between',
			'count-end': '9',
		});
	});

	it.each([
		['since', '2026-07-14', '2026-07-15'],
		['start', '2026-07-13 22:00:00', '2026-07-15 21:59:59'],
	])('with the last day of a range of %s in it', (filter, value, end) => {
		const range = { value: '2026-07-14', valueEnd: '2026-07-15' };
		expect(sent({ filter, operator: 'between_dates', ...range })).toStrictEqual({
			[filter]: value,
			[`${filter}-operator`]: 'between_dates',
			[`${filter}-end`]: end,
		});
	});

	it('without a value if the operator takes none', () => {
		const rest = { value: 'x', valueEnd: 'y', period: 'week' };
		expect(sent({ filter: 'name', operator: 'empty', ...rest })).toStrictEqual({
			name: '',
			'name-operator': 'empty',
		});
	});

	it('with a period', () => {
		const rest = { value: 'x', valueEnd: 'y', period: 'fiscal_year' };
		expect(sent({ filter: 'since', operator: 'period_prev', ...rest })).toStrictEqual({
			since: '',
			'since-operator': 'period_prev',
			'since-period': 'fiscal_year',
		});
	});

	it('without an end if the operator takes one value', () => {
		expect(sent({ filter: 'count', operator: 'gt', value: '2', valueEnd: '9' })).toStrictEqual({
			count: '2',
			'count-operator': 'gt',
		});
	});
});

describe('A condition is refused', () => {
	const refusal =
		(...conditions: Condition[]) =>
		() =>
			sent(...conditions);

	it('without a filter', () => {
		expect(refusal({ filter: '', operator: 'eq', value: 'x' })).toThrow(
			"A condition in 'Filters' has no filter chosen",
		);
	});

	it('with a filter that the module does not have', () => {
		const names = Object.keys(FILTERS).join(', ');
		expect(refusal({ filter: 'nome', operator: 'eq', value: 'x' })).toThrow(
			`Lead has no filter "nome". It has: ${names}`,
		);
	});

	it('with a filter that another one has', () => {
		const conditions = ['a', 'b'].map((value) => ({ filter: 'name', operator: 'eq', value }));
		expect(refusal(...conditions)).toThrow("The filter 'Name' (name) is used twice in 'Filters'");
	});

	it('with an operator of other filters', () => {
		expect(refusal({ filter: 'is_private', operator: 'like', value: '1' })).toThrow(
			`"like" isn't an operator of the filter 'Private'. It has: eq, not_eq`,
		);
	});

	it.each([undefined, null, '', '  ', [], [''], '[]'])('without a value (%j)', (value) => {
		for (const filter of ['topics', 'stage']) {
			expect(refusal({ filter, operator: 'any_of', value })).toThrow(
				/^'Value' of the filter '.*' \(.*\) is empty, which would match every record$/,
			);
		}
	});

	it.each([undefined, null, '', ' ', []])('without a yes or no (%j)', (value) => {
		expect(refusal({ filter: 'is_private', operator: 'eq', value })).toThrow(
			"'Value' of the filter 'Private' (is_private) is empty, which would match every record",
		);
	});

	it.each([undefined, null, ' ', '0000-00-00'])('without the end of a range (%j)', (valueEnd) => {
		const condition = { filter: 'start', operator: 'between_dates', value: '2026-07-14' };
		expect(refusal({ ...condition, valueEnd })).toThrow(
			"'End Value' of the filter 'start' (start) is empty, which would match every record",
		);
	});

	it('with an end that the field cannot contain', () => {
		const range = { value: '2', valueEnd: '2026-07-14' };
		expect(refusal({ filter: 'count', operator: 'between', ...range })).toThrow(
			`'count' takes a whole number, not "2026-07-14"`,
		);
	});

	it('with a value that the field cannot contain', () => {
		expect(refusal({ filter: 'count', operator: 'eq', value: 'many' })).toThrow(
			`'count' takes a whole number, not "many"`,
		);
	});

	it.each([
		[undefined, ''],
		[null, ''],
		['decade', 'decade'],
	])('with the period %j', (period, shown) => {
		expect(refusal({ filter: 'since', operator: 'period_next', period })).toThrow(
			`'Period' of the filter 'since' cannot be "${shown}". Use one of: days_30, days_7, days_90, fiscal_quarter, fiscal_year, month, quarter, week, year`,
		);
	});
});

describe('Closed records', () => {
	it('are asked for where a module hides them', () => {
		const quote = readMetadata({ fields: {}, filters: { view_closed: { type: 'flag' } } });
		expect(closedRecordsFilter(quote)).toStrictEqual({ view_closed: 1 });
	});

	it('need no filter elsewhere', () => {
		expect(closedRecordsFilter(metadata)).toStrictEqual({});
	});
});
