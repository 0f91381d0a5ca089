import { engineWithSandbox } from '../engine-with-sandbox.cts';

const { sandbox, engine } = engineWithSandbox();

/** What the value of the second condition shows, as n8n asks for it. */
async function valuesOf(filter: string, typed?: string) {
	const conditions = [
		{ filter: 'last_name', value: 'x' },
		{ filter, value: '' },
	];
	const parameters = { module: 'Contact', filters: { conditions } };
	const path = 'parameters.filters.conditions[1].value';
	return (await engine.listSearch('searchFilterValues', parameters, { filter: typed, path }))
		.results;
}

it('shows the labels of a picklist', async () => {
	expect(await valuesOf('loyalty_level')).toEqual([
		{ name: 'Bronze', value: 'bronze' },
		{ name: 'Silver', value: 'silver' },
		{ name: 'Gold', value: 'gold' },
		{ name: 'Platinum (by invitation)', value: 'platinum' },
	]);
});

it('shows the entries of a multi-select', async () => {
	expect(await valuesOf('newsletter_topics')).toContainEqual({
		name: 'Events and fairs',
		value: 'Events, Fairs',
	});
});

it('narrows a picklist by what is typed', async () => {
	expect(await valuesOf('loyalty_level', 'GOL')).toEqual([{ name: 'Gold', value: 'gold' }]);
	expect(await valuesOf('loyalty_level', 'nothing')).toEqual([]);
});

it.each(['do_not_call', 'filter_favorites'])('shows yes and no for %s', async (filter) => {
	expect(await valuesOf(filter)).toEqual([
		{ name: 'No', value: '0' },
		{ name: 'Yes', value: '1' },
	]);
});

it('shows whose records there can be, and takes a user by what is typed', async () => {
	expect(await valuesOf('filter_owner')).toEqual([
		{ name: 'all', value: 'all' },
		{ name: 'mine', value: 'mine' },
		{ name: 'not mine', value: 'not_mine' },
	]);
	expect(await valuesOf('filter_owner', 'user-2')).toEqual([{ name: 'user-2', value: 'user-2' }]);
});

it('offers what is typed for a free text, and nothing before', async () => {
	expect(await valuesOf('last_name')).toEqual([]);
	expect(await valuesOf('last_name', 'Berg')).toEqual([{ name: 'Berg', value: 'Berg' }]);
});

it('offers what is typed for a filter that the module does not have', async () => {
	expect(await valuesOf('unknown', 'x')).toEqual([{ name: 'x', value: 'x' }]);
});

it('shows nothing and asks nothing before a module is chosen', async () => {
	sandbox.clearRequests();
	const parameters = { module: '', filters: { conditions: [{ filter: '', value: '' }] } };
	const path = 'parameters.filters.conditions[0].value';
	expect(await engine.listSearch('searchFilterValues', parameters, { path })).toEqual({
		results: [],
	});
	expect(sandbox.requests).toEqual([]);
});
