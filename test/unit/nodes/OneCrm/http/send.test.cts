import { Readable } from 'node:stream';
import type { ICredentialsDecrypted } from 'n8n-workflow';
import { noting } from '../../../../../nodes/OneCrm/http/cause';
import { HttpClient } from '../../../../../nodes/OneCrm/http/client';
import type { CrmError } from '../../../../../nodes/OneCrm/http/errors';
import { LoginError } from '../../../../../nodes/OneCrm/http/login';
import type { CrmRequest } from '../../../../../nodes/OneCrm/http/types';
import { networkError, type Scripted, ScriptedServer } from './scripted-server.cts';

const PASSWORD = 'pass-word-1';
const BASIC = btoa(`admin:${PASSWORD}`);

type Answers = Scripted[];

const DONE = { body: '{"result":true}' };

async function optionsOf(request: CrmRequest) {
	const server = new ScriptedServer([DONE]);
	await HttpClient.of(server.context).send(request);
	return server.requests[0];
}

async function failureOf(request: Partial<CrmRequest>, ...answers: Answers): Promise<CrmError> {
	const client = HttpClient.of(new ScriptedServer(answers).context);
	return await client.send({ method: 'GET', path: 'me', tries: 1, ...request }).then(
		() => {
			throw new Error('It was answered');
		},
		(error: CrmError) => error,
	);
}

describe('a request', () => {
	it('is sent as n8n needs it', async () => {
		const options = await optionsOf({ method: 'GET', path: 'data/Contact' });
		expect(options).toMatchObject({
			method: 'GET',
			url: 'data/Contact',
			headers: { Accept: 'application/json' },
			body: undefined,
			encoding: 'text',
			returnFullResponse: true,
			disableFollowRedirect: true,
			timeout: 0,
			ignoreHttpStatusErrors: { ignore: true, except: [401] },
		});
		expect(Object.keys(options.headers ?? {})).toEqual(['Accept']);
	});

	it.each([
		['data/Contact', undefined, 'data/Contact'],
		['data/Contact', {}, 'data/Contact'],
		['data/Contact', { fields: ['a', 'b'] }, 'data/Contact?fields[]=a&fields[]=b'],
		['data/Contact?x=1', { y: 2 }, 'data/Contact?x=1&y=2'],
	])('to %j with the query %j has the address %j', async (path, query, url) => {
		expect((await optionsOf({ method: 'GET', path, query })).url).toBe(url);
	});

	it('sends JSON as text, and says so', async () => {
		for (const body of [{ data: { a: 1 } }, {}, null, 'x']) {
			const options = await optionsOf({ method: 'POST', path: 'x', body, text: 'unused' });
			expect(options.body).toBe(JSON.stringify(body));
			expect(options.headers).toMatchObject({ 'Content-Type': 'application/json' });
		}
	});

	it('sends a text, and the headers that are given, as they are', async () => {
		const headers = { 'Content-Type': 'text/csv', Accept: 'text/plain' };
		const options = await optionsOf({ method: 'POST', path: 'x', text: 'a;b', headers });
		expect(options).toMatchObject({ body: 'a;b', headers });
	});

	it('sends the bytes of an upload', async () => {
		const upload = async (): Promise<Buffer> => await Promise.resolve(Buffer.from('bytes'));
		const options = await optionsOf({ method: 'POST', path: 'x', upload });
		expect(String(options.body)).toBe('bytes');
		const stream = async () => await Promise.resolve(Readable.from([Buffer.from('bytes')]));
		const streamed = await optionsOf({ method: 'POST', path: 'x', upload: stream });
		expect(String(await (streamed.body as unknown as Readable).toArray())).toBe('bytes');
	});

	it('keeps its own signal, whatever n8n puts in its place', async () => {
		const options = await optionsOf({ method: 'GET', path: 'x' });
		const { abortSignal } = options;
		expect(abortSignal).toBeInstanceOf(AbortSignal);
		options.abortSignal = AbortSignal.abort();
		expect(options.abortSignal).toBe(abortSignal);
	});
});

describe('an answer', () => {
	const answerTo = async (...answers: Answers) =>
		await HttpClient.of(new ScriptedServer(answers).context).send({ method: 'GET', path: 'x' });

	it.each([
		['{"a":1}', { a: 1 }],
		['[1]', [1]],
		['"a"', 'a'],
		['a text', 'a text'],
		['', ''],
		[undefined, ''],
	])('of %j says %j', async (body, said) => {
		expect(await answerTo({ body, statusCode: 201, headers: { etag: 'x' } })).toEqual({
			statusCode: 201,
			headers: { etag: 'x' },
			body: said,
		});
	});

	it('contains no secret', async () => {
		const headers = { link: `/?p=${BASIC}` };
		expect(await answerTo({ body: `{"a":"${BASIC}"}`, headers })).toEqual({
			statusCode: 200,
			headers: { link: '/?p=[removed]' },
			body: { a: '[removed]' },
		});
		expect((await answerTo({ body: `a ${PASSWORD} ${BASIC}` })).body).toBe('a [removed] [removed]');
	});

	it('with a record that is called like the password is left as it is', async () => {
		const body = { name: `${PASSWORD} GmbH` };
		const headers = { 'content-disposition': `attachment; filename="${PASSWORD}.pdf"` };
		const answer = await answerTo({ body: JSON.stringify(body), headers });
		expect(answer).toEqual({ statusCode: 200, headers, body });
	});

	it.each([
		['application/json', '{"a":', true],
		['application/json; charset=utf-8', ' \uFEFF[1,', true],
		['application/json', 'a text', false],
		['text/html', '{"a":', false],
		[undefined, '{"a":', false],
	])('of the type %j with %j is cut off: %j', async (type, body, isCutOff) => {
		const answer = { body, headers: type === undefined ? {} : { 'content-type': type } };
		if (!isCutOff) {
			expect((await answerTo(answer)).body).toBe(body);
			return;
		}
		const error = await failureOf({ method: 'POST' }, { ...answer, body: `${body} "${PASSWORD}"` });
		expect(error).toMatchObject({
			message: "1CRM's answer was cut off",
			httpCode: '200',
			outcome: 'unknown',
		});
		expect(error.description).toMatch(/\[removed\]/);
	});

	it.each([199, 300, 304, 400, 599])('with the status %d is none', async (statusCode) => {
		expect(await failureOf({}, { statusCode })).toMatchObject({ httpCode: String(statusCode) });
	});

	it.each([200, 204, 299])('with the status %d is one', async (statusCode) => {
		expect((await answerTo({ statusCode })).statusCode).toBe(statusCode);
	});
});

describe('a refusal', () => {
	it('has the words of 1CRM, its details, and no secret', async () => {
		const body = JSON.stringify({ message: `No ${PASSWORD}`, code: 5 });
		const error = await failureOf({ method: 'POST' }, { statusCode: 400, body });
		expect(error).toMatchObject({ message: 'No [removed]', httpCode: '400', outcome: 'refused' });
		expect(error.context.data).toEqual({ message: 'No [removed]', code: 5 });
	});

	it('names what was asked for', async () => {
		const missing = { statusCode: 404, body: '{"message":"Not found"}' };
		const error = await failureOf({ subject: 'Contact "1"' }, missing);
		expect(error.message).toBe('Contact "1" was not found');
	});

	it.each([
		[{ location: 'https://crm.example.com/new?x=1' }, ': https://crm.example.com/new'],
		[{}, ''],
	])('that leads elsewhere says where: %j', async (headers, where) => {
		for (const statusCode of [300, 302, 399]) {
			const error = await failureOf({}, { statusCode, headers });
			expect(error.message).toBe(`1CRM redirects to another address${where}`);
		}
	});

	it('with 401 is what n8n throws', async () => {
		const refused = (data: unknown) =>
			Object.assign(new Error('401'), { cause: { response: { status: 401, headers: {}, data } } });
		for (const data of [
			'{"message":"Wrong"}',
			Readable.from([Buffer.from('{"message":"Wrong"}')]),
		]) {
			const error = await failureOf({}, refused(data));
			expect(error.message).toBe("1CRM didn't accept the login");
			expect(error.description).toMatch(/^Wrong\. /);
			expect(error.httpCode).toBe('401');
		}
	});
});

describe('a request without an answer', () => {
	it('says what happened, by the code of the network', async () => {
		const error = await failureOf({ method: 'POST' }, networkError('ECONNREFUSED'));
		expect(error).toMatchObject({
			message: '"crm.example.com" refuses connections',
			outcome: 'not sent',
			httpCode: null,
		});
		expect(await failureOf({ method: 'POST' }, networkError('EPIPE'))).toMatchObject({
			outcome: 'unknown',
		});
	});

	it('keeps the words of n8n where it is not the network', async () => {
		for (const thrown of [
			new Error('Domain not allowed'),
			Object.assign(new Error('Domain not allowed'), { cause: { code: 'X' } }),
			Object.assign(new Error('Domain not allowed'), { cause: { config: { url: 'https://x' } } }),
		]) {
			expect(await failureOf({ method: 'POST' }, thrown)).toMatchObject({
				message: 'Domain not allowed',
				outcome: 'not sent',
			});
		}
		const silent = Object.assign(new Error(), { message: undefined });
		expect((await failureOf({}, silent)).message).toBe('The request could not be sent');
	});

	it('because the log-in failed is not sent, and no other one is once it was refused', async () => {
		const login = (transient: boolean) =>
			Object.assign(new Error(), { cause: new LoginError({ message: 'Wrong' }, transient, 401) });
		const server = new ScriptedServer([login(false), DONE]);
		const client = HttpClient.of(server.context);
		for (let time = 0; time < 2; time++) {
			await expect(client.send({ method: 'POST', path: 'x' })).rejects.toMatchObject({
				message: 'Wrong',
				httpCode: '401',
				outcome: 'not sent',
				isLogin: true,
			});
		}
		expect(server.requests).toHaveLength(1);
		const again = HttpClient.of(new ScriptedServer([login(true), DONE]).context);
		expect((await again.send({ method: 'POST', path: 'x' })).statusCode).toBe(200);
	});

	it('because the log-in failed is known by what the credential noted, in n8n 1', async () => {
		const { context } = new ScriptedServer([]);
		const refused = new LoginError({ message: 'Wrong' }, false, 401);
		interface Given {
			credentialsDecrypted: ICredentialsDecrypted;
		}
		const helper = async (_type: string, _options: object, given: Given) => {
			const { data = {} } = given.credentialsDecrypted;
			await noting(data, Promise.reject(refused)).catch(() => undefined);
			throw new Error('Words of n8n 1');
		};
		Object.assign(context.helpers, { httpRequestWithAuthentication: helper });
		const sent = HttpClient.of(context).send({ method: 'POST', path: 'x' });
		await expect(sent).rejects.toMatchObject({ message: 'Wrong', isLogin: true });
	});
});

describe('a file', () => {
	const receive = async (method: 'GET' | 'POST', ...answers: Answers) => {
		const server = new ScriptedServer(answers);
		const received = HttpClient.of(server.context).receive(
			{ method, path: 'x', tries: 2 },
			async ({ body }) => String(Buffer.concat((await body.toArray()) as Buffer[])),
		);
		return { server, received };
	};
	const stream = (...pieces: string[]) => Readable.from(pieces.map((piece) => Buffer.from(piece)));

	it('is taken as it comes', async () => {
		const { server, received } = await receive('GET', { body: stream('a', 'b') });
		expect(await received).toBe('ab');
		expect(server.requests[0]).toMatchObject({ encoding: 'stream', headers: { Accept: '*/*' } });
	});

	it('is asked for again before its first byte', async () => {
		const busy = { statusCode: 503, headers: { 'retry-after': '0' }, body: stream('Busy') };
		const { received } = await receive('GET', busy, { body: stream('a') });
		expect(await received).toBe('a');
	});

	it('that is refused says why', async () => {
		for (const body of [stream('{"message":', '"No"}'), '{"message":"No"}']) {
			const { received } = await receive('GET', { statusCode: 404, body });
			await expect(received).rejects.toMatchObject({ message: 'No', httpCode: '404' });
		}
	});

	it('that breaks off fails, and leaves open what a change has done', async () => {
		const broken = () => {
			const body = new Readable({ read: () => undefined });
			body.push('a');
			setImmediate(() => body.destroy(new Error('gone')));
			return { body };
		};
		for (const [method, outcome] of [
			['GET', 'refused'],
			['POST', 'unknown'],
		] as const) {
			const { received } = await receive(method, broken());
			await expect(received).rejects.toMatchObject({
				message: 'The connection was lost in the middle of the file',
				outcome,
			});
		}
	});

	it('keeps the error of what takes it', async () => {
		const client = HttpClient.of(new ScriptedServer([{ body: stream('a') }]).context);
		const taken = client.receive({ method: 'GET', path: 'x' }, async () => {
			return await Promise.reject(new Error('The disk is full'));
		});
		await expect(taken).rejects.toMatchObject({ message: 'The disk is full' });
	});
});
