import { fieldKind } from '../../../../../nodes/OneCrm/crm/fieldType';
import {
	COUNTED_TYPES,
	findOperator,
	OPERATORS,
	operatorsOf,
	PERIODS,
	WITH_PERIOD,
	WITH_RANGE,
	WITHOUT_VALUE,
} from '../../../../../nodes/OneCrm/crm/operators';

const filterOf = (type: string, options: string[] = []) => ({
	type,
	kind: fieldKind(type),
	options: options.map((value) => ({ value, label: value })),
});
const wordsOf = (type: string, options?: string[]) =>
	operatorsOf(filterOf(type, options)).map(({ value }) => value);

const TEXT = ['eq', 'like', 'prefix', 'suffix', 'not_eq', 'not_like', 'empty', 'not_empty'];
const NUMBER = ['eq', 'not_eq', 'gt', 'gte', 'lt', 'lte', 'between', 'empty', 'not_empty'];
const SELECT = ['eq', 'not_eq', 'any_of', 'not_any_of', 'empty', 'not_empty'];
const DATE = [
	...['on_date', 'not_on_date', 'before_date', 'after_date', 'between_dates'],
	...['yesterday', 'today', 'tomorrow', 'period_prev', 'period_current', 'period_next'],
	...['empty', 'not_empty'],
];

describe("1CRM's operators", () => {
	it.each([
		['varchar', TEXT],
		['email', TEXT],
		['hologram', TEXT],
		['int', NUMBER],
		['currency', NUMBER],
		['duration', NUMBER],
		['item_number', NUMBER],
		['reminder', NUMBER],
		['sequence_number', NUMBER],
		['enum', SELECT],
		['multienum', SELECT],
		['id', SELECT],
		['date', DATE],
		['datetime', DATE],
		['bool', ['eq', 'not_eq']],
		['flag', ['eq']],
		['owner', ['eq']],
		['unified_search', ['eq']],
	])('of a filter of the type %s, the usual one first', (type, words) => {
		expect(wordsOf(type)).toEqual(words);
	});

	it('of a filter with values to choose from are those for values, whatever its type', () => {
		expect(wordsOf('varchar', ['a'])).toEqual(SELECT);
		expect(wordsOf('owner', ['mine'])).toEqual(['eq']);
	});

	it('are all different, and each has a name of its own', () => {
		const all = [...TEXT, ...NUMBER, ...SELECT, ...DATE];
		expect(OPERATORS.map(({ value }) => value).sort()).toEqual([...new Set(all)].sort());
		expect(new Set(OPERATORS.map(({ name }) => name)).size).toBe(OPERATORS.length);
	});

	it('are named in the words of people', () => {
		const names = Object.fromEntries(OPERATORS.map(({ name, value }) => [value, name]));
		expect(names).toEqual({
			eq: 'Equals',
			not_eq: "Doesn't Equal",
			like: 'Contains',
			not_like: "Doesn't Contain",
			prefix: 'Begins With',
			suffix: 'Ends With',
			gt: 'Is Greater Than',
			gte: 'Is Greater Than or Equal To',
			lt: 'Is Less Than',
			lte: 'Is Less Than or Equal To',
			between: 'Is Between',
			any_of: 'Is Any Of',
			not_any_of: 'Is None Of',
			on_date: 'Is On',
			not_on_date: 'Is Not On',
			before_date: 'Is Before',
			after_date: 'Is After',
			between_dates: 'Is Between (Dates)',
			yesterday: 'Is Yesterday',
			today: 'Is Today',
			tomorrow: 'Is Tomorrow',
			period_prev: 'Is in the Previous',
			period_current: 'Is in the Current',
			period_next: 'Is in the Next',
			empty: 'Is Empty',
			not_empty: 'Is Not Empty',
		});
	});

	it('take a value, unless they say what they take instead', () => {
		const taking = (what: string) =>
			OPERATORS.filter(({ takes }) => takes === what).map(({ value }) => value);
		expect(taking('nothing')).toEqual(['empty', 'not_empty', 'yesterday', 'today', 'tomorrow']);
		expect(taking('values')).toEqual(['any_of', 'not_any_of']);
		expect(WITH_RANGE).toEqual(['between', 'between_dates']);
		expect(WITH_PERIOD).toEqual(['period_prev', 'period_current', 'period_next']);
		expect([...WITHOUT_VALUE].sort()).toEqual([...taking('nothing'), ...WITH_PERIOD].sort());
	});
});

it('the periods are those that 1CRM has, in the order of their names', () => {
	expect(PERIODS).toEqual([
		{ name: '30 Days', value: 'days_30' },
		{ name: '7 Days', value: 'days_7' },
		{ name: '90 Days', value: 'days_90' },
		{ name: 'Fiscal Quarter', value: 'fiscal_quarter' },
		{ name: 'Fiscal Year', value: 'fiscal_year' },
		{ name: 'Month', value: 'month' },
		{ name: 'Quarter', value: 'quarter' },
		{ name: 'Week', value: 'week' },
		{ name: 'Year', value: 'year' },
	]);
});

it('what 1CRM counts although it is read as text are durations, numbers of documents and reminders', () => {
	expect([...COUNTED_TYPES]).toEqual(['duration', 'item_number', 'reminder', 'sequence_number']);
	for (const type of COUNTED_TYPES) expect(fieldKind(type)).toBe('text');
});

describe('an operator is found', () => {
	it.each(['date', 'datetime'])(
		"of a %s under 1CRM's word and under that of other filters",
		(type) => {
			const found = (word: string) => findOperator(filterOf(type), word)?.value;
			expect(found('on_date')).toBe('on_date');
			expect(found('eq')).toBe('on_date');
			expect(found('not_eq')).toBe('not_on_date');
		},
	);

	it('only if the filter has it', () => {
		expect(findOperator(filterOf('varchar'), 'like')?.name).toBe('Contains');
		expect(findOperator(filterOf('varchar'), 'eq')?.value).toBe('eq');
		expect(findOperator(filterOf('varchar'), 'on_date')).toBeUndefined();
		expect(findOperator(filterOf('int'), 'like')).toBeUndefined();
		expect(findOperator(filterOf('date'), 'gt')).toBeUndefined();
	});

	it.each(['toString', 'constructor', '__proto__', ''])('never under the word %j', (word) => {
		expect(findOperator(filterOf('date'), word)).toBeUndefined();
		expect(findOperator(filterOf('varchar'), word)).toBeUndefined();
	});
});
