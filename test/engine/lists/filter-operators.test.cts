import { engineWithSandbox } from '../engine-with-sandbox.cts';

const { sandbox, engine } = engineWithSandbox();

beforeEach(() => sandbox.clearRequests());

/** What the operator of the second condition shows, as n8n asks for it. */
async function operatorsOf(filter: string, module = 'Contact'): Promise<unknown[]> {
	const conditions = [
		{ filter: 'last_name', operator: 'eq', value: 'x' },
		{ filter, operator: 'eq', value: '' },
	];
	const options = await engine.loadOptions(
		'getFilterOperators',
		{ module, filters: { conditions } },
		'parameters.filters.conditions[1].operator',
	);
	return options.map(({ value }) => value);
}

it.each([
	['a text', 'Contact', 'title', ['eq', 'like']],
	['a name', 'Contact', 'last_name', ['eq', 'like']],
	['a combined filter', 'Contact', 'any_email', ['eq', 'like']],
	['the name of a reference', 'Contact', 'primary_account', ['eq', 'like']],
	['a picklist', 'Contact', 'loyalty_level', ['eq']],
	['a status', 'Lead', 'status', ['eq']],
	['a multi-select', 'Contact', 'newsletter_topics', ['eq']],
	['a boolean', 'Contact', 'do_not_call', ['eq']],
	['a flag', 'Lead', 'view_closed', ['eq']],
	['an amount', 'Opportunity', 'amount', ['eq']],
	['a date', 'Contact', 'customer_since', ['between_dates', 'eq']],
	['a date of its own', 'Opportunity', 'date_closed', ['between_dates', 'eq']],
	['a date-time', 'Account', 'date_modified', ['between_dates', 'eq']],
	['whose records', 'Contact', 'filter_owner', ['eq']],
])('suit %s', async (_what, module, filter, operators) => {
	expect(await operatorsOf(filter, module)).toEqual(operators);
});

it.each(['', 'unknown'])('are all there for the filter %j', async (filter) => {
	expect(await operatorsOf(filter)).toEqual(['eq', 'like', 'between_dates']);
});

it('are named in plain words', async () => {
	const options = await engine.loadOptions(
		'getFilterOperators',
		{ module: 'Contact', filters: { conditions: [{ filter: '', operator: 'eq', value: '' }] } },
		'parameters.filters.conditions[0].operator',
	);
	expect(options.map(({ name }) => name)).toEqual(['Equals', 'Contains', 'Is Between (Dates)']);
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

it('are none, and ask the server nothing, before a module is chosen', async () => {
	expect(await operatorsOf('', '')).toEqual([]);
	expect(sandbox.requests).toEqual([]);
});
