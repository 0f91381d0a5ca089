import type { IExecuteFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { DEFAULT_TIMEOUT_SECONDS } from '../transport/request';
import { binaryFile } from './source';
import { uploadFile } from './upload';

/** How 1CRM's ids of uploaded files begin. */
const UPLOADED_PREFIX = 'INCOMING~';

/**
 * What to write into a field for a file or image: the id of an uploaded file as it is; the name of an
 * input field that holds a file has that file uploaded first. Throws a `UserError` for anything else,
 * because 1CRM would leave the field without a file and without a word.
 */
export async function attachableId(
	context: IExecuteFunctions,
	itemIndex: number,
	label: string,
	value: string,
): Promise<string> {
	if (value === '' || value.startsWith(UPLOADED_PREFIX)) return value;
	const { binary } = context.getInputData()[itemIndex];
	if (binary === undefined || !Object.hasOwn(binary, value)) {
		throw new UserError(
			`'${label}' takes the name of an input field that holds a file, or the ID of an uploaded file, not "${value}"`,
		);
	}
	const timeoutSeconds = Number(
		context.getNodeParameter('options.timeout', itemIndex, DEFAULT_TIMEOUT_SECONDS),
	);
	return await uploadFile(context, await binaryFile(context, itemIndex, value, ''), timeoutSeconds);
}
