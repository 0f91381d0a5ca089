import { engineWithSandbox } from '../engine-with-sandbox.cts';

const { sandbox, engine } = engineWithSandbox();

/** What the operator of the second condition shows, as n8n asks for it. */
async function operatorsOf(filter: string, module = 'Contact', operator = 'eq') {
	const conditions = [
		{ filter: 'last_name', operator: 'eq', value: 'x' },
		{ filter, operator, value: '' },
	];
	const options = await engine.loadOptions(
		'getFilterOperators',
		{ module, filters: { conditions } },
		'parameters.filters.conditions[1].operator',
	);
	return options.map(({ value }) => value);
}

const TEXT = ['eq', 'like', 'prefix', 'suffix', 'not_eq', 'not_like', 'empty', 'not_empty'];
const NUMBER = ['eq', 'not_eq', 'gt', 'gte', 'lt', 'lte', 'between', 'empty', 'not_empty'];
const SELECT = ['eq', 'not_eq', 'any_of', 'not_any_of', 'empty', 'not_empty'];
const DATE = [
	...['eq', 'not_on_date', 'before_date', 'after_date', 'between_dates'],
	...['yesterday', 'today', 'tomorrow', 'period_prev', 'period_current', 'period_next'],
	...['empty', 'not_empty'],
];

it.each([
	['a text', 'Contact', 'title', TEXT],
	['a name', 'Contact', 'last_name', TEXT],
	['a combined filter', 'Contact', 'any_email', TEXT],
	['the name of a reference', 'Contact', 'primary_account', TEXT],
	['the ID of a reference', 'Contact', 'primary_account_id', SELECT],
	['a picklist', 'Contact', 'loyalty_level', SELECT],
	['a status', 'Lead', 'status', SELECT],
	['a multi-select', 'Contact', 'newsletter_topics', SELECT],
	['a boolean', 'Contact', 'do_not_call', ['eq', 'not_eq']],
	['a flag', 'Lead', 'view_closed', ['eq']],
	['an amount', 'Opportunity', 'amount', NUMBER],
	['a date', 'Contact', 'customer_since', DATE],
	['a date of its own', 'Opportunity', 'date_closed', DATE],
	['a date-time', 'Account', 'date_modified', DATE],
	['whose records', 'Contact', 'filter_owner', ['eq']],
])('suit %s', async (_what, module, filter, operators) => {
	expect(await operatorsOf(filter, module)).toEqual(operators);
});

it.each(['', 'unknown'])('are all there for the filter %j', async (filter) => {
	const every = [...TEXT, ...NUMBER, ...SELECT, ...DATE, 'on_date'];
	expect((await operatorsOf(filter)).sort()).toEqual([...new Set(every)].sort());
});

it('have one entry for a date that equals, in the word that is chosen', async () => {
	const [first, ...others] = await operatorsOf('customer_since', 'Contact', 'on_date');
	expect(first).toBe('on_date');
	expect(others).toEqual(DATE.slice(1));
});

it('are named in plain words', async () => {
	const options = await engine.loadOptions(
		'getFilterOperators',
		{ module: 'Contact', filters: { conditions: [{ filter: '', operator: 'eq', value: '' }] } },
		'parameters.filters.conditions[0].operator',
	);
	const names = options.map(({ name }) => name);
	expect(names).toEqual(expect.arrayContaining(['Equals', 'Begins With', 'Is in the Previous']));
	expect(new Set(names).size).toBe(names.length);
});

it('are read from the metadata of the module alone', async () => {
	await operatorsOf('title', 'Lead');
	expect(sandbox.requests.map(({ path }) => path)).toContain('/meta/fields/Lead');
	expect(sandbox.requests.filter(({ path }) => path.startsWith('/data'))).toEqual([]);
});

it('say why they cannot be shown', async () => {
	sandbox.failNext({ kind: 'status', status: 403, message: 'No rights' }, { path: /^\/meta/ });
	await expect(operatorsOf('title')).rejects.toThrow('No rights');
});

it('are all there, and ask the server nothing, before a module is chosen', async () => {
	expect(await operatorsOf('', '')).toContain('period_prev');
	expect(sandbox.requests).toEqual([]);
});
