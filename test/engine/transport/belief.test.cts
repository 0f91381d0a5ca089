import type { INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/sandbox.cts';
import { type Sandbox, startSandbox, type VariantChoices } from '../../sandbox/sandbox.cts';
import { Engine, sandboxCredential } from '../../support/engine/engine.cts';
import {
	createContact,
	deleteContact,
	getContact,
	updateContact,
} from '../../support/engine/simple-operations.cts';
import { recordWithFile } from '../../support/record-with-file.cts';
import { skipPauses } from '../pauses.cts';
import { workOf } from '../sent.cts';

let sandbox: Sandbox;
let engine: Engine;
let id: string;

async function open(
	variants: VariantChoices = {},
	authentication: 'basic' | 'oauth2' = 'basic',
): Promise<void> {
	sandbox = await startSandbox({ seed: false, variants });
	engine = await Engine.start(sandboxCredential(sandbox, authentication));
	id = sandbox.insert('Contact', { last_name: 'Berg' });
	await engine.items({ resource: 'user', operation: 'getMe' });
	sandbox.clearRequests();
}
beforeEach(() => skipPauses());
afterEach(async () => {
	jest.restoreAllMocks();
	await sandbox.stop();
});

const answer = (body: unknown): Fault => ({ kind: 'status', status: 200, body });
const words = ({ message, description }: { message: string; description?: string | null }) =>
	`${message} ${description ?? ''}`;

const linking = (): INodeParameters => ({
	resource: 'relatedRecord',
	operation: 'add',
	module: 'Account',
	recordId: sandbox.insert('Account', { name: 'Berg' }),
	link: 'contacts',
	relatedIds: id,
});

describe('A change is not done', () => {
	it.each([
		[{ result: 0 }],
		[{ result: '0' }],
		[{ result: 'false' }],
		[{ result: 'FALSE' }],
		[{ result: null }],
		[{ result: '' }],
		[{ result: [] }],
		[{ result: [false] }],
		[{ result: 'failed' }],
		[{ result: true, error: true }],
		[{ id: false }],
		[{ status: 'error' }],
		[[]],
		[{ success: 0 }],
		[{ success: 'false' }],
	])('when it is answered with %j', async (body) => {
		await open();
		for (const run of [deleteContact(id), updateContact(id, 'Holm'), linking()]) {
			sandbox.failNext(answer(body), { path: /^\/data/ });
			await engine.failure(run);
		}
	});

	it.each([true, 1, '1', 'true'] as const)('but is when it is %j', async (confirmation) => {
		await open({ confirmation });
		await engine.items(linking());
		await engine.items(updateContact(id, 'Holm'));
		expect(await engine.items(deleteContact(id))).toEqual([{ id, deleted: true }]);
	});
});

describe('A create that is answered with an ID and', () => {
	it.each([
		['a list of errors', { errors: ['E-mail could not be sent'] }],
		['a text of errors', { errors: 'E-mail could not be sent' }],
		['an error', { error: { message: 'E-mail could not be sent' } }],
		['an error under another name', { error: { text: 'E-mail could not be sent' } }],
	])('%s says both, and that it may be there', async (_what, rest) => {
		await open();
		sandbox.failNext(answer({ id: 'new-1', ...rest }), { method: 'POST' });
		const error = await engine.failure(createContact('Holm'));
		expect(error.message).toContain('new-1');
		expect(error.message).toContain('E-mail could not be sent');
		expect(error.description).toMatch(/may have/);
	});
});

const BUSY: Fault = { kind: 'status', status: 503 };

describe('A create is sent once', () => {
	it.each<[string, Fault]>([
		['a 503 whose Retry-After is empty', { kind: 'status', status: 503, retryAfter: '' }],
		['a 503 whose Retry-After is no time', { kind: 'status', status: 503, retryAfter: 'soon' }],
		['a 503 whose Retry-After is a word and a number', { ...BUSY, retryAfter: 'retry 5' }],
		['a 503 whose Retry-After is a day', { ...BUSY, retryAfter: 'May 5' }],
		['a 503 whose Retry-After is negative', { kind: 'status', status: 503, retryAfter: '-1' }],
		['a 429 after the work', { kind: 'statusAfter', status: 429 }],
		['a 429 after the work, no time', { kind: 'statusAfter', status: 429, retryAfter: 'x' }],
		['a 503 after the work', { kind: 'statusAfter', status: 503 }],
		['a 502 with a Retry-After', { kind: 'statusAfter', status: 502, retryAfter: 1 }],
	])('after %s, and the error says that it may be done', async (_what, fault) => {
		await open();
		sandbox.failNext(fault, { method: 'POST' });
		const error = await engine.failure(createContact('Holm'));
		expect(words(error)).toMatch(/may have/);
		expect(workOf(sandbox)).toHaveLength(1);
	});
});

describe('A DELETE after a 502 is not done', () => {
	it.each<[string, INodeParameters]>([
		['of a mistyped module', { ...getContact('1', 'Contcat'), operation: 'delete' }],
		[
			'of a call with a mistyped module',
			{ resource: 'api', operation: 'call', method: 'DELETE', url: 'data/Contcat/1' },
		],
		[
			'of a call with a mistyped path',
			{ resource: 'api', operation: 'call', method: 'DELETE', url: 'dta/Contact/1' },
		],
	])('%s', async (_what, parameters) => {
		await open();
		sandbox.failNext({ kind: 'status', status: 502 }, { method: 'DELETE' });
		expect(words(await engine.failure(parameters))).toMatch(/not found/i);
	});

	it.each(['notFound', 'badRequest'] as const)('of a mistyped link (%s)', async (unknownLink) => {
		await open({ unknownLink });
		sandbox.failNext({ kind: 'status', status: 502 }, { method: 'DELETE' });
		await engine.failure({ ...linking(), operation: 'remove', link: 'contcts' });
	});

	it('but is of a record', async () => {
		await open();
		sandbox.failNext({ kind: 'statusAfter', status: 502 }, { method: 'DELETE' });
		expect(await engine.items(deleteContact(id))).toEqual([{ id, deleted: true }]);
	});
});

describe.each([400, 403, 401] as const)('A token that ran out, told by %i,', (expiredToken) => {
	it('brings a new log-in', async () => {
		await open({ expiredToken }, 'oauth2');
		sandbox.expireTokens();
		expect(await engine.items(getContact(id))).toMatchObject([{ id }]);
		sandbox.expireTokens();
		await engine.items(updateContact(id, 'Holm'));
		expect(sandbox.record('Contact', id)?.last_name).toBe('Holm');
	});

	it('brings a new log-in for an upload', async () => {
		await open({ expiredToken }, 'oauth2');
		sandbox.expireTokens();
		const upload = {
			resource: 'file',
			operation: 'upload',
			inputMode: 'manual',
			fileName: 'a.txt',
			fileContent: 'text',
		};
		expect(await engine.items(upload)).toHaveLength(1);
	});
});

describe.each([400, 403])('A token that ran out is told by %i with', (status) => {
	it.each([
		[{ error: { code: 'access_denied' } }],
		[{ code: 'access_denied', message: 'No access' }],
		[{ errors: ['access_denied'] }],
		[{ error: 'ACCESS_DENIED' }],
	])('%j', async (body) => {
		await open({}, 'oauth2');
		sandbox.failNext({ kind: 'status', status, body }, { path: /^\/data/ });
		expect(await engine.items(getContact(id))).toMatchObject([{ id }]);
	});

	it('error and message, for a download', async () => {
		await open({}, 'oauth2');
		const content = Buffer.from('text');
		const file = { fileName: 'a.txt', mimeType: 'text/plain', content };
		const recordId = await recordWithFile(sandbox, file);
		const body = { error: 'access_denied', message: 'No access' };
		sandbox.failNext({ kind: 'status', status, body }, { path: /download/ });
		const download = { resource: 'file', operation: 'download', module: 'Note', recordId };
		expect((await engine.run(download)).error).toBeUndefined();
	});
});

it('a right that is missing brings one log-in, and no more', async () => {
	await open({}, 'oauth2');
	const body = { error: 'access_denied', message: 'You may not' };
	sandbox.failNext({ kind: 'status', status: 403, body }, { path: /^\/data/, times: 99 });
	const before = sandbox.tokensIssued;
	const items = Array.from({ length: 10 }, () => ({ json: {} }));
	const { options, ...rest } = { ...getContact(id), options: { parallelRequests: 1 } };
	await engine.run({ ...rest, options }, { items, continueOnFail: true });
	expect(sandbox.tokensIssued - before).toBe(1);
});

describe('A download of unknown size', () => {
	const downloading = (recordId: string): INodeParameters => ({
		resource: 'file',
		operation: 'download',
		module: 'Note',
		recordId,
	});

	const note = async (fileName: string, mimeType: string, content: string) =>
		await recordWithFile(sandbox, { fileName, mimeType, content: Buffer.from(content) });

	it.each<[string, Fault]>([
		['a log-in page', { kind: 'html' }],
		['an error in JSON', answer({ message: 'Please log in' })],
		['a text', { kind: 'notJson', body: 'Please log in' }],
	])('does not take %s for a PDF', async (_what, fault) => {
		await open({ fileSize: 'missing' });
		const recordId = await note('a.pdf', 'application/pdf', '%PDF-1.4');
		sandbox.failNext(fault, { path: /download/ });
		const { items, error } = await engine.run(downloading(recordId));
		expect(items).toEqual([]);
		expect(words(error ?? { message: '' })).toContain('Please log in');
	});

	it.each([
		['a.txt', 'text/plain', 'Please log in'],
		['a.html', 'text/html', '<html><body>Mine</body></html>'],
		['a.json', 'application/json', '{"message":"Mine"}'],
		['a.xml', 'application/xml', '<?xml version="1.0"?><html/>'],
	])('takes %s for what it is', async (name, type, content) => {
		await open({ fileSize: 'missing' });
		const recordId = await note(name, type, content);
		expect((await engine.run(downloading(recordId))).error).toBeUndefined();
	});
});

it.each(['null', 'emptyText'] as const)(
	'an event log has the long text beside an unused short one (%s)',
	async (unusedAuditValue) => {
		await open({ unusedAuditValue });
		const records = [
			{
				id: '1',
				field_name: 'description',
				data_type: 'text',
				before_value_string: unusedAuditValue === 'null' ? null : '',
				after_value_string: unusedAuditValue === 'null' ? null : '',
				before_value_text: 'Old',
				after_value_text: 'New',
			},
		];
		sandbox.failNext(answer({ records, total_results: 1 }), { path: /^\/audit/ });
		const log = { resource: 'auditLog', operation: 'getAll', module: 'Contact' };
		expect(await engine.items({ ...log, options: { outputFormat: 'eventLog' } })).toMatchObject([
			{ before: 'Old', after: 'New' },
		]);
	},
);

describe.each([0, 300, 1500])('With %i fields more', (customFields) => {
	it('Modified After and a single record return all of them', async () => {
		await open({ customFields });
		const search = { resource: 'record', operation: 'search', module: 'Contact', returnAll: true };
		const last = `own_description_${customFields}`;
		const modifiedAfter = '2020-01-01';
		const [found] = await engine.items({ ...search, options: { modifiedAfter } });
		expect(found).toMatchObject({ id, last_name: 'Berg' });
		if (customFields > 0) expect(found).toHaveProperty(last);
		const returnFields = [
			'last_name',
			...Array.from({ length: customFields }, (_, index) => `own_description_${index + 1}`),
		];
		const [got] = await engine.items({ ...getContact(id), returnFields } as INodeParameters);
		expect(got).toMatchObject({ id, last_name: 'Berg' });
		if (customFields > 0) expect(got).toHaveProperty(last);
		expect(sandbox.requests.every(({ status }) => status === 200)).toBe(true);
	});
});
