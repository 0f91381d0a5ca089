import type { IExecuteFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { ServerValue } from '../field/value';
import { loadMetadata } from '../field/metadata';
import { binaryFile } from './source';
import { isUploadId, uploadFile } from './upload';

/**
 * Whether a value can stand in a field for a file or image: the id of an uploaded file, the name of an input
 * field that holds a file, or nothing.
 */
export function isAttachable(
	context: IExecuteFunctions,
	itemIndex: number,
	value: unknown,
): boolean {
	const text = String(value ?? '');
	const { binary } = context.getInputData()[itemIndex];
	return isAsItIs(text) || (binary !== undefined && Object.hasOwn(binary, text));
}

/** Throws a `UserError` unless `value` is attachable. 1CRM would leave the field without a file and without a word. */
export function checkAttachable(
	context: IExecuteFunctions,
	itemIndex: number,
	label: string,
	value: unknown,
): void {
	if (isAttachable(context, itemIndex, value)) return;
	throw new UserError(
		`'${label}' takes the name of an input field that holds a file, or the ID of an uploaded file, not "${String(value)}"`,
	);
}

/**
 * The values to write with the files of the input uploaded and their ids in place of the input fields'
 * names. To be called last, when nothing else can refuse the item, so that no file is uploaded in vain.
 */
export async function attachFiles(
	context: IExecuteFunctions,
	itemIndex: number,
	module: string,
	data: Record<string, ServerValue>,
	timeoutSeconds: number,
): Promise<Record<string, ServerValue>> {
	const { fields } = await loadMetadata(context, module);
	const attached = { ...data };
	for (const [name, value] of Object.entries(data)) {
		const text = String(value ?? '');
		if (fields.get(name)?.kind !== 'file' || isAsItIs(text)) continue;
		const file = await binaryFile(context, itemIndex, text, '');
		attached[name] = await uploadFile(context, file, timeoutSeconds);
	}
	return attached;
}

function isAsItIs(value: string): boolean {
	return value === '' || isUploadId(value);
}
