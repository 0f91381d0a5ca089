import type { ResourceMapperField } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';

const { engine } = engineWithSandbox();

async function fieldsOf(module = 'Contact', method = 'getUpsertFields') {
	const { fields } = await engine.mapperFields(method, { module });
	return new Map<string, ResourceMapperField>(fields.map((field) => [field.id, field]));
}

it.each(['id', 'last_name', 'first_name', 'email1', 'email2', 'phone_work', 'phone_fax'])(
	'lets a contact be recognised by %s',
	async (name) => {
		expect((await fieldsOf()).get(name)).toMatchObject({ canBeUsedToMatch: true });
	},
);

it.each(['primary_account_id', 'loyalty_level', 'do_not_call', 'customer_since', 'title'])(
	'lets a contact be recognised by %s, which has a filter',
	async (name) => {
		expect((await fieldsOf()).get(name)).toMatchObject({ canBeUsedToMatch: true });
	},
);

it.each([
	['description', 'a long text'],
	['categories', 'a multi-select'],
	['newsletter_topics', 'a multi-select with a filter'],
	['photo', 'a file'],
	['website', 'a field without a filter'],
	['annual_budget', 'an amount without a filter'],
	['assigned_user_id', 'whose record it is'],
])('does not let one be recognised by %s, %s', async (name) => {
	expect((await fieldsOf()).get(name)).toMatchObject({ canBeUsedToMatch: false });
});

it('chooses nothing to match on by itself', async () => {
	const chosen = [...(await fieldsOf()).values()].filter(({ defaultMatch }) => defaultMatch);
	expect(chosen).toEqual([]);
});

it('requires what a new record needs', async () => {
	const required = [...(await fieldsOf()).values()].filter((field) => field.required);
	expect(required.map(({ id }) => id)).toEqual(['last_name']);
});

it('offers the id only here, and beside it what can be written', async () => {
	const upserted = [...(await fieldsOf()).keys()];
	const created = [...(await fieldsOf('Contact', 'getCreateFields')).keys()];
	expect(upserted).toEqual(['id', ...created]);
	const updated = [...(await fieldsOf('Contact', 'getUpdateFields')).keys()];
	expect(updated.length).toBeGreaterThan(0);
	expect(updated).not.toContain('id');
});

it.each(['getCreateFields', 'getUpdateFields'])('marks nothing to match in %s', async (method) => {
	const marked = [...(await fieldsOf('Contact', method)).values()].filter(
		({ canBeUsedToMatch }) => canBeUsedToMatch,
	);
	expect(marked).toEqual([]);
});

it('goes by the filters of the module at hand', async () => {
	const lead = await fieldsOf('Lead');
	expect(lead.get('account_name')).toMatchObject({ canBeUsedToMatch: true });
	expect(lead.get('department')).toMatchObject({ canBeUsedToMatch: false });
	const account = await fieldsOf('Account');
	expect(account.get('website')).toMatchObject({ canBeUsedToMatch: true });
});
