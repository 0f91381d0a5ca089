import qs from 'qs';
import type { Scene } from './deliveries.cts';
import { addressOf, startScene } from './deliveries.cts';

const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';

describe('A delivery', () => {
	let scene: Scene;
	let address: URL;
	let id: string;

	beforeEach(async () => {
		scene = await startScene();
		await scene.trigger.activate();
		address = new URL(addressOf(scene, 'create'));
		id = scene.sandbox.insert('Contact', { last_name: 'Aalto' });
		scene.sandbox.clearRequests();
	});
	afterEach(() => scene.stop());

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
		['a list of two records', [{ id: '1' }, { id: '2' }], JSON_TYPE],
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
	])('of %s gets 400 and starts nothing', async (_, body, contentType) => {
		expect(await scene.deliver(address.href, body, contentType)).toBe(400);
		await expectNothing();
	});
});
