import { getContact, getMe, updateContact } from '../../support/engine/simple-operations.cts';
import { recordWithFile } from '../../support/record-with-file.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { skipPauses } from '../pauses.cts';

const { sandbox, engine } = engineWithSandbox({ authentication: 'oauth2', perTest: true });
let id: string;

beforeEach(async () => {
	skipPauses();
	id = sandbox.insert('Contact', { last_name: 'Berg' });
	await engine.items(getMe);
});

describe.each([400, 403, 401] as const)('A token that ran out, told by %i,', (expiredToken) => {
	beforeEach(() => {
		sandbox.variants.expiredToken = expiredToken;
	});

	it('brings a new log-in', async () => {
		sandbox.expireTokens();
		expect(await engine.items(getContact(id))).toMatchObject([{ id }]);
		sandbox.expireTokens();
		await engine.items(updateContact(id, 'Holm'));
		expect(sandbox.record('Contact', id)?.last_name).toBe('Holm');
	});

	it('brings a new log-in for an upload', async () => {
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
		sandbox.failNext({ kind: 'status', status, body }, { path: /^\/data/ });
		expect(await engine.items(getContact(id))).toMatchObject([{ id }]);
		expect(sandbox.tokensIssued).toBe(2);
	});

	it('error and message, for a download', async () => {
		const content = Buffer.from('text');
		const file = { fileName: 'a.txt', mimeType: 'text/plain', content };
		const recordId = await recordWithFile(sandbox, file);
		const body = { error: 'access_denied', message: 'No access' };
		sandbox.failNext({ kind: 'status', status, body }, { path: /download/ });
		const download = { resource: 'file', operation: 'download', module: 'Note', recordId };
		expect((await engine.run(download)).error).toBeUndefined();
		expect(sandbox.tokensIssued).toBe(2);
	});
});

it('A right that is missing brings one log-in, and no more', async () => {
	const body = { error: 'access_denied', message: 'You may not' };
	sandbox.failNext({ kind: 'status', status: 403, body }, { path: /^\/data/, times: 99 });
	const items = Array.from({ length: 10 }, () => ({ json: {} }));
	const reading = { ...getContact(id), options: { parallelRequests: 1 } };
	const { items: failed } = await engine.run(reading, { items, continueOnFail: true });
	expect(failed.map(({ json }) => json.error)).toEqual(
		items.map(() => expect.stringContaining('You may not')),
	);
	expect(sandbox.tokensIssued).toBe(2);
});
