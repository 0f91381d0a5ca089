import type { IDataObject } from 'n8n-workflow';
import { ConditionChecks } from '../../../../../nodes/OneCrm/crm/conditionChecks';
import type { Condition } from '../../../../../nodes/OneCrm/crm/filters';
import { encodeConditions } from '../../../../../nodes/OneCrm/crm/filters';
import { readMetadata } from '../../../../../nodes/OneCrm/crm/metadata';

const TYPES: Record<string, IDataObject> = {
	account_id: { type: 'id', source: { type: 'non_db' } },
	amount: { type: 'currency' },
	computed: { type: 'varchar', source: { type: 'non_db' } },
	count: { type: 'int' },
	currency: { type: 'enum' },
	currency_id: { type: 'id' },
	details: { type: 'text' },
	exchange_rate: { type: 'double' },
	fax: { type: 'fax' },
	favorite: { type: 'flag' },
	html: { type: 'html' },
	is_private: { type: 'bool' },
	language: { type: 'varchar', options: { de: 'German', en: 'English' } },
	minutes: { type: 'duration' },
	name: { type: 'varchar' },
	phone: { type: 'phone' },
	owner: { type: 'owner' },
	rate: { type: 'double' },
	since: { type: 'date' },
	stage: { type: 'enum' },
	start: { type: 'datetime' },
	topics: { type: 'multienum', source: { type: 'non_db' } },
	everything: { type: 'unified_search' },
};

const metadata = readMetadata({
	fields: Object.fromEntries(
		Object.entries(TYPES).map(([name, raw]) => [name, { source: { type: 'db' }, ...raw }]),
	),
	filters: {
		...TYPES,
		also_name: { type: 'varchar', field: 'name', vname: 'Also Name' },
		any_text: { type: 'varchar', fields: ['name', 'details'] },
		count_as_text: { type: 'varchar', field: 'count' },
		details_as_name: { type: 'varchar', field: 'details' },
		elsewhere: { type: 'varchar', field: 'not_here' },
		name_as_minutes: { type: 'duration', field: 'name' },
		minutes_as_flag: { type: 'flag', field: 'minutes' },
	} as never,
});

const checksOf = (...conditions: Condition[]): ConditionChecks =>
	new ConditionChecks('Lead', metadata, encodeConditions('Lead', metadata, conditions, 'UTC'));

/** Whether a record with this value, beside others, passes a condition. */
function passes(condition: Condition, value: unknown, rest: IDataObject = {}): boolean {
	const { columns } = checksOf(condition);
	const record = { id: '1', [columns[0]]: value, ...rest } as IDataObject;
	try {
		checksOf(condition).check([record]);
		return true;
	} catch (error) {
		expect((error as Error).message).toMatch(/^1CRM didn't apply the operator/);
		return false;
	}
}

/** The operator with its values, as in `between 1 10`. */
function conditionOf(filter: string, words: string): Condition {
	const [operator, value, valueEnd] = words.split(' ');
	return { filter, operator, value, valueEnd, period: value };
}

type Row = [filter: string, words: string, value: unknown];

describe('A record fails that cannot meet the condition:', () => {
	it.each<Row>([
		['count', 'eq 9', '10'],
		['count', 'eq 5', null],
		['count', 'not_eq 9', '9.0'],
		['count', 'not_eq 0', 0],
		['count', 'gt 9', '9'],
		['count', 'gte 9', '8'],
		['count', 'lt 9', '9'],
		['count', 'lte 9', '10'],
		['count', 'between 2 9', '1'],
		['count', 'between 2 9', '10'],
		['count', 'empty', '1'],
		['count', 'not_empty', ''],
		['rate', 'eq 1.5', '1.6'],
		['rate', 'not_eq 1.5', '1.50'],
		['rate', 'gt 9', '10e-1'],
		['amount', 'eq 9', '100'],
		['minutes', 'gt 90', '15'],
		['minutes', 'between 9 100', '101'],
		['minutes', 'empty', '1'],

		['name', 'eq Berg', 'Bergmann'],
		['name', 'eq Berg', null],
		['name', 'eq Bergtal', 'Berg tal'],
		['name', 'like erg', 'Birke'],
		['name', 'like a%c', 'abd'],
		['name', 'prefix Ber', 'Heber'],
		['name', 'prefix Ber%x', 'Heber'],
		['name', 'suffix erg', 'Bergmann'],
		['name', 'suffix x_erg', 'Bergmann'],
		['name', 'not_eq Berg', 'Berg'],
		['name', "not_eq O'Brien", 'O&#039;Brien'],
		['name', 'not_like erg', 'Bergmann'],
		['name', 'empty', '0'],
		['name', 'not_empty', ' '],
		['name', 'not_empty', null],

		['stage', 'eq won', 'lost'],
		['stage', 'eq won', 'won early'],
		['stage', 'not_eq won', 'won'],
		['stage', 'any_of won,lost', 'open'],
		['stage', 'not_any_of won,lost', 'lost'],
		['topics', 'eq Tips', 'Fairs^,^Events'],
		['topics', 'not_eq Tips,Events', 'Tips^,^Events'],
		['topics', 'any_of Tips,Fairs', 'Events^,^Talks'],
		['topics', 'not_any_of Tips,Fairs', 'Events^,^Fairs'],
		['topics', 'not_empty', ''],
		['account_id', 'eq 17', '171'],
		['account_id', 'any_of 17,18', '19'],
		['language', 'eq de', 'de_at'],
		['language', 'any_of de,en', 'fr'],

		['is_private', 'eq true', '0'],
		['is_private', 'eq true', null],
		['is_private', 'eq false', '1'],
		['is_private', 'not_eq true', 'on'],
		['is_private', 'not_eq false', null],

		['since', 'on_date 2026-07-14', '2026-07-15'],
		['since', 'on_date 2026-07-14', null],
		['since', 'before_date 2026-07-14', ''],
		['since', 'after_date 2026-07-14', '0000-00-00'],
		['since', 'today', null],
		['since', 'period_prev week', null],
		['since', 'not_on_date 2026-07-14', '2026-07-14'],
		['since', 'empty', '2026-07-14'],
		['since', 'not_empty', '0000-00-00'],
		['start', 'on_date 2026-07-14', '2026-07-16 00:00:00'],
		['start', 'not_empty', '0000-00-00 00:00:00'],
	])('%s %s, but %j', (filter, words, value) => {
		expect(passes(conditionOf(filter, words), value)).toBe(false);
	});
});

describe('A record passes that may meet the condition, however 1CRM compares:', () => {
	it.each<Row>([
		['count', 'eq 9', 9],
		['count', 'eq 9', '9.00'],
		['count', 'eq 0', null],
		['count', 'eq 9', 'many'],
		['count', 'not_eq 9', '10'],
		['count', 'not_eq 0', ''],
		['count', 'gt 9', '10'],
		['count', 'gte 9', '9'],
		['count', 'lt 9', '8'],
		['count', 'lte 9', '9'],
		['count', 'between 2 9', '2'],
		['count', 'between 2 9', '9'],
		['count', 'empty', null],
		['count', 'empty', '0'],
		['count', 'not_empty', '0'],
		['count_as_text', 'like 7', '5'],
		['minutes', 'gt 9', '15'],
		['minutes', 'eq 1:30', '15'],
		['minutes', 'between 9 1:30', '15'],
		['minutes', 'empty', '0'],

		['name', 'eq Berg', 'berg'],
		['name', 'eq Berg', undefined],
		['name', 'like erg', 'BERGMANN'],
		['name', 'like a%c', 'xabcx'],
		['name', 'like a_%_c', 'abc'],
		['name', 'prefix Ber', 'BERG'],
		['name', 'prefix Ber%x', 'Berg'],
		['name', 'suffix erg', 'BERG'],
		['name', 'suffix x_erg', 'Berg'],
		['name', 'not_eq Berg', 'berg'],
		['name', 'not_eq Berg', 'Bergmann'],
		['name_as_minutes', 'gt 9', 'Berg'],
		['name', 'not_like erg', 'Birke'],
		['name', 'not_like E', 'Berg'],
		['name', 'not_like e%', 'e%'],
		['name', 'empty', ''],
		['name', 'empty', ' '],
		['name', 'empty', null],
		['name', 'not_empty', '0'],

		['stage', 'eq won', 'Won'],
		['stage', 'not_eq won', 'lost'],
		['stage', 'not_eq won', 'Won'],
		['stage', 'any_of won,lost', 'lost'],
		['stage', 'not_any_of won,lost', 'open'],
		['stage', 'not_any_of won,lost', 'Won'],
		['topics', 'eq Tips', 'Tips^,^Events'],
		['topics', 'not_eq Tips', 'Tips^,^Events'],
		['topics', 'any_of Tips,Fairs', 'Events^,^Fairs'],
		['topics', 'not_any_of Tips,Fairs', 'Events'],
		['topics', 'empty', ''],
		['account_id', 'eq 17', '17'],
		['account_id', 'any_of 17,18', '18'],
		['language', 'any_of de,en', 'EN'],

		['is_private', 'eq true', 'on'],
		['is_private', 'eq false', '0'],
		['is_private', 'eq false', null],
		['is_private', 'not_eq true', '0'],
		['is_private', 'not_eq false', '1'],

		['since', 'on_date 2026-07-14', '2026-07-14'],
		['since', 'not_on_date 2026-07-14', null],
		['since', 'not_on_date 2026-07-14', '0000-00-00'],
		['since', 'not_on_date 2026-07-14', '2026-07-15'],
		['since', 'today', '1999-01-01'],
		['since', 'empty', '0000-00-00'],
		['since', 'not_empty', '2026-07-14'],
		['start', 'on_date 2026-07-14', '2026-07-15 23:00:00'],
	])('%s %s, of %j', (filter, words, value) => {
		expect(passes(conditionOf(filter, words), value)).toBe(true);
	});

	it.each([
		['Sue', 'e'],
		['Assmann', 's'],
		['Berg  Tal', 'g t'],
	])('%j may be found as it contains %j', (value, wanted) => {
		expect(passes({ filter: 'name', operator: 'like', value: wanted }, value)).toBe(true);
	});

	it.each([
		['Müller', 'MULLER'],
		['Straße', 'strasse'],
		['Strasse', 'STRASE'],
		['Søren', 'soren'],
		['Lærke', 'larke'],
		['Œuvre', 'ouvre'],
		['Łódź', 'lodz'],
		['Lærke', 'laerke'],
		['ŒUVRE', 'oeuvre'],
		['Müller', 'mueller'],
		['Märzöl', 'maerzoel'],
		['Märzöl', 'märzo\u0308l'],
		['M&#252;ller', 'mueller'],
		['ﬁnanz', 'finanz'],
		['Berg  &  Tal', 'Berg &amp; Tal'],
		['Berg ', ' Berg'],
	])('%j may be found as %j', (value, wanted) => {
		expect(passes({ filter: 'name', operator: 'eq', value: wanted }, value)).toBe(true);
		expect(passes({ filter: 'name', operator: 'like', value: wanted }, value)).toBe(true);
		expect(passes({ filter: 'name', operator: 'eq', value }, wanted)).toBe(true);
		expect(passes({ filter: 'stage', operator: 'eq', value: wanted }, value)).toBe(true);
	});
});

describe('An amount', () => {
	const condition = { filter: 'amount', operator: 'eq', value: '9' };

	it.each([undefined, null, 1, '1.000000'])('with the exchange rate %j is checked', (rate) => {
		expect(passes(condition, '8', { exchange_rate: rate })).toBe(false);
	});

	it('in another currency is not, because 1CRM may compare it in its own', () => {
		expect(passes(condition, '8', { exchange_rate: '1.1' })).toBe(true);
	});

	it('is the only number that has a currency', () => {
		const rate = { filter: 'rate', operator: 'eq', value: '9' };
		expect(passes(rate, '8', { exchange_rate: '1.1' })).toBe(false);
	});
});

describe('Not checked is', () => {
	it.each([
		['a filter of several fields', 'any_text'],
		['a filter of a field that 1CRM does not return', 'elsewhere'],
		['a field without a column of its own', 'computed'],
		['a fax number', 'fax'],
		['a flag', 'favorite'],
		['a text with markup', 'html'],
		['the owner', 'owner'],
		['a phone number', 'phone'],
		['a long text', 'details'],
		['a search in everything', 'everything'],
		['a field that is a long text by its own type', 'details_as_name'],
		['a filter that is a flag by its own type', 'minutes_as_flag'],
	])('%s', (_what, filter) => {
		const checks = checksOf({ filter, operator: 'eq', value: '1' });
		expect([checks.columns, checks.filters]).toEqual([[], []]);
	});
});

describe('Dates of a period', () => {
	const since = (...days: unknown[]) => days.map((day) => ({ id: day, since: day }) as IDataObject);
	const month = checksOf({ filter: 'since', operator: 'period_current', period: 'month' });

	it('may be as far apart as the period is long', () => {
		expect(() => month.check(since('2026-07-31', '2026-07-14', '2026-07-01'))).not.toThrow();
	});

	it('fail if they are further apart, whichever comes first', () => {
		expect(() => month.check(since('2026-07-01', '2026-08-01'))).toThrow('"2026-08-01"');
		expect(() => month.check(since('2026-08-01', '2026-07-01'))).toThrow('"2026-08-01"');
	});

	it('may come with some that nobody can read', () => {
		expect(() => month.check(since('2026-07-31', 'soon', '2026-07-01'))).not.toThrow();
	});

	it('are compared with the earliest', () => {
		const days = since('2026-07-20', '2026-08-10', '2026-07-01', '2026-08-05');
		expect(() => month.check(days)).toThrow('"2026-08-10"');
	});
});

describe('The fields that come with the records', () => {
	const conditions = [
		{ filter: 'name', operator: 'eq', value: 'Berg' },
		{ filter: 'also_name', operator: 'prefix', value: 'B' },
		{ filter: 'details', operator: 'like', value: 'x' },
	];

	it('are those that are checked, each once', () => {
		const checks = checksOf(...conditions);
		expect(checks.columns).toEqual(['name']);
		expect(checks.filters).toEqual(['name', 'also_name']);
	});

	it('are left out of the result unless they are wanted', () => {
		const checks = checksOf(...conditions);
		expect(checks.addedTo(['id'])).toEqual(['name']);
		expect(checks.addedTo(['name'])).toEqual([]);
	});

	it('bring the currency of an amount, which another wanted amount would bring, too', () => {
		const checks = checksOf({ filter: 'amount', operator: 'gt', value: '9' }, conditions[0]);
		expect(checks.addedTo(['id'])).toEqual([
			'amount',
			'name',
			'currency_id',
			'currency',
			'exchange_rate',
		]);
		expect(checks.addedTo(['id', 'currency_id'])).toEqual([
			'amount',
			'name',
			'currency',
			'exchange_rate',
		]);
		expect(checks.addedTo(['amount', 'id'])).toEqual(['name']);
	});
});

describe('The failure', () => {
	const condition = { filter: 'also_name', operator: 'eq', value: 'Berg' };
	const failure = (records: IDataObject[]) => () => checksOf(condition).check(records);

	it('names operator, filter, the first record that fails, and its value', () => {
		const names = ['Berg', 'Tal', 'Holm'];
		expect(failure(names.map((name, index) => ({ id: index, name })))).toThrow(
			`1CRM didn't apply the operator "eq" of the filter 'Also Name' (also_name): it returned Lead "1", whose value is "Tal"`,
		);
	});

	it('shows no more than the beginning of a long value, and nothing of none', () => {
		expect(failure([{ id: 1, name: 'x'.repeat(51) }])).toThrow(
			new RegExp(`value is "${'x'.repeat(50)}"$`),
		);
		expect(failure([{ id: 1, name: null }])).toThrow(/value is ""$/);
	});
});
