import { LISTED_MODULES } from '../../sandbox/modules/modules.cts';
import axios from 'axios';
import { clientOf } from '../../support/client.cts';
import { sandboxForTests } from '../../support/sandbox-for-tests.cts';

describe('routing', () => {
	const sandbox = sandboxForTests({ folder: '/crm' });

	it('answers below api.php in its folder, with or without a trailing slash', async () => {
		const client = clientOf(sandbox);
		expect(sandbox.url).toBe(`http://127.0.0.1:${sandbox.port}/crm`);
		expect(sandbox.domain).toBe(`127.0.0.1:${sandbox.port}/crm`);
		expect((await client.get('/meta/modules')).data.list).toHaveLength(LISTED_MODULES.length);
		expect((await client.get('/meta/modules/')).data.list).toHaveLength(LISTED_MODULES.length);
	});

	it('answers web pages at api.php itself and everywhere else', async () => {
		const { data, headers, status } = await clientOf(sandbox).get('/');
		expect(status).toBe(200);
		expect(headers['content-type']).toContain('text/html');
		expect(data).toContain('not 1CRM');
		const login = await axios.get(`${sandbox.url}/index.php`, { proxy: false });
		expect(login.data).toContain('<html>');
		const elsewhere = await axios.get(`http://127.0.0.1:${sandbox.port}/api.php/version`, {
			proxy: false,
			validateStatus: () => true,
		});
		expect(elsewhere.status).toBe(404);
	});

	it('takes the real method from X-HTTP-Method-Override', async () => {
		const client = clientOf(sandbox);
		const id = sandbox.insert('Task', { name: 'To go' });
		const headers = { 'X-HTTP-Method-Override': 'DELETE' };
		const { data } = await client.post(`/data/Task/${id}`, undefined, { headers });
		expect(data).toEqual({ result: true });
		expect(sandbox.record('Task', id)?.deleted).toBe('1');
		expect(sandbox.requests.at(-1)?.method).toBe('DELETE');
	});

	it('answers 405 to a method a path does not have, 404 to a path that is not there', async () => {
		const client = clientOf(sandbox);
		expect((await client.put('/data/Contact/1', {})).status).toBe(405);
		expect((await client.delete('/data/Contact')).status).toBe(405);
		const { data, status } = await client.get('/nothing/here');
		expect([status, data]).toEqual([404, { message: 'Not found' }]);
	});

	it('answers 403 to every call in an edition without the API, or when http is not allowed', async () => {
		const client = clientOf(sandbox);
		sandbox.variants.editionHasApi = false;
		expect((await client.get('/version')).status).toBe(403);
		expect((await client.get('/data/Contact')).status).toBe(403);
		sandbox.variants.editionHasApi = true;
		sandbox.variants.httpsOnly = true;
		expect((await client.get('/me')).status).toBe(403);
	});

	it('answers 414 to an address that is longer than the web server takes', async () => {
		const client = clientOf(sandbox);
		expect((await client.get(`/me?x=${'x'.repeat(8000)}`)).status).toBe(200);
		expect((await client.get(`/me?x=${'x'.repeat(8200)}`)).status).toBe(414);
		sandbox.variants.longestAddress = 16_000;
		expect((await client.get(`/me?x=${'x'.repeat(8200)}`)).status).toBe(200);
	});

	it('writes JSON as PHP does, with noise before it if wanted', async () => {
		const client = clientOf(sandbox);
		const raw = { transformResponse: (text: string) => text };
		const id = sandbox.insert('Account', { name: 'Zoë/1', website: 'https://zoe.example' });
		const { data } = await client.get(`/data/Account/${id}`, raw);
		expect(data).toContain('"name":"Zo\\u00eb\\/1"');
		expect((await client.get('/me', raw)).data).toContain('"groups":[]');
		sandbox.variants.leadingNoise = '\uFEFF\n';
		const noisy = await client.get('/me', { responseType: 'arraybuffer' });
		expect(Buffer.from(noisy.data).toString()).toMatch(/^\uFEFF\n\{/);
	});

	it.each([
		['string', '"Not found"'],
		['nested', '{"error":{"message":"Not found"}}'],
		['object', '{"message":"Not found"}'],
	] as const)('says errors as %s', async (errorBody, expected) => {
		sandbox.variants.errorBody = errorBody;
		const { data, status } = await clientOf(sandbox).get('/data/Contact/none', {
			transformResponse: (text: string) => text,
		});
		expect([status, data]).toEqual([404, expected]);
	});

	it('says errors as a web page', async () => {
		sandbox.variants.errorBody = 'html';
		const { headers, status } = await clientOf(sandbox).get('/data/Contact/none');
		expect([status, headers['content-type']]).toEqual([404, 'text/html; charset=UTF-8']);
	});

	it('remembers requests and how many were under way at once', async () => {
		const client = clientOf(sandbox);
		sandbox.gather(3);
		await Promise.all([1, 2, 3].map((page) => client.get('/data/Account', { params: { page } })));
		expect(sandbox.inFlightPeak).toBe(3);
		expect(sandbox.requests[0]).toMatchObject({
			method: 'GET',
			path: '/data/Account',
			query: { page: '1' },
			body: undefined,
			status: 200,
		});
	});
});
