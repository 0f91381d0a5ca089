import type { INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/sandbox.cts';
import { recordWithFile } from '../../support/record-with-file.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { skipPauses } from '../pauses.cts';

const { sandbox, engine } = engineWithSandbox({ variants: { fileSize: 'missing' } });

beforeEach(() => {
	skipPauses();
});

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
	['an error in JSON', { kind: 'status', status: 200, body: { message: 'Please log in' } }],
	['a text', { kind: 'notJson', body: 'Please log in' }],
])('does not take %s for a PDF', async (_what, fault) => {
	const recordId = await note('a.pdf', 'application/pdf', '%PDF-1.4');
	sandbox.failNext(fault, { path: /download/ });
	const { message, description } = await engine.failure(downloading(recordId));
	expect(`${message} ${description}`).toContain('Please log in');
});

it.each([
	['a.txt', 'text/plain', 'Please log in'],
	['a.html', 'text/html', '<html><body>Mine</body></html>'],
	['a.json', 'application/json', '{"message":"Mine"}'],
	['a.xml', 'application/xml', '<?xml version="1.0"?><html/>'],
])('takes %s for what it is', async (name, type, content) => {
	const recordId = await note(name, type, content);
	const { items } = await engine.run(downloading(recordId));
	const data = Buffer.from(content).toString('base64');
	expect(items).toMatchObject([{ binary: { data: { data, mimeType: type } } }]);
});
