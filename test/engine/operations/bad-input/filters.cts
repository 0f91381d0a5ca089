import type { INodeParameters } from 'n8n-workflow';
import { type BadInput, record, row, VALUE, type Value } from './row.cts';

const filtering = (condition: INodeParameters) =>
	record('search', { filters: { conditions: [condition] } });

const inFilter = (filter: string, values: [Value, Value], message: RegExp) =>
	row(
		`${JSON.stringify(values[1])} for the filter ${filter}`,
		filtering({ filter, value: VALUE }),
		values,
		message,
	);

export const filters: BadInput[] = [
	row(
		'an unknown filter',
		filtering({ filter: VALUE, value: 'x' }),
		['last_name', 'email1'],
		/^Contact has no filter "email1"\. It has: /,
	),
	row(
		'an inherited name as a filter',
		filtering({ filter: VALUE, value: 'x' }),
		['last_name', 'toString'],
		/^Contact has no filter "toString"/,
	),
	row(
		'no filter',
		filtering({ filter: VALUE, value: 'x' }),
		['last_name', ''],
		/^A condition in 'Filters' has no filter chosen$/,
	),
	row(
		'a companion of a filter as a filter',
		filtering({ filter: VALUE, value: 'x' }),
		['last_name', 'last_name-operator'],
		/^Contact has no filter "last_name-operator"/,
	),
	inFilter('last_name', ['x', ''], /^'Value' of the filter 'Last Name' \(last_name\) is empty/),
	inFilter(
		'do_not_call',
		[true, null],
		/^'Value' of the filter 'Do Not Call' \(do_not_call\) is empty/,
	),
	inFilter('customer_since', ['2026-01-01', 'soon'], /^'Customer Since' takes a date.*not "soon"$/),
	inFilter('do_not_call', [true, 'maybe'], /^'Do Not Call' takes true or false, not "maybe"$/),
	row(
		'an operator that could break out',
		filtering({ filter: 'last_name', value: 'x', operator: VALUE }),
		['eq', 'eq]&x[='],
		/isn't an operator of the filter 'Last Name'\. It has: /,
	),
	row(
		'a range without an end',
		filtering({
			filter: 'customer_since',
			operator: 'between_dates',
			value: '2026-01-01',
			valueEnd: VALUE,
		}),
		['2026-12-31', ''],
		/^'End Value' of the filter 'Customer Since' \(customer_since\) is empty/,
	),
	row(
		'a filter that stands twice',
		record('search', {
			filters: {
				conditions: [
					{ filter: 'last_name', value: 'x' },
					{ filter: VALUE, value: 'y' },
				],
			},
		}),
		['first_name', 'last_name'],
		/^The filter 'Last Name' \(last_name\) is used twice in 'Filters'$/,
	),
];
