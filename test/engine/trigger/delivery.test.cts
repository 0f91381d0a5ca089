import qs from 'qs';
import { EngineTrigger } from '../engine-trigger.cts';
import { addressOf, deliveryScene } from './delivery-scene.cts';

const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';

/** The end of a JSON text, with bytes in it that aren't UTF-8. */
const BROKEN_TEXT = Buffer.from([0xff, 0xc3, 0x28, 0x22, 0x7d]);

describe('A delivery', () => {
	const scene = deliveryScene();
	let address: URL;
	let id: string;

	beforeEach(async () => {
		await scene.trigger.activate();
		address = new URL(addressOf(scene, 'create'));
		id = scene.sandbox.insert('Contact', { last_name: 'Aalto' });
		scene.sandbox.clearRequests();
	});

	/** The address with other tokens in place of the right one. */
	function withTokens(...tokens: string[]): string {
		const url = new URL(address);
		url.searchParams.delete('token');
		for (const token of tokens) url.searchParams.append('token', token);
		return url.href;
	}

	const token = () => address.searchParams.get('token') ?? '';

	async function expectNothing(): Promise<void> {
		expect(await scene.items()).toEqual([]);
		expect(scene.sandbox.requests).toEqual([]);
	}

	it('with the token of a registered webhook starts an execution', async () => {
		expect(await scene.deliver(address.href, { id })).toBe(200);
		expect(await scene.items()).toMatchObject([{ event: 'created', recordId: id }]);
	});

	it.each<[string, () => string]>([
		['no token', () => withTokens()],
		['an empty token', () => withTokens('')],
		['a wrong token', () => withTokens('0'.repeat(64))],
		['a token that is one letter short', () => withTokens(token().slice(0, -1))],
		['a token in capitals', () => withTokens(token().toUpperCase())],
		['two tokens, the right one among them', () => withTokens(token(), token())],
		['a token as a list', () => `${withTokens()}&token[]=${token()}`],
		['a token as a map', () => `${withTokens()}&token[length]=${token()}`],
	])('with %s gets 401 and starts nothing', async (_, url) => {
		expect(await scene.deliver(url(), { id })).toBe(401);
		await expectNothing();
	});

	it('takes its event from its token, not from what the address says', async () => {
		const url = new URL(address);
		url.searchParams.set('event', 'updated');
		await scene.deliver(url.href, { id });
		expect(await scene.items()).toMatchObject([{ event: 'created' }]);
	});

	it('with the token of a webhook that was removed gets 401', async () => {
		await scene.trigger.deactivate();
		scene.sandbox.clearRequests();
		expect(await scene.deliver(address.href, { id })).toBe(401);
		await expectNothing();
	});

	it('with the token of an earlier registration gets 401', async () => {
		scene.trigger.parameters.event = 'created';
		await scene.trigger.activate();
		scene.sandbox.clearRequests();
		expect(await scene.deliver(address.href, { id })).toBe(401);
		await expectNothing();
	});

	it('with the token of another workflow gets 401', async () => {
		const other = await EngineTrigger.start(scene.engine, scene.trigger.parameters, {
			webhookId: 'other-path',
		});
		await other.activate();
		expect(await scene.deliver(`${other.address}${address.search}`, { id })).toBe(401);
		expect(await scene.deliver(`${scene.trigger.address}${address.search}`, { id })).toBe(200);
		expect(other.executions).toEqual([]);
		await other.stop();
	});

	it('with the token of a webhook that was removed gets 401, though n8n still hands out its state', async () => {
		const outdated = structuredClone(scene.trigger.staticData);
		await scene.trigger.deactivate();
		scene.trigger.staticData = outdated;
		scene.sandbox.clearRequests();
		expect(await scene.deliver(address.href, { id })).toBe(401);
		await expectNothing();
	});

	it.each<[string, (recordId: string) => unknown, string]>([
		['fields', (recordId) => ({ id: recordId, last_name: 'Aalto' }), JSON_TYPE],
		['a record', (recordId) => ({ record: { id: recordId } }), JSON_TYPE],
		['data', (recordId) => ({ data: { id: recordId } }), JSON_TYPE],
		['a record in data', (recordId) => ({ data: { record: { id: recordId } } }), JSON_TYPE],
		['a list of one record', (recordId) => ({ records: [{ id: recordId }] }), JSON_TYPE],
		['a record_id', (recordId) => ({ record_id: recordId }), JSON_TYPE],
		['form fields', (recordId) => qs.stringify({ id: recordId, name: 'A & B' }), FORM],
		['wrapped form fields', (recordId) => qs.stringify({ record: { id: recordId } }), FORM],
		[
			'a form field of JSON',
			(recordId) => qs.stringify({ data: JSON.stringify({ id: recordId }) }),
			FORM,
		],
		['JSON as text', (recordId) => JSON.stringify({ id: recordId }), 'text/plain'],
		['JSON of no type', (recordId) => JSON.stringify({ id: recordId }), 'application/octet-stream'],
		[
			'JSON of a kind of its own',
			(recordId) => JSON.stringify({ id: recordId }),
			'application/vnd.api+json',
		],
		[
			'JSON with a byte order mark',
			(recordId) => `\uFEFF${JSON.stringify({ id: recordId })}`,
			JSON_TYPE,
		],
		[
			'JSON declared as a form',
			(recordId) => JSON.stringify({ id: recordId, name: 'a&id=5&b=%', more: '"id":6' }),
			FORM,
		],
		[
			'JSON of 10 MB',
			(recordId) => JSON.stringify({ id: recordId, description: 'x'.repeat(10_000_000) }),
			JSON_TYPE,
		],
		[
			'a form of 10 MB',
			(recordId) => qs.stringify({ id: recordId, description: 'ü'.repeat(1_600_000) }),
			FORM,
		],
		[
			'JSON with text that is no UTF-8',
			(recordId) => Buffer.concat([Buffer.from(`{"id":"${recordId}","name":"`), BROKEN_TEXT]),
			JSON_TYPE,
		],
		[
			'JSON with the names of JavaScript',
			(recordId) =>
				`{"__proto__":{"id":"x"},"constructor":{"prototype":{"a":1}},"id":"${recordId}"}`,
			JSON_TYPE,
		],
	])('is understood as %s', async (_, body, contentType) => {
		expect(await scene.deliver(address.href, body(id), contentType)).toBe(200);
		expect(await scene.items()).toMatchObject([
			{ recordId: id, record: { id, last_name: 'Aalto' } },
		]);
	});

	it('may have a number for an ID', async () => {
		scene.sandbox.insert('Contact', { id: '7', last_name: 'Berg' });
		await scene.deliver(address.href, { id: 7 });
		expect(await scene.items()).toMatchObject([{ recordId: '7', record: { last_name: 'Berg' } }]);
	});

	it.each<[string, unknown, string]>([
		['nothing', undefined, JSON_TYPE],
		['an empty object', {}, JSON_TYPE],
		['an empty list', [], JSON_TYPE],
		['fields without an ID', { last_name: 'Aalto' }, JSON_TYPE],
		['an empty ID', { id: ' ' }, JSON_TYPE],
		['an ID that is none', { id: { $gt: '' } }, JSON_TYPE],
		['an ID that leads elsewhere', { id: '../../User/1' }, JSON_TYPE],
		['an ID with a query', { id: '1?fields[]=user_hash' }, JSON_TYPE],
		['an ID of dots', { id: '..' }, JSON_TYPE],
		['a number', '7', JSON_TYPE],
		['text', 'Hello', 'text/plain'],
		['a form without an ID', 'last_name=Aalto', FORM],
		['a web page', '<html></html>', 'text/html'],
		['a multipart form', '--x\r\n\r\n{"id":"1"}\r\n--x--', 'multipart/form-data; boundary=x'],
		['nothing of no type', undefined, 'application/octet-stream'],
		['more bytes than n8n takes', 'x'.repeat(17 * 1024 * 1024), 'application/octet-stream'],
		['two IDs in a form', 'id=1&id=2', FORM],
		['an ID that is no UTF-8', Buffer.from([0x69, 0x64, 0x3d, 0xff, 0xfe]), FORM],
		['an ID in a prototype', '{"__proto__":{"id":"1"}}', JSON_TYPE],
		[
			'fields that nest without end',
			`{"id":"1","name":${'['.repeat(5000)}${']'.repeat(5000)}}`,
			JSON_TYPE,
		],
		['lists that nest without end', '['.repeat(100_000) + ']'.repeat(100_000), JSON_TYPE],
	])('of %s gets 400 and starts nothing', async (_, body, contentType) => {
		expect(await scene.deliver(address.href, body, contentType)).toBe(400);
		await expectNothing();
	});

	it.each([
		['is no JSON', '{"id":'],
		['is JSON cut short', '{"id":"1","name":"Aal'],
	])('that %s is refused by n8n itself', async (_, body) => {
		expect(await scene.deliver(address.href, body, JSON_TYPE)).toBe(422);
		await expectNothing();
	});

	it('gives plain fields without Fetch Record, whatever their names are', async () => {
		scene.trigger.parameters.options = { fetchRecord: false };
		const fields = '{"id":"1","__proto__":{"polluted":1},"constructor":{"polluted":1},"name":"A"}';
		expect(await scene.deliver(address.href, fields, JSON_TYPE)).toBe(200);
		expect(await scene.deliver(address.href, 'id=1&__proto__=x&name=A', FORM)).toBe(200);
		const expected = expect.objectContaining({ record: { id: '1', name: 'A' } });
		const items = await scene.items();
		expect(items).toEqual([expected, expected]);
		for (const { record } of items as Array<{ record: object }>) {
			expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
		}
	});
});
