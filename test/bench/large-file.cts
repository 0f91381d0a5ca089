import { Readable } from 'node:stream';
import type { INodeExecutionData } from 'n8n-workflow';
import type { Stage } from '../support/n8n/stage.cts';
import { recordWithFile } from '../support/record-with-file.cts';
import type { Contest } from './contest.cts';
import type { BenchCredentials } from './credentials.cts';
import { httpRequestNode, oneCrmNode } from './nodes.cts';
import { workflowContestant } from './workflow.cts';

const MEGABYTE = 1024 * 1024;

/** A large file of a note is fetched into n8n's store, and sent back as an upload. */
export async function largeFile(
	credentials: BenchCredentials,
	{ sandbox }: Stage,
	megabytes: number,
): Promise<Contest> {
	const pieces = Readable.from(zeros(megabytes));
	const noteId = await recordWithFile(sandbox, {
		fileName: 'large.bin',
		mimeType: 'application/zip',
		content: pieces,
	});
	const check = ([{ json }]: INodeExecutionData[]) => {
		const uploaded = sandbox.file(String(json.id ?? json.fileId));
		if (uploaded?.sha256 !== sandbox.file(noteId)?.sha256)
			throw new Error('Another file came back');
	};
	const items = [{ json: {} }];
	return {
		title: `Fetch a file of ${megabytes.toLocaleString('en')} MB and send it back`,
		count: 1,
		contestants: [
			workflowContestant({
				name: '1CRM',
				nodes: [
					oneCrmNode(credentials, {
						resource: 'file',
						operation: 'download',
						module: { __rl: true, mode: 'name', value: 'Note' },
						recordId: { __rl: true, mode: 'id', value: noteId },
					}),
					oneCrmNode(credentials, { resource: 'file', operation: 'upload' }),
				],
				items,
				check,
			}),
			workflowContestant({
				name: 'HTTP Request, with the type of the file typed in',
				nodes: [
					httpRequestNode(credentials, {
						path: `files/download/Note/${noteId}`,
						options: { response: { response: { responseFormat: 'file' } } },
					}),
					httpRequestNode(credentials, {
						method: 'POST',
						path: 'files/upload',
						sendHeaders: true,
						headerParameters: {
							parameters: [
								{ name: 'X-OneCRM-Filename', value: 'large.bin' },
								{ name: 'Content-Type', value: 'application/zip' },
							],
						},
						sendBody: true,
						contentType: 'binaryData',
						inputDataFieldName: 'data',
						options: { timeout: 300_000 },
					}),
				],
				items,
				check,
			}),
		],
		prepare: () => undefined,
	};
}

function* zeros(megabytes: number): Generator<Buffer> {
	for (let number = 0; number < megabytes; number++) yield Buffer.alloc(MEGABYTE);
}
