import type { IDataObject } from 'n8n-workflow';
import { HttpClient } from '../../../../../nodes/OneCrm/http/client';
import type { CrmError } from '../../../../../nodes/OneCrm/http/errors';
import type { CrmRequest, Method } from '../../../../../nodes/OneCrm/http/types';
import { networkError, type Scripted, ScriptedServer } from './scripted-server.cts';

const json = (body: unknown, statusCode = 200) => ({ statusCode, body: JSON.stringify(body) });
/** Too much to do, with a pause of nothing. */
const BUSY = { statusCode: 503, headers: { 'retry-after': '0' }, body: '' };
/** The work may have been done. */
const LOST = { statusCode: 502, headers: { 'retry-after': '0' }, body: '' };
const NOT_FOUND = json({ message: 'Not found' }, 404);

type Answers = Scripted[];

function clientOf(...answers: Answers): { client: HttpClient; server: ScriptedServer } {
	const server = new ScriptedServer(answers);
	return { client: HttpClient.of(server.context), server };
}

const request = (method: Method, more: Partial<CrmRequest> = {}): CrmRequest => ({
	method,
	path: 'data/Contact/1',
	...more,
});

/** The error of a request for a JSON object. */
async function failureOf(sent: CrmRequest, ...answers: Answers): Promise<CrmError> {
	const { client } = clientOf(...answers);
	return await client.json(sent).then(
		(body) => {
			throw new Error(`It was answered with ${JSON.stringify(body)}`);
		},
		(error: CrmError) => error,
	);
}

describe('an answer in JSON', () => {
	it.each<[unknown, IDataObject]>([
		[{ record: { id: '1' } }, { record: { id: '1' } }],
		[{}, {}],
		[[], {}],
	])('that is %j is %j', async (body, result) => {
		expect(await clientOf(json(body)).client.json(request('GET'))).toEqual(result);
	});

	it.each([[[1]], ['text'], [5], [null]])('is none if it is %j', async (body) => {
		const error = await failureOf(request('GET'), json(body));
		expect(error.message).toBe("This address doesn't answer like a 1CRM API");
		expect(error).toMatchObject({ outcome: 'refused', httpCode: '200' });
	});

	it('may be empty where the request says so, or the status', async () => {
		const empty = { body: '' };
		const mayBeEmpty = true;
		expect(await clientOf(empty).client.json(request('GET', { mayBeEmpty }))).toEqual({});
		expect(await clientOf({ ...empty, statusCode: 204 }).client.json(request('DELETE'))).toEqual(
			{},
		);
		for (const method of ['GET', 'DELETE'] as const) {
			const error = await failureOf(request(method), empty);
			expect(error.message).toBe("This address doesn't answer like a 1CRM API");
		}
		await expect(
			clientOf({ body: '<p>' }).client.json(request('GET', { mayBeEmpty })),
		).rejects.toThrow();
	});

	it.each<[Method, string]>([
		['GET', 'refused'],
		['POST', 'unknown'],
		['PATCH', 'unknown'],
	])('to a %s that is a web page leaves the outcome %s', async (method, outcome) => {
		expect((await failureOf(request(method), { body: '<p>Log in</p>' })).outcome).toBe(outcome);
	});
});

describe('an answer that refuses although its status says yes', () => {
	it.each<[Method, IDataObject, string]>([
		['GET', { errors: ['No'], id: '1' }, 'refused'],
		['POST', { errors: ['No'], id: '1' }, 'unknown'],
		['POST', { errors: ['No'] }, 'refused'],
		['PATCH', { errors: ['No'], result: true }, 'unknown'],
		['PATCH', { errors: ['No'], result: false }, 'refused'],
	])('to a %s with %j leaves the outcome %s', async (method, body, outcome) => {
		const error = await failureOf(request(method), json(body));
		expect(error).toMatchObject({ message: 'No', outcome, httpCode: '200' });
		expect(error.context.data).toEqual(body);
	});
});

describe('a change', () => {
	it.each<[Method, boolean | undefined]>([
		['PATCH', undefined],
		['DELETE', undefined],
		['POST', true],
		['PUT', true],
	])('by %s has to be confirmed (%j)', async (method, isConfirmed) => {
		const error = await failureOf(request(method, { isConfirmed }), json({ total: 0 }));
		expect(error).toMatchObject({
			message: "1CRM didn't confirm the change",
			description: 'Its answer is in the details',
			outcome: 'unknown',
			httpCode: '200',
		});
		expect(error.context.data).toEqual({ total: 0 });
		const { client } = clientOf(json({ result: true }));
		expect(await client.json(request(method, { isConfirmed }))).toEqual({ result: true });
	});

	it.each<[Method, boolean | undefined]>([
		['PATCH', false],
		['DELETE', false],
		['POST', undefined],
		['PUT', undefined],
		['GET', undefined],
	])('by %s need not be (%j)', async (method, isConfirmed) => {
		const { client } = clientOf(json({ total: 0 }));
		expect(await client.json(request(method, { isConfirmed }))).toEqual({ total: 0 });
	});
});

describe('a request that fails', () => {
	it('is sent four times at most, or as often as it says', async () => {
		for (const [tries, sent] of [
			[undefined, 4],
			[2, 2],
			[1, 1],
		]) {
			const { client, server } = clientOf(BUSY, BUSY, BUSY, BUSY, BUSY);
			await expect(client.json(request('GET', { tries }))).rejects.toMatchObject({
				httpCode: '503',
			});
			expect(server.requests).toHaveLength(sent ?? 0);
		}
	});

	it('is answered as soon as one try is', async () => {
		const { client, server } = clientOf(BUSY, BUSY, json({ id: '1' }));
		expect(await client.json(request('POST'))).toEqual({ id: '1' });
		expect(server.requests).toHaveLength(3);
	});

	it('is not sent again if its work can be done only once', async () => {
		const { client, server } = clientOf(networkError('ECONNRESET'), json({ result: true }));
		await expect(client.json(request('PATCH', { notRepeatable: true }))).rejects.toMatchObject({
			outcome: 'unknown',
		});
		expect(server.requests).toHaveLength(1);
	});

	it('says that an earlier try may have changed something', async () => {
		const refused = json({ message: 'No' }, 400);
		expect(await failureOf(request('PATCH'), LOST, refused)).toMatchObject({
			message: 'No',
			outcome: 'unknown',
		});
		expect(await failureOf(request('PATCH'), BUSY, refused)).toMatchObject({ outcome: 'refused' });
		expect(await failureOf(request('GET'), LOST, refused)).toMatchObject({ outcome: 'refused' });
	});

	it('of a deletion has done its work if the record is gone after an answer was lost', async () => {
		const mayBeGone = true;
		const { client } = clientOf(LOST, NOT_FOUND);
		expect(await client.json(request('DELETE', { mayBeGone }))).toEqual({ result: true });
		const lost = clientOf(networkError('ECONNRESET'), NOT_FOUND);
		expect(await lost.client.json(request('DELETE', { mayBeGone }))).toEqual({ result: true });
	});

	it('of a deletion fails if no answer was lost, or something else is gone', async () => {
		const mayBeGone = true;
		for (const [sent, ...answers] of [
			[request('DELETE', { mayBeGone }), NOT_FOUND],
			[request('DELETE', { mayBeGone }), BUSY, NOT_FOUND],
			[request('DELETE', { mayBeGone }), LOST, json({ message: 'Model X not found' }, 404)],
			[request('DELETE'), LOST, NOT_FOUND],
		] as Array<[CrmRequest, ...Answers]>) {
			expect(await failureOf(sent, ...answers)).toMatchObject({ httpCode: '404' });
		}
	});

	it('of an upload is sent once more after a 401, with a new body', async () => {
		let bodies = 0;
		const upload = async (): Promise<Buffer> =>
			await Promise.resolve(Buffer.from(`body ${++bodies}`));
		const unauthorized = json({ message: 'No' }, 401);
		const { client, server } = clientOf(unauthorized, json({ id: '1' }));
		expect(await client.json(request('POST', { upload }))).toEqual({ id: '1' });
		expect(server.requests.map(({ body }) => String(body))).toEqual(['body 1', 'body 2']);
		expect(await failureOf(request('POST', { upload }), unauthorized, unauthorized)).toMatchObject({
			httpCode: '401',
		});
		expect(await failureOf(request('POST'), unauthorized)).toMatchObject({ httpCode: '401' });
		const refused = json({ message: 'No' }, 403);
		expect(await failureOf(request('POST', { upload }), refused)).toMatchObject({
			httpCode: '403',
		});
	});
});

describe('a client with another patience', () => {
	it('is another one, that shares the slots', () => {
		const { client } = clientOf();
		expect(client.withTimeout(60)).toBe(client);
		const patient = client.withTimeout(61);
		expect(patient).not.toBe(client);
		expect(patient.slots).toBe(client.slots);
		expect(patient.withTimeout(61)).toBe(patient);
	});
});

describe('the width', () => {
	it('learns which answers take equally long: by method, kind of path, and size of pages', async () => {
		const kinds: Array<string | undefined> = [];
		const requests: CrmRequest[] = [
			request('GET'),
			request('PATCH'),
			{ method: 'GET', path: 'data/Contact?x=1', query: { limit: 200 } },
			{ method: 'GET', path: 'data/Contact/1/accounts', query: { limit: 20 } },
			{ method: 'GET', path: 'me' },
			request('POST', { upload: async () => await Promise.resolve(Buffer.from('x')) }),
		];
		const { client } = clientOf(...requests.map(() => json({ result: true })));
		vi.spyOn(client.slots, 'watch').mockImplementation(async (kind, attempt) => {
			kinds.push(kind());
			return await attempt();
		});
		const readings = vi.spyOn(client.slots, 'use');
		for (const sent of requests) await client.json(sent);
		for (const method of ['GET', 'POST'] as const) {
			await client
				.receive(request(method), async () => await Promise.resolve())
				.catch(() => undefined);
		}
		expect(kinds).toEqual([
			'GET data Contact 3 ',
			'PATCH data Contact 3 ',
			'GET data Contact 2 200',
			'GET data Contact 4 20',
			'GET me 1 ',
			undefined,
			undefined,
			undefined,
		]);
		expect(readings.mock.calls.map(([isReading]) => isReading)).toEqual([
			true,
			false,
			true,
			true,
			true,
			false,
			true,
			false,
		]);
	});
});
