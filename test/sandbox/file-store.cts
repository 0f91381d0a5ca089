import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Variants } from './variants.cts';

export interface StoredFile {
	name: string;
	mimeType: string;
	size: number;
	sha256: string;
	open(): Readable;
}

/** Uploads waiting to be used, and the files of records. Uploads of any size go to disk. */
export class FileStore {
	/** Uploads by the id that the upload was answered with. */
	readonly incoming = new Map<string, StoredFile>();

	/** The files of records, by the record's id. */
	readonly attachments = new Map<string, StoredFile>();

	private folder?: Promise<string>;

	constructor(private readonly variants: Variants) {}

	/** Takes in an upload while it arrives, and returns the id to use it by. */
	async receive(source: Readable, name: string, mimeType: string): Promise<string> {
		this.folder ??= mkdtemp(join(tmpdir(), 'sandbox-files-'));
		const path = join(await this.folder, randomUUID());
		const hash = createHash('sha256');
		let size = 0;
		const measure = new Transform({
			transform(chunk: Buffer, _encoding, done) {
				hash.update(chunk);
				size += chunk.length;
				done(null, chunk);
			},
		});
		await pipeline(source, measure, createWriteStream(path));
		const id = `INCOMING~${randomUUID()}`;
		const sha256 = hash.digest('hex');
		this.incoming.set(id, { name, mimeType, size, sha256, open: () => createReadStream(path) });
		return id;
	}

	/** The upload with this id; it can be used once, unless the variant is another. */
	take(id: string): StoredFile | undefined {
		const file = this.incoming.get(id);
		if (this.variants.usedUpload === 'lost') this.incoming.delete(id);
		return file;
	}

	attach(recordId: string, file: StoredFile): void {
		this.attachments.set(recordId, file);
	}

	detach(recordId: string): void {
		this.attachments.delete(recordId);
	}

	of(recordId: string): StoredFile | undefined {
		return this.attachments.get(recordId);
	}

	async dispose(): Promise<void> {
		if (this.folder) await rm(await this.folder, { recursive: true, force: true });
	}
}

/** A file whose content is in memory. */
export function fileOf(name: string, mimeType: string, content: string): StoredFile {
	const bytes = Buffer.from(content);
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	return { name, mimeType, size: bytes.length, sha256, open: () => Readable.from([bytes]) };
}
