import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { apiUrl } from '../../http/address';
import { messageOf } from '../../http/errors';
import type { Method } from '../../http/types';
import type { Item } from '../../item/item';
import { readPairs } from '../../item/pairs';
import { asText } from '../../item/values';
import { headers as headersProperty, METHODS, query } from './call.properties';

/** What the credential or the HTTP client sets; a second value would send the login or the body elsewhere. */
const RESERVED_HEADERS = new Set(['authorization', 'host', 'content-length', 'transfer-encoding']);

/** What a header can contain. The HTTP client would silently drop other characters of a value. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

export function readMethod(item: Item): Method {
	const value = item.text('method', 'GET').toUpperCase();
	const method = METHODS.find((name) => name === value);
	if (method === undefined) throw new UserError(`'Method' cannot be "${value}"`);
	return method;
}

/** The relative address with the query parameters behind it. A wrong one is refused before anything is sent. */
export function readUrl(item: Item): string {
	const url = item.text('url');
	if (url === '')
		throw new UserError("'URL' is empty. Enter a path relative to api.php, e.g. data/Account");
	try {
		// Any server will do to check that the address stays within it.
		apiUrl('https://server.invalid/api.php', url);
	} catch (error) {
		throw namedParameter('URL', error);
	}
	if (url.includes('#')) {
		throw new UserError(
			"'URL' cannot contain \"#\", because nothing behind it would be sent. Write %23, or use 'Query Parameters'",
		);
	}
	const parameters = readPairs(item, query)
		.map(
			({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(given(name, value))}`,
		)
		.join('&');
	if (parameters === '') return url;
	return `${url}${url.includes('?') ? '&' : '?'}${parameters}`;
}

/** 1CRM ignores a filter without a value and returns every record. */
function given(name: string, value: unknown): string {
	if (value !== undefined && value !== null) return asText(value);
	throw new UserError(
		`'Query Parameters' has no value for "${name}". To send an empty value, use ""`,
	);
}

/** What is wrong, with the name of the parameter. */
export function namedParameter(parameter: string, error: unknown): UserError {
	return new UserError(`'${parameter}': ${messageOf(error)}`);
}

export function readHeaders(item: Item): IDataObject {
	const headers: IDataObject = {};
	for (const { name, value: given } of readPairs(item, headersProperty)) {
		// Nobody means a line break that was pasted at the end of a key.
		const value = asText(given).trim();
		if (RESERVED_HEADERS.has(name.toLowerCase())) {
			throw new UserError(`'Headers' cannot set "${name}": the credential and n8n set it`);
		}
		if (!HEADER_NAME.test(name) || !HEADER_VALUE.test(value)) {
			throw new UserError(
				`'Headers' cannot set "${name}": its name or value contains a character that isn't allowed in a header`,
			);
		}
		headers[name] = value;
	}
	return headers;
}
