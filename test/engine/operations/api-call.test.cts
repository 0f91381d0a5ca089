import type { IDataObject, NodeParameterValueType } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo, workOf } from '../sent.cts';
import { calling, pairs } from './calling.cts';

const { sandbox, engine } = engineWithSandbox();

beforeEach(() => {
	sandbox.clear('Contact');
	sandbox.insert('Contact', { id: 'contact-1', first_name: 'Ada', last_name: 'Berg' });
});

it('returns status, headers and body', async () => {
	const [answer] = await engine.items(calling('data/Contact/contact-1'));
	expect(answer).toMatchObject({
		statusCode: 200,
		headers: { 'content-type': expect.stringContaining('application/json') },
		body: { record: { last_name: 'Berg' } },
	});
});

it.each([
	'data/Contact/contact-1',
	'/data/Contact/contact-1',
	'api.php/data/Contact/contact-1',
	'/api.php/data/Contact/contact-1',
	' data/Contact/contact-1 ',
	'data/Contact/../Contact/contact-1',
])('takes the address %j', async (url) => {
	await engine.items(calling(url));
	expect(sentTo(sandbox)).toEqual(['GET /data/Contact/contact-1']);
});

it.each([
	'https://evil.example/api.php/me',
	'http://127.0.0.1:1/api.php/me',
	'//evil.example/me',
	'\\\\evil.example\\me',
	'/\\evil.example/me',
	'../index.php',
	'data/../../index.php',
	'%2e%2e/index.php',
	'data/%2E%2e/%2e./index.php',
	'.\t./index.php',
	'javascript:alert(1)',
	'file:///etc/passwd',
])('refuses the address %j before sending', async (url) => {
	const error = await engine.failure(calling(url));
	expect(error.message).toMatch(/^'URL': ".*" leads outside the 1CRM API/);
	expect(error.context.itemIndex).toBe(0);
	expect(sandbox.requests).toEqual([]);
});

it.each(['POST', 'PATCH', 'DELETE'])('leaves it to 1CRM to refuse "100%%" (%s)', async (method) => {
	const error = await engine.failure(calling('data/Contact/100%', { method }));
	expect(error).toMatchObject({ httpCode: '400' });
});

it.each(['', '={{ null }}', '={{ $json.missing }}'])('sends no body for %j', async (body) => {
	await engine.failure(calling('data/Contact/contact-1', { method: 'PATCH', body }));
	const [{ body: sent, headers }] = workOf(sandbox);
	expect(sent).toBeUndefined();
	expect(headers['content-type']).not.toBe('application/json');
});

it('adds query parameters, encoded, behind those of the address', async () => {
	const query = pairs({ 'filters[last_name]': 'Berg & Söhne', limit: '5' });
	await engine.items(calling('data/Contact?fields[]=title', { query }));
	expect(workOf(sandbox)[0].query).toEqual({
		fields: ['title'],
		filters: { last_name: 'Berg & Söhne' },
		limit: '5',
	});
});

it('leaves out parameters without a name', async () => {
	await engine.items(calling('data/Contact', { query: pairs({ '': 'x', limit: '1' }) }));
	expect(workOf(sandbox)[0].query).toEqual({ limit: '1' });
});

it('refuses a parameter whose name is an expression with an empty result', async () => {
	const nameless = calling('data/Contact', { query: pairs({ '={{ "" }}': 'x', limit: '1' }) });
	expect((await engine.failure(nameless)).message).toBe(
		`'Query Parameters' contains a value without a name: "x"`,
	);
});

it('sends headers beside those of the credential', async () => {
	await engine.items(calling('me', { headers: pairs({ 'X-Custom': 'yes' }) }));
	const [{ headers }] = sandbox.requests;
	expect(headers).toMatchObject({ 'x-custom': 'yes', authorization: expect.any(String) });
});

it.each(['Authorization', 'HOST', 'Content-Length', 'transfer-encoding'])(
	'refuses to set the header %s before sending',
	async (name) => {
		const error = await engine.failure(calling('me', { headers: pairs({ [name]: 'x' }) }));
		expect(error.message).toContain(`'Headers' cannot set "${name}"`);
		expect(sandbox.requests).toEqual([]);
	},
);

it.each([
	['X-Custom', 'a\r\nX-Evil: 1'],
	['X-Custom', '日本'],
	['X Custom', 'a'],
	['X-Custom:', 'a'],
])('refuses the header %j with the value %j before sending', async (name, value) => {
	const error = await engine.failure(calling('me', { headers: pairs({ [name]: value }) }));
	expect(error.message).toContain("'Headers'");
	expect(error.message).toContain(name);
	expect(sandbox.requests).toEqual([]);
});

it.each<[string, NodeParameterValueType]>([
	['JSON as text', '{ "data": { "title": "Grüße" } }'],
	['an object', '={{ ({ data: { title: "Grüße" } }) }}'],
	['JSON text of an expression', '={{ JSON.stringify({ data: { title: "Grüße" } }) }}'],
])('sends a body given as %s', async (_what, body) => {
	const [answer] = await engine.items(
		calling('data/Contact/contact-1', { method: 'PATCH', body: body as string }),
	);
	expect(answer).toMatchObject({ statusCode: 200, body: { result: true } });
	expect(workOf(sandbox)[0].body).toEqual({ data: { title: 'Grüße' } });
	expect(workOf(sandbox)[0].headers['content-type']).toBe('application/json');
	expect(sandbox.record('Contact', 'contact-1')?.title).toBe('Grüße');
});

it.each<[string, unknown]>([
	['{}', {}],
	['[1, "a"]', [1, 'a']],
	['"text"', '"text"'],
	['', undefined],
])('sends the body %j', async (body, received) => {
	sandbox.failNext({ kind: 'status', status: 200, body: { ok: 1 } }, { path: /echo/ });
	await engine.items(calling('echo', { method: 'POST', body }));
	const sent = workOf(sandbox)[0].body;
	expect(Buffer.isBuffer(sent) ? sent.toString() : sent).toEqual(
		body === '"text"' ? 'text' : received,
	);
});

it.each(['{"data":', 'last_name=Berg', "{'data': 1}"])(
	'refuses the body %j, which is no JSON, before sending',
	async (body) => {
		const error = await engine.failure(calling('data/Contact', { method: 'POST', body }));
		expect(error.message).toMatch(/^'Body': this is not JSON/);
		expect(error.context.itemIndex).toBe(0);
		expect(sandbox.requests).toEqual([]);
	},
);

it.each(['GET', 'DELETE', 'POST', 'PATCH', 'PUT'])('sends the method %s', async (method) => {
	sandbox.failNext({ kind: 'status', status: 200, body: { ok: 1 } }, { path: /echo/ });
	await engine.items(calling('echo', { method }));
	expect(sentTo(sandbox)).toEqual([`${method} /echo`]);
});

it.each(['TRACE', 'CONNECT', '={{ "" }}'])('refuses the method %s', async (method) => {
	const error = await engine.failure(
		calling('me', { method: method.startsWith('=') ? method : `={{ "${method}" }}` }),
	);
	expect(error.message).toMatch(/^'Method' cannot be/);
	expect(sandbox.requests).toEqual([]);
});

it('leaves out headers that could serve as a login', async () => {
	const headers = { 'Set-Cookie': 'PHPSESSID=secret', 'Set-Cookie2': 'secret', 'X-Kept': 'yes' };
	sandbox.failNext({ kind: 'status', status: 200, headers, body: {} });
	const [answer] = await engine.items(calling('me'));
	expect(answer.headers).toMatchObject({ 'x-kept': 'yes' });
	expect(JSON.stringify(answer)).not.toContain('secret');
	expect(Object.keys(answer.headers as IDataObject).join()).not.toMatch(/cookie|authorization/i);
});

it.each([
	['a web page', { kind: 'html' }],
	['a web page declared as text', { kind: 'notJson', body: '\n<!DOCTYPE html><p>Log in' }],
] as const)('does not return %s', async (_what, fault) => {
	sandbox.failNext(fault);
	const error = await engine.failure(calling('me'));
	expect(error.message).toBe("This address doesn't answer like a 1CRM API");
	expect(error.context.itemIndex).toBe(0);
});

it('returns text that is no web page', async () => {
	sandbox.failNext({ kind: 'notJson', body: 'id;name' });
	const [answer] = await engine.items(calling('reports/csv'));
	expect(answer.body).toBe('id;name');
});

it('shows what the server said when it refuses', async () => {
	const error = await engine.failure(calling('data/Contact/missing'));
	expect(error.message).toBe('Not found');
	expect(error.context.itemIndex).toBe(0);
});

it('calls for the other items when one is refused', async () => {
	const urls = ['data/Contact/contact-1', 'https://evil.example', 'data/Contact/missing', 'me'];
	const { items } = await engine.run(calling('={{ $json.url }}'), {
		items: urls.map((url) => ({ json: { url } })),
		continueOnFail: true,
	});
	expect(items.map(({ json, pairedItem }) => [json.statusCode ?? json.error, pairedItem])).toEqual([
		[200, { item: 0 }],
		[expect.stringContaining('leads outside'), { item: 1 }],
		['Not found', { item: 2 }],
		[200, { item: 3 }],
	]);
});
