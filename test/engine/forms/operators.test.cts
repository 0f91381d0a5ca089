import type { INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo, workOf } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox({
	clock: () => new Date('2026-07-14T12:00:00Z'),
});

// Records that are all asked for come in the order of their IDs.
beforeAll(() => {
	sandbox.insert('Contact', {
		id: 'contact-1',
		last_name: 'Berg',
		loyalty_level: 'gold',
		newsletter_topics: 'Tips',
		customer_since: '2026-07-14',
		do_not_call: 1,
	});
	sandbox.insert('Contact', { id: 'contact-2', last_name: 'Holm', loyalty_level: 'silver' });
	for (const [index, amount] of [9, 100].entries()) {
		sandbox.insert('Opportunity', { id: `opportunity-${index}`, name: `${amount}`, amount });
	}
});

const searching = (module: string, condition: object): INodeParameters => ({
	resource: 'record',
	operation: 'search',
	module,
	filters: { conditions: [condition] } as INodeParameters,
});

const names = async (module: string, condition: object) => {
	const records = await engine.items(searching(module, condition));
	return records.map(({ last_name, name }) => last_name ?? name);
};

it.each<[string, string, string, string[]]>([
	['last_name', 'eq', 'Berg', ['Berg']],
	['last_name', 'not_eq', 'Berg', ['Holm']],
	['last_name', 'like', 'er', ['Berg']],
	['last_name', 'not_like', 'er', ['Holm']],
	['last_name', 'prefix', 'Ho', ['Holm']],
	['last_name', 'suffix', 'rg', ['Berg']],
	['loyalty_level', 'not_eq', 'gold', ['Holm']],
	['loyalty_level', 'any_of', 'gold', ['Berg']],
	['loyalty_level', 'not_any_of', 'gold', ['Holm']],
	['customer_since', 'on_date', '2026-07-14', ['Berg']],
	['customer_since', 'before_date', '2026-07-15', ['Berg']],
	['customer_since', 'after_date', '2026-07-13', ['Berg']],
	['customer_since', 'not_on_date', '2026-07-14', ['Holm']],
])('%s %s %s is sent as it is', async (filter, operator, value, expected) => {
	expect(await names('Contact', { filter, operator, value })).toEqual(expected);
	expect(workOf(sandbox)[0].query.filters).toEqual({
		[filter]: value,
		[`${filter}-operator`]: operator,
	});
});

it.each<[string, string, string[]]>([
	['gt', '9', ['100']],
	['gte', '9', ['9', '100']],
	['lt', '100', ['9']],
	['lte', '100', ['9', '100']],
	['eq', '9', ['9']],
	['not_eq', '9', ['100']],
])('a number is compared by %s %s', async (operator, value, expected) => {
	expect(await names('Opportunity', { filter: 'amount', operator, value })).toEqual(expected);
});

it('a number is found between two, the upper one in the End Value', async () => {
	const between = { filter: 'amount', operator: 'between', value: '1', valueEnd: '10' };
	expect(await names('Opportunity', between)).toEqual(['9']);
	expect(workOf(sandbox)[0].query.filters).toMatchObject({ 'amount-end': '10' });
});

it.each<[string, string, string[]]>([
	['customer_since', 'empty', ['Holm']],
	['customer_since', 'not_empty', ['Berg']],
	['customer_since', 'today', ['Berg']],
	['customer_since', 'yesterday', []],
	['loyalty_level', 'not_empty', ['Berg', 'Holm']],
	['title', 'empty', ['Berg', 'Holm']],
])('%s %s needs no value', async (filter, operator, expected) => {
	expect(await names('Contact', { filter, operator })).toEqual(expected);
});

it('a period is named beside its operator', async () => {
	const condition = { filter: 'customer_since', operator: 'period_current', period: 'month' };
	expect(await names('Contact', condition)).toEqual(['Berg']);
	expect(workOf(sandbox)[0].query.filters).toMatchObject({ 'customer_since-period': 'month' });
});

it('several values of a choice are a list or a text with commas', async () => {
	for (const value of [['gold', 'silver'], 'gold, silver', 'gold^,^silver']) {
		const condition = { filter: 'loyalty_level', operator: 'any_of', value };
		expect(await names('Contact', condition)).toEqual(['Berg', 'Holm']);
	}
});

it.each<[string, object]>([
	['unknown to all', { filter: 'last_name', operator: 'neq' }],
	['in signs', { filter: 'last_name', operator: '!=' }],
	['in another case', { filter: 'last_name', operator: 'EQ' }],
	['of numbers on a text', { filter: 'last_name', operator: 'gt' }],
	['of choices on a text', { filter: 'last_name', operator: 'any_of' }],
	['of dates on a text', { filter: 'last_name', operator: 'between_dates', valueEnd: 'z' }],
	['of texts on a choice', { filter: 'loyalty_level', operator: 'like', value: 'gold' }],
	['of texts on a multi-select', { filter: 'newsletter_topics', operator: 'like', value: 'Tips' }],
	['of numbers on a date', { filter: 'customer_since', operator: 'gt', value: '2026-07-14' }],
	['of texts on a date', { filter: 'customer_since', operator: 'like', value: '2026-07-14' }],
	['of texts on a switch', { filter: 'do_not_call', operator: 'like', value: '1' }],
	['of texts on an owner', { filter: 'filter_owner', operator: 'not_like', value: 'mine' }],
	['of texts on a full-text search', { filter: 'filter_text', operator: 'not_like' }],
	['of texts on the ID of a reference', { filter: 'primary_account_id', operator: 'like' }],
	['of numbers on several texts', { filter: 'any_email', operator: 'lt' }],
	['inherited by every object', { filter: 'last_name', operator: 'constructor' }],
	[
		'with a period that does not exist',
		{ filter: 'customer_since', operator: 'period_prev', period: 'decade' },
	],
	['with no period', { filter: 'customer_since', operator: 'period_prev', period: '' }],
])('an operator %s is refused before a request', async (_what, condition) => {
	const error = await engine.failure(searching('Contact', { value: 'x', ...condition }));
	expect(error.message).toMatch(/isn't an operator of the filter '|^'Period' of the filter '/);
	expect(error.context.itemIndex).toBe(0);
	expect(sentTo(sandbox)).toEqual([]);
});

it('equal to a day is asked in the words that 1CRM has for it', async () => {
	const condition = { filter: 'customer_since', operator: 'eq', value: '2026-07-14' };
	expect(await names('Contact', condition)).toEqual(['Berg']);
	expect(workOf(sandbox)[0].query.filters).toMatchObject({ 'customer_since-operator': 'on_date' });
});

it('names the operators that the filter has', async () => {
	const error = await engine.failure(
		searching('Opportunity', { filter: 'amount', operator: 'like', value: '9' }),
	);
	for (const operator of ['eq', 'not_eq', 'gt', 'gte', 'lt', 'lte', 'between']) {
		expect(error.message).toContain(operator);
	}
});
