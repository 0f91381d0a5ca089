import type { IExecuteFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { ByteStream } from '../transport/transfer';
import { safeMimeType } from './mimeType';
import { safeFileName } from './name';

/** A file to upload. `open` gives its content anew each time, because a stream can be read only once. */
export interface UploadFile {
	name: string;
	mimeType: string;
	/** In bytes. */
	size: number;
	open: () => Promise<Buffer | ByteStream>;
}

/** A stream is read in pieces of this size, so that the file never stands in memory as a whole. */
const CHUNK_BYTES = 256 * 1024;

/**
 * The file of an earlier node in the field `binaryField` of an item. Throws what n8n throws when the
 * item has no such file.
 */
export async function binaryFile(
	context: IExecuteFunctions,
	itemIndex: number,
	binaryField: string,
	name: string,
): Promise<UploadFile> {
	const binary = context.helpers.assertBinaryData(itemIndex, binaryField);
	const described = {
		name: safeFileName(name || binary.fileName),
		mimeType: safeMimeType(binary.mimeType),
	};
	const { id } = binary;
	if (id === undefined) {
		const content = await context.helpers.getBinaryDataBuffer(itemIndex, binaryField);
		return { ...described, size: content.length, open: async () => content };
	}
	const { fileSize } = await context.helpers.getBinaryMetadata(id);
	return {
		...described,
		size: fileSize,
		open: async () => await context.helpers.getBinaryStream(id, CHUNK_BYTES),
	};
}

/** A text file with content typed by hand. Throws a `UserError` without a name. */
export function textFile(name: string, content: string): UploadFile {
	if (name.trim() === '') throw new UserError("'File Name' is empty");
	const bytes = Buffer.from(content, 'utf8');
	return {
		name: safeFileName(name),
		mimeType: 'text/plain; charset=utf-8',
		size: bytes.length,
		open: async () => bytes,
	};
}
