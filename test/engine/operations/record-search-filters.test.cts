import type { INodeParameters, NodeParameterValueType } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo, workOf } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox();

beforeAll(() => {
	const accountId = sandbox.insert('Account', { id: 'account-1', name: 'Birch Media' });
	sandbox.insert('Contact', {
		first_name: 'Ada',
		last_name: 'Berg',
		do_not_call: 1,
		lead_source: 'Web Site',
		email2: 'ada@birch.example',
		primary_account_id: accountId,
		customer_since: '2026-01-31',
		newsletter_topics: 'Events, Fairs^,^Tips',
	});
	sandbox.insert('Contact', {
		first_name: 'Eva',
		last_name: 'Bergmann',
		assigned_user_id: 'other',
		customer_since: '2026-02-01',
		loyalty_level: 'gold',
	});
	for (const [name, date_modified] of [
		['January', '2026-01-31 22:59:59'],
		['February', '2026-01-31 23:00:00'],
	]) {
		sandbox.insert('Account', { name, date_modified });
	}
});

type Condition = Record<string, NodeParameterValueType>;

const searching = (conditions: NodeParameterValueType, rest: INodeParameters = {}) =>
	({
		resource: 'record',
		operation: 'search',
		module: 'Contact',
		filters: { conditions },
		...rest,
	}) as INodeParameters;

async function found(condition: Condition, module = 'Contact'): Promise<unknown[]> {
	const records = await engine.items(searching([condition], { module }));
	return records.map(({ first_name, name }) => first_name ?? name);
}

it.each<[string, Condition, string[]]>([
	['eq finds the exact text', { filter: 'last_name', operator: 'eq', value: 'Berg' }, ['Ada']],
	['like finds a part', { filter: 'last_name', operator: 'like', value: 'mann' }, ['Eva']],
	['equals is meant without an operator', { filter: 'last_name', value: 'berg' }, ['Ada']],
	['the owner is me', { filter: 'filter_owner', value: 'mine' }, ['Ada']],
	['the owner is somebody else', { filter: 'filter_owner', value: 'not_mine' }, ['Eva']],
	['a boolean is set', { filter: 'do_not_call', value: true }, ['Ada']],
	['a boolean is not set', { filter: 'do_not_call', value: 'no' }, ['Eva']],
	['a picklist by value', { filter: 'loyalty_level', value: 'gold' }, ['Eva']],
	['a picklist by label', { filter: 'loyalty_level', value: 'Gold' }, ['Eva']],
	['a reference by name', { filter: 'primary_account', value: 'Birch Media' }, ['Ada']],
	['a reference by id', { filter: 'primary_account_id', value: 'account-1' }, ['Ada']],
	['a combined filter', { filter: 'any_email', operator: 'like', value: '@birch' }, ['Ada']],
])('%s', async (_name, condition, names) => {
	expect(await found(condition)).toEqual(names);
});

it('sends the condition in the form of 1CRM', async () => {
	await found({ filter: 'do_not_call', operator: 'eq', value: 'true' });
	expect(workOf(sandbox)[0].query.filters).toEqual({
		do_not_call: '1',
		'do_not_call-operator': 'eq',
	});
});

it('asks for favourites, of which there are none', async () => {
	expect(await found({ filter: 'filter_favorites', value: true })).toEqual([]);
	expect(workOf(sandbox)[0].query.filters).toMatchObject({ filter_favorites: '1' });
});

it('sends the range of a date filter as the days that were written', async () => {
	const range = { operator: 'between_dates', value: '2026-01-01', valueEnd: '2026-01-31' };
	expect(await found({ filter: 'customer_since', ...range })).toEqual(['Ada']);
	expect(workOf(sandbox)[0].query.filters).toEqual({
		customer_since: '2026-01-01',
		'customer_since-operator': 'between_dates',
		'customer_since-end': '2026-01-31',
	});
});

it('takes the last day of a range of moments into it, in the zone of the workflow', async () => {
	const range = { operator: 'between_dates', value: '2026-01-01', valueEnd: '2026-01-31' };
	expect(await found({ filter: 'date_modified', ...range }, 'Account')).toEqual(['January']);
	expect(workOf(sandbox)[0].query.filters).toEqual({
		date_modified: '2025-12-31 23:00:00',
		'date_modified-operator': 'between_dates',
		'date_modified-end': '2026-01-31 22:59:59',
	});
});

it('combines conditions, all of which have to be met', async () => {
	const conditions = [
		{ filter: 'last_name', operator: 'like', value: 'Berg' },
		{ filter: 'do_not_call', value: false },
	];
	const records = await engine.items(searching(conditions));
	expect(records.map(({ first_name }) => first_name)).toEqual(['Eva']);
});

it.each(['list', 'text'])('reads a value chosen in the mode %s', async (mode) => {
	expect(
		await found({ filter: 'loyalty_level', value: { __rl: true, mode, value: 'gold' } }),
	).toEqual(['Eva']);
});

it('takes an owner by the id of the user', async () => {
	expect(await found({ filter: 'filter_owner', value: 'other' })).toEqual(['Eva']);
});

it('shows closed records where a filter and the option ask for them', async () => {
	sandbox.insert('Quote', { name: 'Lost', quote_stage: 'Closed Lost' });
	const condition = { filter: 'quote_stage', value: 'Closed Lost' };
	const search = (includeClosed: boolean) =>
		engine.items(searching([condition], { module: 'Quote', options: { includeClosed } }));
	expect(await search(false)).toEqual([]);
	expect(await search(true)).toHaveLength(1);
});

it.each<[string, Condition]>([
	['an empty text', { filter: 'last_name', value: '' }],
	['spaces', { filter: 'last_name', value: '   ' }],
	['an expression that gives nothing', { filter: 'last_name', value: '={{ $json.missing }}' }],
	['null for a text', { filter: 'last_name', value: '={{ null }}' }],
	['null for a boolean', { filter: 'do_not_call', value: '={{ null }}' }],
	['nothing for a boolean', { filter: 'do_not_call', value: '={{ $json.missing }}' }],
	['spaces for a boolean', { filter: 'do_not_call', value: ' ' }],
	['nothing for a picklist', { filter: 'lead_source', value: '={{ "" }}' }],
	['an empty list', { filter: 'newsletter_topics', value: '={{ [] }}' }],
	[
		'a locator without a value',
		{ filter: 'last_name', value: { __rl: true, mode: 'list', value: '' } },
	],
	[
		'a locator with null',
		{ filter: 'do_not_call', value: { __rl: true, mode: 'text', value: '={{ null }}' } },
	],
])('refuses %s as a value before sending', async (_what, condition) => {
	const error = await engine.failure(searching([condition]));
	expect(error.message).toMatch(
		new RegExp(`filter '.+' \\(${String(condition.filter)}\\)|takes true or false`),
	);
	expect(error.context.itemIndex).toBe(0);
	expect(sentTo(sandbox)).toEqual([]);
});

it.each<[string, string]>([
	['a text', '={{ "last_name" }}'],
	['an object of other words', '={{ ({ field: "last_name", value: "Berg" }) }}'],
	['a list of texts', '={{ ["last_name"] }}'],
])('does not list every record where the conditions are %s', async (_what, conditions) => {
	const error = await engine.failure(searching(conditions));
	expect(error.message).toContain("'Filters'");
	expect(sentTo(sandbox)).toEqual([]);
});

it('takes a single condition for a list of one', async () => {
	const conditions = '={{ ({ filter: "last_name", value: "Berg" }) }}';
	const found = await engine.items(searching(conditions));
	expect(found.map(({ last_name: name }) => name)).toEqual(['Berg']);
});
