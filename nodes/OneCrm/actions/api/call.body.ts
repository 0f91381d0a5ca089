import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { jsonParse, UserError } from 'n8n-workflow';

import { binaryFile } from '../../file/source';
import { asText } from '../../text';
import type { JsonValue } from '../../transport/answer';
import type { OneCrmRequest } from '../../transport/request';
import { readInputField } from '../inputFile';
import { readPairs } from '../pairs';
import { namedParameter } from './call.request';

/** A body with the headers that describe it. */
export type CallBody = Pick<OneCrmRequest, 'body' | 'text' | 'upload'> & { headers: IDataObject };

/**
 * The body of the request for an item: JSON, form fields, a text, or a file of an earlier node. Throws a
 * `UserError` for what is no JSON, and what n8n throws when there is no such file.
 */
export async function readBody(context: IExecuteFunctions, itemIndex: number): Promise<CallBody> {
	const format = String(context.getNodeParameter('bodyFormat', itemIndex, 'json'));
	switch (format) {
		case 'json':
			return { body: readJson(context, itemIndex), headers: {} };
		case 'form':
			return {
				text: readForm(context, itemIndex),
				headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			};
		case 'text':
			return {
				text: asText(context.getNodeParameter('bodyText', itemIndex, '')),
				headers: { 'Content-Type': 'text/plain; charset=utf-8' },
			};
		case 'file': {
			const file = await binaryFile(context, itemIndex, readInputField(context, itemIndex), '');
			const headers = { 'Content-Type': file.mimeType, 'Content-Length': file.size };
			return { upload: file.open, headers };
		}
		default:
			throw new UserError(`'Body Format' cannot be "${format}"`);
	}
}

/** JSON, typed or given as an object by an expression. Empty means no body. */
function readJson(context: IExecuteFunctions, itemIndex: number): JsonValue | undefined {
	const value: unknown = context.getNodeParameter('body', itemIndex, '');
	if (typeof value !== 'string') return value as JsonValue;
	if (value.trim() === '') return undefined;
	try {
		return jsonParse<JsonValue>(value);
	} catch (error) {
		throw namedParameter('Body', new Error(`this is not JSON (${(error as Error).message})`));
	}
}

function readForm(context: IExecuteFunctions, itemIndex: number): string {
	const form = new URLSearchParams();
	for (const { name, value } of readPairs(context, itemIndex, 'formFields.parameters'))
		form.append(name, asText(value));
	return form.toString();
}
