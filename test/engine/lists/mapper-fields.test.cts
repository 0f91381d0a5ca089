import type { ResourceMapperField } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';

const { sandbox, engine } = engineWithSandbox();

async function fieldsOf(
	method: string,
	module = 'Contact',
): Promise<Map<string, ResourceMapperField>> {
	const { fields } = await engine.mapperFields(method, { module });
	return new Map(fields.map((field) => [field.id, field]));
}

it.each([
	['title', 'string'],
	['description', 'string'],
	['do_not_call', 'boolean'],
	['birthdate', 'dateTime'],
	['annual_budget', 'number'],
	['mautic_id', 'number'],
	['loyalty_level', 'options'],
	['newsletter_topics', 'array'],
	['primary_account_id', 'string'],
])('shows %s as %s', async (name, type) => {
	expect((await fieldsOf('getCreateFields')).get(name)?.type).toBe(type);
});

it('describes a field wholly, as the editor wants it', async () => {
	expect((await fieldsOf('getCreateFields')).get('loyalty_level')).toEqual({
		id: 'loyalty_level',
		displayName: 'Loyalty Level',
		type: 'options',
		options: [
			{ name: 'Bronze', value: 'bronze' },
			{ name: 'Silver', value: 'silver' },
			{ name: 'Gold', value: 'gold' },
			{ name: 'Platinum (by invitation)', value: 'platinum' },
		],
		required: false,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		readOnly: false,
		removed: true,
	});
});

it('shows a reference under the label of the reference', async () => {
	const fields = await fieldsOf('getCreateFields');
	expect(fields.get('primary_account_id')?.displayName).toBe('Primary Account (ID)');
	expect(fields.get('assigned_user_id')?.displayName).toBe('Assigned to (ID)');
	expect(fields.has('primary_account')).toBe(false);
});

it.each(['getCreateFields', 'getUpdateFields', 'getUpsertFields'])(
	'says that a name will do where references may be given by name (%s)',
	async (method) => {
		const labelOf = async (referencesByName: boolean) => {
			const parameters = { module: 'Contact', options: { referencesByName } };
			const { fields } = await engine.mapperFields(method, parameters);
			return fields.find(({ id }) => id === 'primary_account_id')?.displayName;
		};
		expect(await labelOf(true)).toBe('Primary Account (ID or name)');
		expect(await labelOf(false)).toBe('Primary Account (ID)');
	},
);

it('offers only what can be written', async () => {
	const fields = await fieldsOf('getCreateFields');
	for (const name of ['id', 'date_entered', 'created_by', 'name', 'phone_home__raw']) {
		expect({ name, offered: fields.has(name) }).toEqual({ name, offered: false });
	}
	for (const column of ['newsletter_topic', 'newsletter_topic2', 'photo_filename', 'photo_thumb']) {
		expect({ column, offered: fields.has(column) }).toEqual({ column, offered: false });
	}
});

it.each([
	['Contact', ['last_name']],
	['Opportunity', ['account_id', 'amount', 'date_closed', 'name', 'sales_stage']],
	['Task', ['name']],
])('has those fields of a new %s added that it needs', async (module, needed) => {
	const fields = [...(await fieldsOf('getCreateFields', module)).values()];
	const added = fields.filter(({ removed }) => !removed).map(({ id }) => id);
	expect(added.sort()).toEqual(needed);
	expect(
		fields
			.filter(({ required }) => required)
			.map(({ id }) => id)
			.sort(),
	).toEqual(needed);
});

it('requires and adds none for a change', async () => {
	const create = await fieldsOf('getCreateFields');
	const update = await fieldsOf('getUpdateFields');
	expect([...update.keys()]).toEqual([...create.keys()]);
	for (const { required, removed } of update.values()) {
		expect({ required, removed }).toEqual({ required: false, removed: true });
	}
});

it('lets a picklist without values be typed', async () => {
	const status = { name: 'status', type: 'enum', vname: 'Status', source: { type: 'db' } };
	sandbox.failNext(
		{ kind: 'status', status: 200, body: { fields: { status }, filters: [] } },
		{ path: /meta/ },
	);
	expect((await fieldsOf('getCreateFields')).get('status')?.type).toBe('string');
});

it('shows nothing and asks nothing before a module is chosen', async () => {
	expect((await fieldsOf('getCreateFields', '')).size).toBe(0);
	expect((await fieldsOf('getUpdateFields', '')).size).toBe(0);
	expect(sandbox.requests).toEqual([]);
});
