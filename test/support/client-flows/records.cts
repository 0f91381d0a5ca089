import { type Flow, withEither } from './flow.cts';

const ID = /^[0-9a-f-]{36}$/;

/** Single records. */
export const records: Flow[] = [
	withEither({
		source: 'data/record',
		shows: 'Read a whole record, and some of its fields',
		standsFor: 'Record > Get',
		async run({ client, sandbox }) {
			const email1 = 'code@example.com';
			const names = { first_name: 'Kristina', last_name: 'Abramowitz', email1 };
			const id = sandbox.insert('Contact', names);
			const whole = await client.record('Contact', id);
			expect(whole).toMatchObject({ id, deleted: '0', photo_filename: null, chat_activity: '0' });
			const some = await client.record('Contact', id, ['first_name', 'last_name', 'email1']);
			expect(some).toEqual({ ...names, id });
		},
	}),
	withEither({
		source: 'examples/get-contact',
		shows: 'Read fields of a contact, references among them',
		standsFor: "Record > Get, 'Return Field Names or IDs'",
		async run({ client, sandbox }) {
			const account = sandbox.insert('Account', { name: '1CRM Systems Corp.' });
			const { id: user } = sandbox.records('User').find((row) => row.user_name === 'sales')!;
			const id = sandbox.insert('Contact', {
				...{ first_name: 'Michael', last_name: 'Whitehead', email1: 'michael@example.com' },
				...{ primary_account_id: account, assigned_user_id: user },
			});
			const names = ['first_name', 'last_name', 'email1', 'primary_account', 'date_entered'];
			const fields = [...names, 'date_modified', 'assigned_user'];
			const contact = await client.record('Contact', id, fields);
			expect(Object.keys(contact).sort()).toEqual(
				[...fields, 'primary_account_id', 'id', 'assigned_user_id'].sort(),
			);
			expect(contact).toMatchObject({
				...{ primary_account: '1CRM Systems Corp.', primary_account_id: account },
				...{ assigned_user: 'sales', assigned_user_id: user },
			});
		},
	}),
	withEither({
		source: 'data/create',
		shows: 'Create a contact, and read it',
		standsFor: 'Record > Create',
		async run({ client }) {
			const values = { first_name: 'Andrey', last_name: 'Demenev' };
			const id = await client.create('Contact', values);
			const read = await client.record('Contact', id, ['first_name', 'last_name']);
			expect(read).toEqual({ ...values, id });
		},
	}),
	withEither({
		source: 'examples/create-account',
		shows: 'Create an account, with a switch and an address',
		standsFor: 'Record > Create',
		async run({ client, sandbox }) {
			const values = {
				name: '1CRM Systems Corp.',
				email1: 'info@example.com',
				industry: 'Technology',
				account_type: 'Supplier',
				phone_office: '+1 999-888-7777',
				billing_address_city: 'Victoria',
				billing_address_state: 'BC',
				billing_address_country: 'Canada',
				billing_address_street: '688 Falkland Road',
				billing_address_postalcode: 'V8S 4L5',
				website: 'https://www.example.com/',
			};
			const id = await client.create('Account', { ...values, is_supplier: true });
			expect(id).toMatch(ID);
			expect(sandbox.record('Account', id)).toMatchObject({ ...values, is_supplier: '1' });
		},
	}),
	withEither({
		source: 'data/update',
		shows: 'Change a field',
		standsFor: 'Record > Update',
		async run({ client, sandbox }) {
			const id = sandbox.insert('Contact', { last_name: 'Demenev' });
			const email1 = 'andrey@example.com';
			expect(await client.update('Contact', id, { email1 })).toEqual({ result: true });
			expect(sandbox.record('Contact', id)?.email1).toBe(email1);
		},
	}),
	withEither({
		source: 'data/delete',
		shows: 'Delete a record',
		standsFor: 'Record > Delete',
		async run({ client, sandbox }) {
			const id = sandbox.insert('Contact', { last_name: 'Demenev' });
			expect(await client.delete(`/data/Contact/${id}`)).toEqual({ result: true });
			await expect(client.record('Contact', id)).rejects.toMatchObject({ code: 404 });
		},
	}),
	withEither({
		source: 'examples/delete-note',
		shows: 'Delete a note',
		standsFor: 'Record > Delete',
		async run({ client, sandbox }) {
			const id = sandbox.insert('Note', { name: 'Old' });
			expect(await client.delete(`/data/Note/${id}`)).toEqual({ result: true });
			expect(sandbox.records('Note')).toEqual([]);
		},
	}),
	withEither({
		source: 'lowlevel',
		shows: 'Send requests of any kind: list, create, change, delete',
		standsFor: 'API > Call',
		async run({ client, sandbox }) {
			for (const last_name of ['Abramowitz', 'Alejo', 'Alley'])
				sandbox.insert('Contact', { last_name });
			const list = await client.get('/data/Contact', { limit: 2 });
			expect(list).toMatchObject({ records: [{}, {}], total_results: 3 });
			const data = { first_name: 'Andrey', last_name: 'Demenev' };
			const { id } = await client.post('/data/Contact', { data });
			const path = `/data/Contact/${id}`;
			const change = { data: { email1: 'andrey@example.com' } };
			expect(await client.patch(path, change)).toEqual({ result: true });
			expect(await client.delete(path)).toEqual({ result: true });
		},
	}),
	withEither({
		source: 'examples/get-audit',
		shows: 'Read the changes of all accounts, and of one',
		standsFor: 'Audit Log > Get Many',
		async run({ client }) {
			const id = await client.create('Account', { name: '1CRM Systems Corp.' });
			const other = await client.create('Account', { name: 'Another' });
			await client.update('Account', other, { phone_office: '+1-999-99-9999' });
			const all = await client.auditLogs('Account', undefined, 0, 2);
			expect(all.total_results).toBeGreaterThan(2);
			expect(all.records[0]).toEqual({
				id: expect.stringMatching(ID),
				created_by_user: 'admin',
				created_by: '1',
				date_created: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
				parent: '',
				parent_id: other,
				field_name: 'phone_office',
				data_type: 'phone',
				before_value_string: null,
				after_value_string: '+1-999-99-9999',
				before_value_text: null,
				after_value_text: null,
				erased: '0',
				source: null,
			});
			const own = await client.auditLogs('Account', id);
			expect(own.records.map((entry) => entry.parent_id)).toEqual(own.records.map(() => id));
			expect(own.records).toContainEqual(
				expect.objectContaining({ field_name: 'name', after_value_string: '1CRM Systems Corp.' }),
			);
		},
	}),
	withEither({
		source: 'examples/get-reports',
		shows: 'List the reports on accounts, and the archived runs of one',
		standsFor: 'API > Call',
		async run({ client, sandbox }) {
			const report = { name: 'Account Activity Report', primary_module: 'Accounts' };
			const id = sandbox.insert('Report', report);
			for (let run = 0; run < 10; run++) sandbox.insert('ReportData', { report_id: id });
			const reports = await client.reports('Account', undefined, 0, 1);
			expect(reports).toMatchObject({ total_results: 1, records: [{ ...report, id }] });
			const runs = await client.reports('Account', id, 0, 1);
			expect(runs).toMatchObject({ total_results: 10, records: [{ report: report.name }] });
		},
	}),
];
