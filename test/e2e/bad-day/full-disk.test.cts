import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INodeParameters } from 'n8n-workflow';

import { recordWithFile } from '../../support/record-with-file.cts';
import type { Execution } from '../../support/n8n/execution.cts';
import { INSTALLATION_LIMIT } from '../../support/n8n/installation.cts';
import { poll } from '../../support/n8n/poll.cts';
import { type Stage, startStage } from '../../support/n8n/stage.cts';
import { chainWorkflow } from '../../support/n8n/workflows.cts';
import { mountSmallDisk, type SmallDisk } from './small-disk.cts';
import { reportToStderr } from '../report-to-stderr.cts';

const WAIT_LIMIT = 2 * 60_000;

const MEGABYTE = 1024 * 1024;
const DISK = 16;
const FULL = "1CRM sent the file, but n8n couldn't store it: its disk is full";

let disk: SmallDisk;
let stage: Stage;

beforeAll(async () => {
	disk = await mountSmallDisk(DISK);
	stage = await startStage({
		environment: {
			N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
			N8N_BINARY_DATA_STORAGE_PATH: disk.folder,
		},
		report: reportToStderr,
	});
}, INSTALLATION_LIMIT);

afterAll(async () => {
	await stage?.stop();
	await disk?.remove();
});

/** A note with a file of so many megabytes. */
async function noteWithFile(megabytes: number): Promise<string> {
	const content = Buffer.alloc(megabytes * MEGABYTE, 'A line of the file\n');
	return await recordWithFile(stage.sandbox, {
		fileName: 'film.bin',
		mimeType: 'application/octet-stream',
		content,
	});
}

const download = (noteId: string): INodeParameters => ({
	resource: 'file',
	operation: 'download',
	module: { __rl: true, mode: 'list', value: 'Note' },
	recordId: { __rl: true, mode: 'id', value: noteId },
});

async function run(workflowId: string): Promise<Execution> {
	return await stage.client.runWorkflow(workflowId, undefined, WAIT_LIMIT);
}

async function createChain(name: string, ...chain: INodeParameters[]): Promise<string> {
	const { client, credential } = stage;
	return (await client.createWorkflow(chainWorkflow(name, chain, credential))).id;
}

it('fails with the reason, lets n8n go on, and succeeds once there is room', async () => {
	const { client, sandbox } = stage;
	const noteId = await noteWithFile(2 * DISK);
	const workflowId = await createChain('Too large', download(noteId));
	sandbox.clearRequests();
	const execution = await run(workflowId);
	expect(execution.status).toBe('error');
	expect(execution.nodeErrors['1CRM 1'].message).toBe(FULL);
	// What can't be stored isn't asked for again.
	expect(sandbox.requests.filter(({ path }) => path.includes('/download/'))).toHaveLength(1);
	reportToStderr(`${await disk.free()} bytes are free behind it`);

	await client.deleteExecution(execution.id);
	await poll('the room of the deleted execution', WAIT_LIMIT, async () => {
		return (await disk.free()) > (DISK - 1) * MEGABYTE || undefined;
	});
	await disk.resize(4 * DISK);
	const { nodeOutputs } = await run(workflowId);
	expect(nodeOutputs['1CRM 1'][0].json.fileSize).toBe(2 * DISK * MEGABYTE);
	await disk.resize(3 * DISK);
});

it('uploads a file that n8n has, although there is no room for anything else', async () => {
	const { sandbox } = stage;
	const upload = { resource: 'file', operation: 'upload', attachTo: 'note' };
	const workflowId = await createChain('Up', download(await noteWithFile(2)), upload);
	sandbox.hold({ method: 'POST', path: /^\/files\/upload$/ });
	const executionId = await stage.client.startWorkflow(workflowId);
	await poll('the upload', WAIT_LIMIT, async () => sandbox.held > 0 || undefined);
	const rest = Buffer.alloc(await disk.free());
	await writeFile(join(disk.folder, 'rest'), rest).catch(() => undefined);
	expect(await disk.free()).toBe(0);
	sandbox.release();

	await stage.client.untilFinished(workflowId, executionId, WAIT_LIMIT);
	const { nodeErrors, nodeOutputs } = await stage.client.execution(executionId);
	expect(nodeErrors).toEqual({});
	const [{ json }] = nodeOutputs['1CRM 2'];
	expect(sandbox.file(String(json.recordId))?.size).toBe(2 * MEGABYTE);
});
