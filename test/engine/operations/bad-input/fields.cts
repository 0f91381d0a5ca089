import { type BadInput, record, RECORD_ID, row, VALUE, type Value, writing } from './row.cts';

export const fields: BadInput[] = [
	row(
		'an unknown field to write',
		writing(VALUE),
		[{ title: 'x' }, { title: 'x', tittle: 'y' }],
		/^Contact has no field "tittle"/,
	),
	row(
		'an inherited name as a field',
		writing(VALUE),
		[{ title: 'x' }, { constructor: 'y' }],
		/^Contact has no field "constructor"/,
	),
	row(
		'a read-only field',
		writing(VALUE),
		[{ title: 'x' }, { date_entered: '2026-01-01' }],
		/^'Date Created' \(date_entered\) of Contact cannot be written$/,
	),
	row(
		'a reference written by name',
		writing(VALUE),
		[{ title: 'x' }, { primary_account: 'Birch' }],
		/^'Primary Account' \(primary_account\) of Contact cannot be written: write the ID/,
	),
	row(
		'an impossible field to return',
		record('get', { recordId: RECORD_ID, returnFields: VALUE }),
		['title', 'title,bad name'],
		/^'Return Fields' cannot contain "bad name"/,
	),
	row(
		'null as a field to return from a list',
		record('search', { returnFields: VALUE }),
		[['title'], ['title', null]],
		/^'Return Field Names or IDs' takes names, as a list/,
	),
	row(
		'an unknown field to sort by',
		record('search', { options: { sortField: VALUE } }),
		['title', 'tittle'],
		/^'Sort Field' is "tittle", which Contact does not have$/,
	),
	row(
		'an unknown direction',
		record('search', { options: { sortField: 'title', sortDirection: VALUE } }),
		['DESC', 'down'],
		/^'Sort Direction' cannot be "down"$/,
	),
	row(
		'a limit below 1',
		record('search', { limit: VALUE }),
		[1, 0],
		/^'Limit' must be a whole number/,
	),
	row(
		'a limit that is no number',
		record('search', { limit: VALUE }),
		[1, 'many'],
		/^'Limit' must be a whole number/,
	),
];

const inField = (field: string, values: [Value, Value], message: RegExp) =>
	row(
		`${JSON.stringify(values[1])} for the field ${field}`,
		writing({ [field]: VALUE }),
		values,
		message,
	);

export const values: BadInput[] = [
	inField(
		'loyalty_level',
		['gold', 'diamond'],
		/^'Loyalty Level' takes one of: bronze, .*not "diamond"$/,
	),
	inField(
		'newsletter_topics',
		[['Tips'], ['Tips', 'Gossip']],
		/^'Newsletter Topics' takes one of: .*not "Gossip"$/,
	),
	inField('annual_budget', ['5', '1,234.50'], /^'Annual Budget' takes a number.*not "1,234.50"$/),
	inField('annual_budget', [5, true], /^'Annual Budget' takes a number.*not "true"$/),
	inField(
		'mautic_id',
		['5', '5.5'],
		/^'Lead Guerrilla Contact ID' takes a whole number, not "5.5"$/,
	),
	inField(
		'birthdate',
		['1990-03-25', '25.03.1990'],
		/^'Birthdate' takes a date.*not "25.03.1990"$/,
	),
	inField(
		'birthdate',
		['1990-03-25', '1990-02-30'],
		/^'Birthdate' takes a date.*not "1990-02-30"$/,
	),
	inField(
		'customer_since',
		['1990-03-25', 19900325],
		/^'Customer Since' takes a date.*not "19900325"$/,
	),
	inField(
		'customer_since',
		['1990-03-25', ['7/14/2026']],
		/^'Customer Since' takes a date.*not "\["7\/14\/2026"\]"$/,
	),
	inField('do_not_call', [true, 'maybe'], /^'Do Not Call' takes true or false, not "maybe"$/),
	inField('title', ['x', { a: 1 }], /^'Title' takes text, not "\{"a":1\}"$/),
	row(
		'a moment that is none',
		{ ...writing({ date_due: VALUE, name: 'x' }, 'create'), module: 'Task' },
		['2026-07-14T09:30', 'tomorrow'],
		/^'Due Date' takes a date and time.*not "tomorrow"$/,
	),
];
