import type { IDataObject } from 'n8n-workflow';
import { jsonParse, UserError } from 'n8n-workflow';

import { messageOf } from '../../http/errors';
import type { JsonValue } from '../../http/json';
import type { CrmRequest } from '../../http/types';
import { readInputFile } from '../../item/files';
import type { Item } from '../../item/item';
import { readPairs } from '../../item/pairs';
import { asText } from '../../item/values';
import { formFields } from './call.properties';
import { namedParameter } from './call.request';

/** A body with the headers that describe it. */
type CallBody = Pick<CrmRequest, 'body' | 'text' | 'upload'> & { headers: IDataObject };

/**
 * The body of the request for an item: JSON, form fields, a text, or a file of an earlier node. Throws a
 * `UserError` for what isn't JSON, and what n8n throws if there is no such file.
 */
export async function readBody(item: Item): Promise<CallBody> {
	const format = item.text('bodyFormat', 'json');
	switch (format) {
		case 'json':
			return { body: readJson(item), headers: {} };
		case 'form':
			return {
				text: readForm(item),
				headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			};
		case 'text':
			return {
				text: asText(item.value('bodyText')),
				headers: { 'Content-Type': 'text/plain; charset=utf-8' },
			};
		case 'file': {
			const file = await readInputFile(item);
			const headers = { 'Content-Type': file.mimeType, 'Content-Length': file.size };
			return { upload: file.open, headers };
		}
		default:
			throw new UserError(`'Body Format' cannot be "${format}"`);
	}
}

/** JSON, typed or given as an object by an expression. Empty means no body. */
function readJson(item: Item): JsonValue | undefined {
	const value = item.value('body');
	if (value === null || (typeof value === 'string' && value.trim() === '')) return undefined;
	if (typeof value !== 'string') return value as JsonValue;
	try {
		return jsonParse<JsonValue>(value);
	} catch (error) {
		throw namedParameter('Body', new Error(`this is not JSON (${messageOf(error)})`));
	}
}

function readForm(item: Item): string {
	const form = new URLSearchParams();
	for (const { name, value } of readPairs(item, formFields)) {
		form.append(name, asText(value));
	}
	return form.toString();
}
