import type { Field, ModuleMetadata } from '../../../../../nodes/OneCrm/crm/metadata';
import { readMetadata } from '../../../../../nodes/OneCrm/crm/metadata';
import { clientOf } from '../../../../support/client.cts';
import { sandboxForTests } from '../../../../support/sandbox-for-tests.cts';

describe('Contact, as 1CRM describes it', () => {
	const sandbox = sandboxForTests();
	let contact: ModuleMetadata;

	beforeAll(async () => {
		const { data } = await clientOf(sandbox).get('/meta/fields/Contact');
		contact = readMetadata(data);
	});

	const namesOf = (fits: (field: Field) => boolean) =>
		[...contact.fields.values()].filter(fits).map(({ name }) => name);
	const categories = Array.from({ length: 9 }, (_, index) => `category${index + 2}`);

	it('has what can be written', () => {
		expect(namesOf(({ writable }) => writable)).toEqual(
			expect.arrayContaining([
				...['assigned_user_id', 'primary_account_id', 'primary_contact_for', 'reports_to_id'],
				...['partner_id', 'campaign_id'],
				...['first_name', 'last_name', 'salutation', 'birthdate', 'email1', 'email_opt_in'],
				...['do_not_call', 'phone_work', 'primary_address_city', 'description', 'portal_active'],
				...['categories', 'photo'],
				...['loyalty_level', 'newsletter_topics', 'customer_since', 'annual_budget'],
			]),
		);
	});

	it.each([
		['what 1CRM fills in', ['id', 'deleted', 'date_entered', 'date_modified']],
		['who changed it', ['created_by', 'created_by_user', 'modified_user', 'modified_user_id']],
		['what is computed', ['name', 'last_activity_date', 'email_opt_in_date']],
		['names of references', ['assigned_user', 'primary_account', 'b2c_account', 'reports_to']],
		['columns of a multi-select', ['category', ...categories, 'newsletter_topic']],
		['columns of an image', ['photo_filename', 'photo_thumb']],
	])('does not offer %s to be written', (_, names) => {
		for (const name of names) {
			expect(contact.fields.get(name)).toMatchObject({ name, writable: false });
		}
	});

	it('does not offer the digits of a phone number to be written', () => {
		const raw = namesOf(({ name }) => name.endsWith('__raw'));
		expect(raw).toContain('phone_home__raw');
		expect(raw.filter((name) => contact.fields.get(name)?.writable)).toEqual([]);
	});

	it('offers no reference by its name', () => {
		expect(namesOf(({ type, writable }) => type === 'ref' && writable)).toEqual([]);
	});

	it('needs nothing but a last name', () => {
		expect(namesOf(({ requiredForCreate }) => requiredForCreate)).toEqual(['last_name']);
	});

	it('shows the ID of a reference under the label of the reference', () => {
		expect(contact.fields.get('primary_account_id')).toMatchObject({
			label: 'Primary Account',
			target: 'Account',
		});
	});

	it('has the kinds of values that its types say', () => {
		const kinds = ['birthdate', 'date_modified', 'email_opt_in', 'do_not_call', 'mautic_id'];
		expect(kinds.map((name) => contact.fields.get(name)?.kind)).toEqual([
			'date',
			'dateTime',
			'boolean',
			'boolean',
			'integer',
		]);
		expect(contact.fields.get('categories')?.kind).toBe('multiSelect');
		expect(contact.fields.get('annual_budget')?.kind).toBe('decimal');
		expect(contact.fields.get('skype_id')).toMatchObject({ type: 'skype', kind: 'text' });
	});

	it('has the same options in a field and in its filter, which 1CRM gives in two shapes', () => {
		const field = contact.fields.get('loyalty_level')?.options;
		expect(field?.[0]).toEqual({ value: 'bronze', label: 'Bronze' });
		expect(contact.filters.get('loyalty_level')?.options).toEqual(field);
		expect(contact.fields.get('categories')?.options.length).toBeGreaterThan(1);
	});

	it('has the filters of 1CRM, and the IDs of its reference filters', () => {
		const { filters } = contact;
		expect(filters.get('any_email')).toMatchObject({ label: 'Any Email', kind: 'text' });
		expect(filters.get('filter_favorites')?.kind).toBe('boolean');
		expect(filters.get('filter_owner')?.options.map(({ value }) => value)).toContain('mine');
		expect(filters.get('primary_account')).toMatchObject({ type: 'ref' });
		expect(filters.get('primary_account_id')).toMatchObject({
			label: 'Primary Account (ID)',
			type: 'id',
			options: [],
		});
		for (const name of ['email1', 'id', 'date_entered', 'date_modified']) {
			expect(filters.has(name)).toBe(false);
		}
	});
});
