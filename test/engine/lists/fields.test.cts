import type { INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';

const { sandbox, engine } = engineWithSandbox();

const CONTACTS: INodeParameters = { module: { __rl: true, mode: 'name', value: 'Contact' } };
const load = (method: string, parameters = CONTACTS) => engine.loadOptions(method, parameters);
const valuesOf = async (method: string) => (await load(method)).map(({ value }) => value);

it.each(['getFields', 'getSortFields', 'getFilters'])(
	'%s shows labels in order',
	async (method) => {
		const entries = await load(method);
		const names = entries.filter(({ value }) => value !== '').map(({ name }) => name);
		expect(names.length).toBeGreaterThan(10);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
	},
);

it('offers every field to return, those that share a label told apart', async () => {
	const fields = await load('getFields');
	expect(fields).toContainEqual({ name: 'Last Name (last_name)', value: 'last_name' });
	expect(fields).toContainEqual({
		name: 'Primary Account (primary_account)',
		value: 'primary_account',
	});
	expect(fields).toContainEqual({
		name: 'Primary Account (primary_account_id)',
		value: 'primary_account_id',
	});
	expect(fields).toContainEqual({ name: 'vcard_size', value: 'vcard_size' });
	expect(fields).toContainEqual({ name: 'Loyalty Level (loyalty_level)', value: 'loyalty_level' });
});

it('offers to sort by what the database holds', async () => {
	const values = await valuesOf('getSortFields');
	expect(values).toEqual(expect.arrayContaining(['last_name', 'date_modified', 'loyalty_level']));
	for (const computed of ['name', 'primary_account', 'newsletter_topics', 'photo']) {
		expect(values).not.toContain(computed);
	}
});

it('offers the filters of the server, the id of a reference too', async () => {
	const filters = await load('getFilters');
	expect(filters).toContainEqual({ name: 'Any Email (any_email)', value: 'any_email' });
	expect(filters).toContainEqual({
		name: 'Only Favorites (filter_favorites)',
		value: 'filter_favorites',
	});
	expect(filters).toContainEqual({
		name: 'Primary Account (ID) (primary_account_id)',
		value: 'primary_account_id',
	});
	expect(filters.map(({ value }) => value)).not.toContain('email1');
});

it.each(['getFields', 'getSortFields', 'getFilters'])(
	'%s shows nothing and asks nothing before a module is chosen',
	async (method) => {
		for (const module of ['', { __rl: true as const, mode: 'list', value: '' }]) {
			const entries = await load(method, { module });
			expect(entries.filter(({ value }) => value !== '')).toEqual([]);
		}
		expect(sandbox.requests).toEqual([]);
	},
);
