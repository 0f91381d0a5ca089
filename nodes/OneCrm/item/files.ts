import type { IBinaryData, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { StoredFile } from '../crm/file/download';
import { safeMimeType } from '../crm/file/mimeType';
import { safeFileName } from '../crm/file/name';
import type { UploadFile } from '../crm/file/upload';
import type { ByteStream } from '../http/types';
import type { Item } from './item';

/** Where an operation takes a file of an earlier node from. */
export const inputBinaryField: INodeProperties = {
	displayName: 'Input Data Field Name',
	name: 'inputBinaryField',
	type: 'string',
	default: 'data',
	required: true,
	description: 'The file of the item to use',
	hint: 'The name of the input field that contains the file',
};

/** Where an operation puts its file. */
export const outputBinaryField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'outputBinaryField',
	type: 'string',
	default: 'data',
	required: true,
	description: 'Name of the output field that contains the file',
	hint: 'The name of the output field to put the file in',
};

/** The name of the output field. Throws a `UserError` for an empty one. */
export function readOutputField(item: Item): string {
	const field = item.text(outputBinaryField.name, 'data');
	if (field === '') throw new UserError("'Put Output File in Field' is empty");
	return field;
}

/** A stream is read in pieces of this size, so that the file is never in memory as a whole. */
const CHUNK_BYTES = 256 * 1024;

/** The file of an earlier node in the field that the parameter names, under another name if one is given. */
export async function readInputFile(item: Item, name = ''): Promise<UploadFile> {
	return await binaryFile(item, String(item.value(inputBinaryField.name, 'data')), name);
}

/**
 * The file of an earlier node in the field `binaryField` of the item. Throws what n8n throws when the
 * item has no such file.
 */
export async function binaryFile(
	{ helpers, index }: Item,
	binaryField: string,
	name = '',
): Promise<UploadFile> {
	const binary = helpers.assertBinaryData(index, binaryField);
	const described = {
		name: safeFileName(name || binary.fileName),
		mimeType: safeMimeType(binary.mimeType),
	};
	const { id } = binary;
	if (id === undefined) {
		const content = await helpers.getBinaryDataBuffer(index, binaryField);
		return { ...described, size: content.length, open: async () => content };
	}
	const { fileSize } = await helpers.getBinaryMetadata(id);
	return {
		...described,
		size: fileSize,
		open: async () => await helpers.getBinaryStream(id, CHUNK_BYTES),
	};
}

/** A text file with content typed by hand. Throws a `UserError` if it has no name. */
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

/** Stores bytes, as they come, as a file of the output. Throws a `UserError` if n8n can't store them. */
export async function storeFile(
	{ helpers }: Item,
	content: Buffer | ByteStream,
	name: string,
	mimeType: string,
): Promise<StoredFile<IBinaryData>> {
	const file = await helpers
		.prepareBinaryData(content, name, mimeType)
		.catch((error: NodeJS.ErrnoException) => {
			throw notStored(error);
		});
	const { id, data } = file;
	if (id === undefined) {
		const bytes = Buffer.from(data, 'base64');
		return {
			file,
			size: bytes.length,
			start: async () => bytes.subarray(0, CHUNK_BYTES).toString(),
		};
	}
	return {
		file,
		// In bytes. Older versions of n8n only have it in words in `file`.
		size: (await helpers.getBinaryMetadata(id)).fileSize,
		start: async () => {
			for await (const piece of await helpers.getBinaryStream(id)) return String(piece);
			return '';
		},
	};
}

const FULL_DISK_CODES = new Set(['ENOSPC', 'EDQUOT']);

function notStored({ code, message }: NodeJS.ErrnoException): UserError {
	const reason = FULL_DISK_CODES.has(code ?? '') ? 'its disk is full' : message;
	return new UserError(`1CRM sent the file, but n8n couldn't store it: ${reason}`);
}
