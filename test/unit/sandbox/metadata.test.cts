import { LISTED_MODULES } from '../../sandbox/modules/modules.cts';
import { clientOf } from '../../support/client.cts';
import { sandboxForTests } from '../../support/sandbox-for-tests.cts';

describe('metadata', () => {
	const sandbox = sandboxForTests();

	const modules = async () => (await clientOf(sandbox).get('/meta/modules')).data;

	it('lists modules in any of the forms', async () => {
		const names = { module: 'Cases', label: 'Cases' };
		expect((await modules()).list[4]).toEqual({ ...names, primary_model: 'aCase' });
		sandbox.variants.modulesShape = 'objects';
		expect((await modules()).list[4]).toEqual({ ...names, model: 'aCase' });
		sandbox.variants.modulesShape = 'strings';
		expect((await modules()).list).toContain('aCase');
		sandbox.variants.modulesShape = 'map';
		expect((await modules()).list.Invoice).toEqual({ module: 'Invoice', label: 'Invoices' });
		sandbox.variants.modulesShape = 'primaryBeanMap';
		expect((await modules()).list.Cases).toEqual({ primary_bean: 'aCase', label: 'Cases' });
		sandbox.variants.modulesShape = 'modulesKey';
		expect((await modules()).modules).toHaveLength(LISTED_MODULES.length);
	});

	it('describes fields with options as a list, and filters with options as a map', async () => {
		const { fields, filters } = (await clientOf(sandbox).get('/meta/fields/Contact')).data;
		// 91 fields and 20 filters as 1CRM ships them, and the custom ones.
		expect(Object.keys(fields)).toHaveLength(91 + 13);
		expect(Object.keys(filters)).toHaveLength(20 + 3);
		expect(fields.loyalty_level.options[0]).toEqual({ label: 'Bronze', value: 'bronze' });
		expect(filters.loyalty_level.options.bronze).toBe('Bronze');
		expect(filters.any_email).toEqual({
			vname: 'Any Email',
			type: 'email',
			fields: ['email1', 'email2'],
		});
		expect(fields.primary_account).toMatchObject({ type: 'ref', id_name: 'primary_account_id' });
		expect(fields.primary_account_id).toMatchObject({
			editable: false,
			for_ref: 'primary_account',
		});
		for (const name of ['email1', 'id', 'date_modified', 'date_entered']) {
			expect(filters).not.toHaveProperty(name);
		}
	});

	it('says of every field its name, type and source, and of none that it is editable', async () => {
		const client = clientOf(sandbox);
		for (const { primary_model: model } of (await modules()).list) {
			const { fields, filters } = (await client.get(`/meta/fields/${model}`)).data;
			for (const [name, field] of Object.entries<Record<string, unknown>>(fields)) {
				expect(field).toMatchObject({ name, type: expect.any(String), source: expect.anything() });
				expect([undefined, false]).toContain(field.editable);
			}
			expect(filters).toHaveProperty('filter_text');
		}
		const { status } = await client.get('/meta/fields/Acount');
		expect(status).toBe(404);
	});
});
