import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox();

const listing = (module: string, rest: INodeParameters = {}): INodeParameters => ({
	resource: 'field',
	operation: 'getAll',
	module,
	returnAll: true,
	...rest,
});

async function fieldsOf(module: string): Promise<Map<unknown, IDataObject>> {
	const fields = await engine.items(listing(module));
	return new Map(fields.map((field) => [field.name, field]));
}

it('describes a field that a new record needs', async () => {
	expect((await fieldsOf('Contact')).get('last_name')).toEqual({
		name: 'last_name',
		label: 'Last Name',
		type: 'name',
		required: true,
		writable: true,
		filterable: true,
		sortable: true,
		options: [],
		targetModule: null,
		description: null,
	});
});

it('tells what can be written, filtered and sorted by', async () => {
	const fields = await fieldsOf('Contact');
	expect(fields.get('date_modified')).toMatchObject({ writable: false, filterable: false });
	expect(fields.get('phone_home__raw')).toMatchObject({ writable: false });
	expect(fields.get('primary_account')).toMatchObject({ writable: false, filterable: true });
	expect(fields.get('primary_account')).toMatchObject({ sortable: false });
	expect(fields.get('primary_account_id')).toMatchObject({
		label: 'Primary Account',
		writable: true,
		targetModule: 'Account',
	});
	expect(fields.get('created_by')).toMatchObject({ writable: false });
	expect(fields.get('newsletter_topics')).toMatchObject({ writable: true });
	expect(fields.get('newsletter_topic2')).toMatchObject({ writable: false });
});

it('requires of a new record neither its owner nor what has a default', async () => {
	const required = [...(await fieldsOf('Opportunity')).values()]
		.filter((field) => field.required)
		.map(({ name }) => name);
	expect(required.sort()).toEqual(['account_id', 'amount', 'date_closed', 'name', 'sales_stage']);
});

it('lists the values of a picklist and of a custom multi-select', async () => {
	const fields = await fieldsOf('Contact');
	expect(fields.get('loyalty_level')?.options).toContainEqual({
		label: 'Platinum (by invitation)',
		value: 'platinum',
	});
	expect(fields.get('newsletter_topics')?.options).toContainEqual({
		label: 'Events and fairs',
		value: 'Events, Fairs',
	});
});

it('gives no more than the limit', async () => {
	const rest = { returnAll: false, limit: 3 };
	const names = (await engine.items(listing('Contact', rest))).map(({ name }) => name);
	expect(names).toEqual(['id', 'deleted', 'date_entered']);
});

it('gives no item for a module without fields', async () => {
	sandbox.failNext(
		{ kind: 'status', status: 200, body: { fields: [], filters: [] } },
		{ path: /meta/ },
	);
	expect(await engine.items(listing('Contact'))).toEqual([]);
});

it('fails for an answer that has no fields at all', async () => {
	sandbox.failNext({ kind: 'status', status: 200, body: {} }, { path: /meta/ });
	const error = await engine.failure(listing('Contact'));
	expect(error.message).toBe('1CRM answered without the fields of the module "Contact"');
});

it('says how module names are written when there is none of that name', async () => {
	const error = await engine.failure(listing('Contacts'));
	expect(error.message).toBe('Model Contacts not found');
	expect(error.description).toContain('singular name');
	expect(error.context.itemIndex).toBe(0);
});

it('reads each module once, and lists the others when one is unknown', async () => {
	const { items } = await engine.run(
		listing('={{ $json.module }}', { returnAll: false, limit: 1 }),
		{
			items: ['Contact', 'Nope', 'Account', 'Contact'].map((module) => ({ json: { module } })),
			continueOnFail: true,
		},
	);
	expect(items.map(({ json, pairedItem }) => [json.error ?? json.name, pairedItem])).toEqual([
		['id', { item: 0 }],
		['Model Nope not found', { item: 1 }],
		['id', { item: 2 }],
		['id', { item: 3 }],
	]);
	const paths = sandbox.requests.map(({ path }) => path).filter((path) => path.includes('meta'));
	expect(paths.sort()).toEqual([
		'/meta/fields/Account',
		'/meta/fields/Contact',
		'/meta/fields/Nope',
	]);
	expect(sentTo(sandbox)).toEqual([]);
});

it('asks again for an item after another item met an error', async () => {
	sandbox.failNext({ kind: 'status', status: 500, message: 'Busy' }, { path: /meta/ });
	const { items } = await engine.run(
		listing('Contact', { returnAll: false, limit: 1, options: { parallelRequests: 1 } }),
		{ items: [{ json: {} }, { json: {} }], continueOnFail: true },
	);
	expect(items.map(({ json }) => json.error ?? json.name)).toEqual(['Busy', 'id']);
});

it('waits no longer for an answer than its option says', async () => {
	sandbox.failNext({ kind: 'timeout' }, { path: /^\/meta\/fields/ });
	const fields = await engine.items(listing('Contact', { options: { timeout: 1 } }));
	expect(fields.length).toBeGreaterThan(0);
	const asked = sandbox.requests.filter(({ path }) => path.startsWith('/meta/fields'));
	expect(asked).toHaveLength(2);
});
