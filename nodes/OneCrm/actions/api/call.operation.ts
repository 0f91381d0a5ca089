import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { jsonParse, NodeApiError, UserError } from 'n8n-workflow';

import { apiUrl } from '../../transport/address';
import type { JsonValue } from '../../transport/answer';
import { isJsonObject } from '../../transport/answer';
import { notOneCrmFailure } from '../../transport/failure';
import type { OneCrmAnswer } from '../../transport/request';
import { sendRequest } from '../../transport/request';
import type { Method } from '../../transport/retry';
import type { Operation, OutputItem } from '../operation';
import { jsonItems } from '../operation';
import { optionsCollection, readTimeout } from '../options';
import { callProperties, METHODS } from './call.properties';

/** What the credential or the HTTP client sets; a second value would send the login or the body elsewhere. */
const RESERVED_HEADERS = new Set(['authorization', 'host', 'content-length', 'transfer-encoding']);

/** What a header can hold. The HTTP client would drop other characters of a value without a word. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Cookies of a session are as good as a login. */
const SECRET_HEADERS = new Set(['set-cookie', 'set-cookie2']);

async function execute(context: IExecuteFunctions, itemIndex: number): Promise<OutputItem[]> {
	const answer = await sendRequest(context, {
		method: readMethod(context, itemIndex),
		path: readUrl(context, itemIndex),
		headers: readHeaders(context, itemIndex),
		body: readBody(context, itemIndex),
		timeoutSeconds: readTimeout(context, itemIndex),
	});
	if (isWebPage(answer)) {
		throw new NodeApiError(context.getNode(), {}, { ...notOneCrmFailure(String(answer.body)) });
	}
	const headers = Object.entries(answer.headers).filter(
		([name]) => !SECRET_HEADERS.has(name.toLowerCase()),
	);
	return jsonItems([
		{
			statusCode: answer.statusCode,
			headers: Object.fromEntries(headers),
			body: answer.body as IDataObject,
		},
	]);
}

function readMethod(context: IExecuteFunctions, itemIndex: number): Method {
	const value = String(context.getNodeParameter('method', itemIndex, 'GET')).toUpperCase();
	const method = METHODS.find((name) => name === value);
	if (method === undefined) throw new UserError(`'Method' cannot be "${value}"`);
	return method;
}

/** The relative address with the query parameters behind it. Refused before anything is sent. */
function readUrl(context: IExecuteFunctions, itemIndex: number): string {
	const url = String(context.getNodeParameter('url', itemIndex, '')).trim();
	if (url === '')
		throw new UserError("'URL' is empty. Enter a path relative to api.php, e.g. data/Account");
	try {
		// Any server will do for the question whether the address stays within it.
		apiUrl('https://server.invalid/api.php', url);
	} catch (error) {
		throw namedParameter('URL', error);
	}
	const query = readPairs(context, itemIndex, 'query')
		.map(({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
		.join('&');
	if (query === '') return url;
	return `${url}${url.includes('?') ? '&' : '?'}${query}`;
}

function namedParameter(parameter: string, error: unknown): UserError {
	return new UserError(`'${parameter}': ${error instanceof Error ? error.message : String(error)}`);
}

function readHeaders(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const headers: IDataObject = {};
	for (const { name, value } of readPairs(context, itemIndex, 'headers')) {
		if (RESERVED_HEADERS.has(name.toLowerCase())) {
			throw new UserError(`'Headers' cannot set "${name}": the credential and n8n take care of it`);
		}
		if (!HEADER_NAME.test(name) || !HEADER_VALUE.test(value)) {
			throw new UserError(
				`'Headers' cannot set "${name}" to "${value}": a header holds one line without such characters`,
			);
		}
		headers[name] = value;
	}
	return headers;
}

function readPairs(
	context: IExecuteFunctions,
	itemIndex: number,
	parameter: 'headers' | 'query',
): Array<{ name: string; value: string }> {
	const pairs: unknown = context.getNodeParameter(`${parameter}.parameters`, itemIndex, []);
	return (Array.isArray(pairs) ? pairs : [])
		.filter(isJsonObject)
		.map(({ name, value }) => ({ name: String(name ?? '').trim(), value: String(value ?? '') }))
		.filter(({ name }) => name !== '');
}

/** JSON, typed or given as an object by an expression. Empty means no body. */
function readBody(context: IExecuteFunctions, itemIndex: number): JsonValue | undefined {
	const value: unknown = context.getNodeParameter('body', itemIndex, '');
	if (typeof value !== 'string') return value as JsonValue;
	if (value.trim() === '') return undefined;
	try {
		return jsonParse<JsonValue>(value);
	} catch (error) {
		throw namedParameter('Body', new Error(`this is not JSON (${(error as Error).message})`));
	}
}

function isWebPage({ headers, body }: OneCrmAnswer): boolean {
	const isHtml = String(headers['content-type'] ?? '').includes('text/html');
	return typeof body === 'string' && (isHtml || /^\s*<(!doctype|html)/i.test(body));
}

export const call: Operation = {
	option: {
		name: 'Call',
		action: 'Call the API',
		description: 'Send any request to the REST API of 1CRM with the login of the credential',
	},
	properties: [...callProperties, optionsCollection()],
	execute,
};
