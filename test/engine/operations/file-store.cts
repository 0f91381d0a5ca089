import { createRequire } from 'node:module';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';

/** The container that n8n-core looks its services up in; another copy of the package would not do. */
const { Container } = createRequire(require.resolve('n8n-core'))('@n8n/di') as {
	Container: { get<T>(type: new (...args: never[]) => T): T };
};

async function switchStore(settings: Partial<BinaryDataConfig>): Promise<BinaryDataService> {
	Object.assign(Container.get(BinaryDataConfig), settings);
	const service = Container.get(BinaryDataService);
	await service.init();
	return service;
}

/** n8n's store of binary data, switched from memory to files in a temporary folder. */
export class FileStore {
	private constructor(
		readonly service: BinaryDataService,
		private readonly folder: string,
	) {}

	static async start(): Promise<FileStore> {
		const folder = await mkdtemp(join(tmpdir(), 'binary-data-'));
		const service = await switchStore({ mode: 'filesystem', localStoragePath: folder });
		return new FileStore(service, folder);
	}

	/** Stores a file as an earlier node of the execution would have put it out. */
	async put(fileName: string | undefined, mimeType: string, content: Buffer): Promise<IBinaryData> {
		const location = {
			type: 'execution' as const,
			workflowId: 'workflow',
			executionId: 'execution',
		};
		return await this.service.store(location, content, { data: '', fileName, mimeType });
	}

	/** The content of a file by its ID in the store. */
	async read(id: string | undefined): Promise<Buffer> {
		return await this.service.getAsBuffer({ id, data: '', mimeType: '' });
	}

	/** How many files are in the folder of the store, whatever they are. */
	async count(): Promise<number> {
		const entries = await readdir(this.folder, { recursive: true, withFileTypes: true });
		return entries.filter((entry) => entry.isFile()).length;
	}

	/** Switches back to memory, for other files of tests. */
	async stop(): Promise<void> {
		await switchStore({ mode: 'default' });
		await rm(this.folder, { recursive: true, force: true });
	}
}
