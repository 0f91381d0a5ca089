import type { Fault } from '../../sandbox/sandbox.cts';
import {
	createContact,
	deleteContact,
	getContact,
	getMe,
} from '../../support/engine/simple-operations.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { skipPauses } from '../pauses.cts';

const DATA = /^\/data\//;
const NOT_1CRM = "This address doesn't answer like a 1CRM API";

describe('An answer of the server', () => {
	const { sandbox, engine } = engineWithSandbox();
	let id: string;

	beforeEach(() => {
		skipPauses();
		sandbox.clear('Contact');
		id = sandbox.insert('Contact', { last_name: 'Aalto' });
	});

	const failOn = async (fault: Fault) => {
		sandbox.failNext(fault, { path: DATA });
		return await engine.failure(getContact(id));
	};

	it.each(['\uFEFF', ' \r\n\t', '\uFEFF\n\uFEFF '])('is read behind %j', async (noise) => {
		sandbox.variants.leadingNoise = noise;
		expect(await engine.items(getContact(id))).toMatchObject([{ id, last_name: 'Aalto' }]);
		expect((await engine.failure(getContact('gone'))).message).toBe('Contact "gone" was not found');
	});

	it.each<[string, Fault, string]>([
		['a web page', { kind: 'html' }, '<!DOCTYPE html>'],
		['plain text', { kind: 'notJson', body: 'Maintenance  until\nnoon' }, 'Maintenance until noon'],
		['JSON that breaks off', { kind: 'notJson', body: '{"record": {"id": "1"' }, '{"record"'],
		['nothing', { kind: 'notJson', body: '' }, 'The answer was empty'],
		['JSON that is no object', { kind: 'notJson', body: '"Hello"' }, 'Hello'],
	])('that is %s with status 200 is no success', async (_, fault, shown) => {
		const error = await failOn(fault);
		expect(error.message).toBe(NOT_1CRM);
		expect(error.description).toContain("Check 'Domain' in the 1CRM credential");
		expect(error.description).toContain(shown);
	});

	it.each<[object, string]>([
		[{ message: 'You may not delete this' }, 'You may not delete this'],
		[{ error: 'No right', hint: 'Ask' }, 'No right (Ask)'],
		[{ result: false }, '1CRM rejected the request without giving a reason'],
	])('that refuses with status 200 is no success: %j', async (body, said) => {
		for (const run of [deleteContact(id), getContact(id), createContact('Berg')]) {
			sandbox.failNext({ kind: 'status', status: 200, body }, { path: DATA });
			expect((await engine.failure(run)).message).toBe(said);
		}
	});

	const CUT_OFF: Fault = {
		kind: 'status',
		status: 200,
		headers: { 'Content-Type': 'application/json' },
		body: '{"record": {"id": "1"',
	};

	it('in JSON that breaks off is asked for again when it is read', async () => {
		sandbox.failNext(CUT_OFF, { path: DATA });
		expect(await engine.items(getContact(id))).toMatchObject([{ id, last_name: 'Aalto' }]);
	});

	it('in JSON that breaks off is no success, and says that something may have been made', async () => {
		sandbox.failNext(CUT_OFF, { method: 'POST', path: DATA });
		const error = await engine.failure(createContact('Berg'));
		expect(error.message).toBe("1CRM's answer was cut off");
		expect(error.description).toContain('{"record"');
		expect(error.description).toContain(
			'1CRM may have applied this change anyway. Check before you retry',
		);
	});

	it('that is a web page never passes for an empty search or a deletion', async () => {
		sandbox.failNext({ kind: 'html' }, { path: DATA, times: 2 });
		const search = { resource: 'record', operation: 'search', module: 'Contact' };
		expect((await engine.failure(search)).message).toBe(NOT_1CRM);
		expect((await engine.failure(deleteContact(id))).message).toBe(NOT_1CRM);
		expect(sandbox.records('Contact')).toHaveLength(1);
	});

	it('that is [] stands for an object without entries, which confirms nothing', async () => {
		sandbox.failNext({ kind: 'notJson', body: '[]' }, { path: DATA });
		const error = await engine.failure(deleteContact(id));
		expect(error.message).toBe("1CRM didn't confirm the change");
	});

	it.each<[string, unknown, string]>([
		['a list', { errors: ['Too long', 'Too short'] }, 'Too long; Too short'],
		['a text', { errors: 'Too long' }, 'Too long'],
		['a map', { errors: { name: ['Too long'] } }, 'name: Too long'],
		['a list of objects', { errors: [{ message: 'Taken', id: '7' }] }, 'Taken (ID 7)'],
	])('with status 200 and `errors` as %s is a failure', async (_, body, message) => {
		const error = await failOn({ kind: 'errorsIn200', body });
		expect(error.message).toBe(message);
		expect(error.context.data).toEqual(body);
	});

	it('with an empty `errors` is a success', async () => {
		sandbox.failNext({ kind: 'errorsIn200', body: { errors: [], id: '7' } }, { method: 'POST' });
		expect(await engine.items(createContact('Berg'))).toMatchObject([{ id: '7' }]);
	});

	it.each(['object', 'string', 'nested'] as const)(
		'that says no is quoted, whatever form it has (%s)',
		async (form) => {
			sandbox.variants.errorBody = form;
			const error = await engine.failure(getContact('1', 'Acount'));
			expect(error.message).toBe('Model Acount not found');
			expect(error.description).toContain('1CRM expects the singular name, e.g. Account');
			expect(error).toMatchObject({ httpCode: '404', context: { itemIndex: 0 } });
		},
	);

	it('that says no in a web page gives its status, and the words of the page', async () => {
		sandbox.variants.errorBody = 'html';
		const error = await engine.failure(getContact('1', 'Acount'));
		expect(error.message).toBe('Acount "1" was not found');
		expect(error.description).toContain('The answer reads: Error 404 Model Acount not found');
		expect(error).toMatchObject({ httpCode: '404' });
	});

	it('that says no gives its hint too', async () => {
		const body = { message: 'Not allowed', error: 'forbidden', hint: 'Ask Tomas' };
		const error = await failOn({ kind: 'status', status: 403, body });
		expect(error.message).toBe('Not allowed (Ask Tomas)');
		expect(error.description).toContain('The user may not have the right to do this in 1CRM');
		expect(error).toMatchObject({ httpCode: '403' });
	});

	it('that quotes the database is passed on as it is', async () => {
		const message = "MySQL error 1364: Field 'name' doesn't have a default value";
		const error = await failOn({ kind: 'status', status: 500, message });
		expect(error.message).toBe(message);
		expect(error.description).toContain('look in the log of the 1CRM server');
		expect(error).toMatchObject({ httpCode: '500' });
	});

	it('is quoted even if it holds a word that n8n takes for an error code', async () => {
		const message = 'A preexisting relation prevents this';
		expect((await failOn({ kind: 'status', status: 400, message })).message).toBe(message);
	});

	it('that points elsewhere is not followed, and named without its query', async () => {
		const location = 'https://other.example/api.php/data?token=1';
		const error = await failOn({ kind: 'redirect', location });
		expect(error.message).toBe(
			'1CRM redirects to another address: https://other.example/api.php/data',
		);
		expect(error.description).toContain("as 'Domain' in the 1CRM credential");
		expect(error).toMatchObject({ httpCode: '302' });
	});

	it('belongs to its item: the index is set, and the others go on', async () => {
		const ids = ['one', 'two', 'three'].map((name) =>
			sandbox.insert('Contact', { id: name, last_name: name }),
		);
		const { items } = await engine.run(getContact('={{ $json.id }}'), {
			items: [ids[0], 'gone', ids[2]].map((wanted) => ({ json: { id: wanted } })),
			continueOnFail: true,
		});
		expect(items.map(({ json }) => json.id ?? json.error)).toEqual([
			'one',
			'Contact "gone" was not found',
			'three',
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2].map((item) => ({ item })));
		const failing = { items: [{ json: { id: ids[0] } }, { json: { id: 'gone' } }] };
		const error = await engine.failure(getContact('={{ $json.id }}'), failing);
		expect(error.context.itemIndex).toBe(1);
	});

	it('is asked for with the login and in JSON', async () => {
		await engine.items(getMe);
		const basic = Buffer.from(`${sandbox.username}:${sandbox.password}`).toString('base64');
		expect(sandbox.requests.at(-1)?.headers).toMatchObject({
			accept: 'application/json',
			authorization: `Basic ${basic}`,
		});
	});
});
