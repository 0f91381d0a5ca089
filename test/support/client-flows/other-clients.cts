import { startReceiver } from '../receiver.cts';
import { type Flow, withEither } from './flow.cts';
import { OfficialClient } from './official-client.cts';

const PORTAL = 'WordPress: Customer Connection';
const FORMS = 'WordPress: Universal Forms';
const PIPEDREAM = 'Pipedream';
const GO = 'Go client';

/** What other public clients of the API send. */
export const otherClients: Flow[] = [
	{
		source: PORTAL,
		shows: 'Log in as an API client, and check the token with /me before it is used again',
		standsFor: 'Credential: API Client, which is kept until it is refused',
		logins: ['OAuth'],
		async run({ client, sandbox }) {
			expect(await client.get('/me')).toMatchObject({ id: 'Users:1' });
			sandbox.expireTokens();
			await expect(client.get('/me')).rejects.toMatchObject({ code: 401 });
			const again = await OfficialClient.loggedIn(sandbox, 'OAuth');
			expect(await again.get('/me')).toMatchObject({ id: 'Users:1' });
		},
	},
	withEither({
		source: PORTAL,
		shows: 'List the invoices of an account by due date, closed ones among them',
		standsFor: "Record > Search, 'Filters' and 'Include Closed'",
		async run({ client, sandbox }) {
			const account = sandbox.insert('Account', { name: 'Berg' });
			const values = { billing_account_id: account, cancelled: 1 };
			sandbox.insert('Invoice', { ...values, name: 'In March', due_date: '2026-03-15' });
			sandbox.insert('Invoice', { ...values, name: 'In May', due_date: '2026-05-15' });
			const filters = {
				billing_account_id: account,
				view_closed: 1,
				due_date: '2026-03-01',
				'due_date-end': '2026-03-31',
				'due_date-operator': 'between_dates',
			};
			const { records } = await client.list('Invoice', { filters }, 0, 200);
			expect(records.map(({ name }) => name)).toEqual(['In March']);
		},
	}),
	withEither({
		source: PORTAL,
		shows: 'Note a booking on a meeting, with its account and contact',
		standsFor: 'Activity > Create',
		async run({ client, sandbox }) {
			const account_id = sandbox.insert('Account', { name: 'Berg' });
			const contact_id = sandbox.insert('Contact', { last_name: 'Aalto' });
			const start = { date_start: '2026-07-14 08:00:00', duration: 60 };
			const meeting = await client.create('Meeting', {
				name: 'Booking',
				status: 'Planned',
				...start,
			});
			await client.addRelated(['Meeting', meeting, 'contacts'], [contact_id]);
			const resource = sandbox.insert('Resource', { name: 'Room' });
			await client.addRelated(['Meeting', meeting, 'resources'], [resource]);
			const parent = { parent_type: 'Meetings', parent_id: meeting };
			const note = { name: 'Remark', ...parent, account_id, contact_id };
			const id = await client.create('Note', note);
			expect(sandbox.record('Note', id)).toMatchObject(note);
			const ofContact = await client.related(['Contact', contact_id, 'notes']);
			expect(ofContact.records).toMatchObject([{ id }]);
		},
	}),
	withEither({
		source: PORTAL,
		shows: 'Erase personal data of a contact',
		standsFor: 'Record > Erase Personal Data',
		async run({ client, sandbox }) {
			const id = sandbox.insert('Contact', { last_name: 'Aalto', email1: 'a@example.com' });
			const body = { data: { fields: 'email1,phone_home' } };
			const done = await client.patch(`/data/erase_personal/Contact/${id}`, body);
			expect(done).toEqual({ result: true });
			expect(sandbox.record('Contact', id)).toMatchObject({ last_name: 'Aalto', email1: null });
		},
	}),
	withEither({
		source: FORMS,
		shows: 'Find a lead by e-mail address, then change or create it',
		standsFor: 'Record > Create or Update',
		async run({ client, sandbox }) {
			const email1 = 'visitor@example.com';
			const find = async () => (await client.list('Lead', { filters: { email: email1 } })).records;
			expect(await find()).toEqual([]);
			const id = await client.create('Lead', { last_name: 'Visitor', email1 });
			expect(await find()).toMatchObject([{ id }]);
			await client.update('Lead', id, { description: 'Came back' });
			expect(sandbox.record('Lead', id)?.description).toBe('Came back');
		},
	}),
	withEither({
		source: FORMS,
		shows: 'Create a case',
		standsFor: 'Record > Create',
		async run({ client, sandbox }) {
			const values = { name: 'It does not work', description: 'At all', status: 'Active - New' };
			const id = await client.create('aCase', values);
			expect(sandbox.record('aCase', id)).toMatchObject(values);
		},
	}),
	withEither({
		source: PIPEDREAM,
		shows: 'Create a contact unless it is a duplicate',
		standsFor: "Record > Create, 'Check Duplicates'",
		async run({ client }) {
			const path = '/data/Contact?check_duplicates=true';
			const data = { first_name: 'Ida', last_name: 'Berg' };
			expect(await client.post(path, { data })).toEqual({ id: expect.any(String) });
			expect(await client.post(path, { data })).toEqual({ errors: [expect.any(String)] });
		},
	}),
	withEither({
		source: PIPEDREAM,
		shows: 'Register a webhook, get an event, and remove it',
		standsFor: '1CRM Trigger',
		async run({ client, sandbox }) {
			sandbox.variants.webhooks.fireWithoutFilter = true;
			const receiver = await startReceiver();
			try {
				const webhook = { type: 'create_update', url: `${receiver.url}/hook`, model: 'Account' };
				const { id } = await client.post('/webhooks', webhook);
				await client.create('Account', { name: 'Berg' });
				await sandbox.settle();
				expect(receiver.received.map(({ path, body }) => [path, JSON.parse(body).name])).toEqual([
					['/hook', 'Berg'],
				]);
				await client.delete(`/webhooks/${id}`);
				expect(sandbox.webhooks).toEqual([]);
			} finally {
				await receiver.stop();
			}
		},
	}),
	withEither({
		source: GO,
		shows: 'Read the time zone of the user, and the type of a file',
		standsFor: 'User > Get Me, File > Get Info',
		async run({ client, sandbox }) {
			expect(await client.get('/me')).toMatchObject({ timezone: 'UTC', is_partner: false });
			sandbox.variants.infoMimeKey = 'mime_type';
			const filename = await client.upload('x', 'x.txt', 'text/plain');
			const id = await client.create('Note', { name: 'With a file', filename });
			const info = await client.get(`/files/info/Note/${id}`);
			expect(info).toMatchObject({ mime_type: 'text/plain' });
		},
	}),
];
