import { createHash, createPublicKey, verify } from 'node:crypto';
import type { AxiosInstance } from 'axios';
import { bareClientOf, clientOf } from '../../support/client.cts';
import { sandboxForTests } from '../../support/sandbox-for-tests.cts';

/** What 1CRM's own clients do, request by request. docs/compatibility.md lists these flows. */
describe.each(['basic', 'client_credentials'] as const)('flows of clients (%s)', (way) => {
	const sandbox = sandboxForTests({ perTest: true });

	/** A client that is logged in in this way. */
	async function logIn(): Promise<AxiosInstance> {
		if (way === 'basic') return clientOf(sandbox);
		const { data } = await bareClientOf(sandbox).post('/auth/user/access_token', {
			grant_type: way,
			client_id: sandbox.clientId,
			client_secret: sandbox.clientSecret,
			scope: 'read write profile',
		});
		return bareClientOf(sandbox, data.access_token);
	}

	it('ask who is logged in before anything else', async () => {
		const { data } = await (await logIn()).get('/me');
		expect(data).toMatchObject({ id: 'Users:1', timezone: 'UTC', is_partner: false });
		expect((await (await logIn()).get('/version')).data.authenticated).toBe(true);
	});

	it('create a record, read some of its fields, change it and delete it', async () => {
		const client = await logIn();
		const values = { first_name: 'Ilse', last_name: 'Example' };
		const { id } = (await client.post('/data/Contact', { data: values })).data;
		const path = `/data/Contact/${id}`;
		const fields = { 'fields[0]': 'first_name', 'fields[1]': 'assigned_user' };
		expect((await client.get(path, { params: fields })).data.record).toMatchObject({
			id,
			first_name: 'Ilse',
			assigned_user_id: '1',
		});
		const change = { data: { first_name: 'Otto' }, create: false };
		expect((await client.patch(path, change)).data).toEqual({ result: true });
		expect((await client.delete(path)).data).toEqual({ result: true });
		expect((await client.get(path)).status).toBe(404);
	});

	it('read a list by offset until nothing is left', async () => {
		const client = await logIn();
		sandbox.clear('Lead');
		for (let index = 0; index < 45; index++) sandbox.insert('Lead', { last_name: `L ${index}` });
		const ids = new Set<string>();
		let total = Infinity;
		while (ids.size < total) {
			const params = { 'fields[0]': 'last_name', order: 'last_name', limit: 20, offset: ids.size };
			const { data } = await client.get('/data/Lead', { params });
			for (const { id } of data.records) ids.add(id);
			total = data.total_results;
		}
		expect(ids.size).toBe(45);
	});

	it('link records, with data of the link, list them and unlink one', async () => {
		const client = await logIn();
		const assembly = sandbox.insert('Assembly', { name: 'Kit' });
		const [first, second] = ['A', 'B'].map((name) => sandbox.insert('Product', { name }));
		const path = `/data/Assembly/${assembly}/products`;
		const body = { records: [first], records_with_data: [{ id: second, quantity: 2 }] };
		expect((await client.post(path, body)).data).toEqual({ result: true });
		expect((await client.get(path)).data.total_results).toBe(2);
		expect((await client.delete(`${path}/${first}`)).data).toEqual({ result: true });
		expect((await client.get(path)).data.records).toMatchObject([{ id: second }]);
	});

	it('upload a file, make a document of it, and download it', async () => {
		const client = await logIn();
		const content = Buffer.from('The minutes');
		const headers = { 'Content-Type': 'text/plain', 'X-OneCRM-Filename': 'minutes.txt' };
		const { id: revision_filename } = (await client.post('/files/upload', content, { headers }))
			.data;
		const values = { document_name: 'Minutes', revision_filename };
		const { id } = (await client.post('/data/Document', { data: values })).data;
		expect((await client.get(`/files/info/Document/${id}`)).data).toMatchObject({
			name: 'minutes.txt',
			size: content.length,
		});
		const file = await client.get(`/files/download/Document/${id}`, {
			responseType: 'arraybuffer',
		});
		const hash = (data: Buffer) => createHash('sha256').update(data).digest('hex');
		expect(hash(Buffer.from(file.data))).toBe(hash(content));
	});

	it('erase personal data of a contact', async () => {
		const client = await logIn();
		const id = sandbox.insert('Contact', { last_name: 'Aalto', email1: 'a@example.com' });
		const body = { data: { fields: 'email1' } };
		const { data } = await client.patch(`/data/erase_personal/Contact/${id}`, body);
		expect(data).toEqual({ result: true });
		expect(sandbox.record('Contact', id)?.email1).toBeNull();
	});

	it('read the calendar of a period', async () => {
		const client = await logIn();
		sandbox.insert('Call', { name: 'Ask', date_start: '2026-07-14 08:00:00' });
		const params = {
			start_date: '2026-07-14 00:00:00',
			end_date: '2026-07-14 23:59:59',
			'types[0]': 'Call',
		};
		const { data } = await client.get('/calendar/events', { params });
		expect(data.records).toMatchObject([{ name: 'Ask', type: 'Call' }]);
	});
});

describe('a token', () => {
	const sandbox = sandboxForTests();

	it('can be verified with the public key, which has 4,096 bits', async () => {
		const client = bareClientOf(sandbox);
		const { data } = await client.post('/auth/user/access_token', {
			grant_type: 'client_credentials',
			client_id: sandbox.clientId,
			client_secret: sandbox.clientSecret,
			scope: 'profile',
		});
		const key = createPublicKey((await client.get('/public_key')).data.key);
		const [head, claims, signature] = data.access_token.split('.');
		const signed = Buffer.from(`${head}.${claims}`);
		expect(verify('sha256', signed, key, Buffer.from(signature, 'base64url'))).toBe(true);
		expect(key.asymmetricKeyDetails?.modulusLength).toBe(4096);
	});
});
