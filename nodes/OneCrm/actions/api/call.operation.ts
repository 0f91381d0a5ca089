import type { IDataObject, IExecuteFunctions, NodeApiError } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { safeMimeType } from '../../file/mimeType';
import { nameFromDisposition, safeFileName } from '../../file/name';
import { apiError, doubtful } from '../../transport/apiError';
import { notOneCrmFailure } from '../../transport/failure';
import { fetchList } from '../../transport/paging';
import type { OneCrmAnswer, OneCrmRequest, StreamedAnswer } from '../../transport/request';
import { receiveFile, sendRequest } from '../../transport/request';
import type { Method } from '../../transport/retry';
import { readLimit } from '../limit';
import { isOn } from '../../switch';
import type { Operation, OutputItem } from '../operation';
import { jsonItems } from '../operation';
import { optionsCollection, readParallelPages, readTimeout } from '../options';
import { fileItem, readOutputField } from '../outputFile';
import { readBody } from './call.body';
import { callProperties, fetchPages } from './call.properties';
import { readHeaders, readMethod, readUrl } from './call.request';

/** Cookies of a session are as good as a login. */
const SECRET_HEADERS = new Set(['set-cookie', 'set-cookie2']);

/** A parameter of the address that tells which part of a list is wanted. */
const PAGE_PARAMETER = /[?&](offset|limit)=/i;

async function execute(context: IExecuteFunctions, itemIndex: number): Promise<OutputItem[]> {
	const method = readMethod(context, itemIndex);
	const path = readUrl(context, itemIndex);
	const timeoutSeconds = readTimeout(context, itemIndex);
	const isGet = method === 'GET';
	const { headers: bodyHeaders, ...body } = isGet
		? { headers: {} }
		: await readBody(context, itemIndex);
	const headers = withoutDoubles(bodyHeaders, readHeaders(context, itemIndex));
	if (isGet && isOn(context.getNodeParameter('fetchPages', itemIndex, false), fetchPages)) {
		refusePageParameters(path);
		const limit = readLimit(context, itemIndex);
		const parallelRequests = readParallelPages(context);
		const list = { path, headers, limit, parallelRequests, timeoutSeconds };
		return jsonItems(await fetchList(context, list));
	}
	const request = { method, path, headers, ...body, timeoutSeconds };
	return context.getNodeParameter('responseFormat', itemIndex, 'auto') === 'file'
		? [await callForFile(context, itemIndex, request)]
		: jsonItems([await callForText(context, request)]);
}

/** What the user sets wins over what describes the body, however it is written. */
function withoutDoubles(described: IDataObject, own: IDataObject): IDataObject {
	const names = new Set(Object.keys(own).map((name) => name.toLowerCase()));
	const rest = Object.entries(described).filter(([name]) => !names.has(name.toLowerCase()));
	return { ...Object.fromEntries(rest), ...own };
}

function refusePageParameters(path: string): void {
	const [, name] = PAGE_PARAMETER.exec(path) ?? [];
	if (name === undefined) return;
	throw new UserError(
		`'Query Parameters' cannot set "${name}" while 'Fetch Pages' is on. Use 'Limit' instead`,
	);
}

async function callForText(
	context: IExecuteFunctions,
	request: OneCrmRequest,
): Promise<IDataObject> {
	const answer = await sendRequest(context, request);
	if (isWebPage(answer)) throw noApi(context, request.method, String(answer.body));
	const { statusCode, headers, body } = answer;
	return { statusCode, headers: shownHeaders(headers), body: body as IDataObject };
}

async function callForFile(
	context: IExecuteFunctions,
	itemIndex: number,
	request: OneCrmRequest,
): Promise<OutputItem> {
	const field = readOutputField(context, itemIndex);
	return await receiveFile(context, request, async (answer) => {
		const { statusCode, headers, body } = answer;
		const given = nameFromDisposition(headers['content-disposition']);
		if (given === undefined && isHtml(answer)) {
			const page = (await context.helpers.binaryToBuffer(body)).toString();
			throw noApi(context, request.method, page);
		}
		const [path] = request.path.split('?');
		const mimeType = safeMimeType(headers['content-type']).split(';')[0].trim();
		const file = await context.helpers.prepareBinaryData(
			body,
			given ?? safeFileName(path),
			mimeType,
		);
		return fileItem({ statusCode, headers: shownHeaders(headers) }, field, file);
	});
}

function shownHeaders(headers: IDataObject): IDataObject {
	const shown = Object.entries(headers).filter(([name]) => !SECRET_HEADERS.has(name.toLowerCase()));
	return Object.fromEntries(shown);
}

function isWebPage(answer: OneCrmAnswer): boolean {
	const { body } = answer;
	return typeof body === 'string' && (isHtml(answer) || /^\s*<(!doctype|html)/i.test(body));
}

function isHtml({ headers }: OneCrmAnswer | StreamedAnswer): boolean {
	return String(headers['content-type'] ?? '').includes('text/html');
}

function noApi(context: IExecuteFunctions, method: Method, body: string): NodeApiError {
	return doubtful(method, apiError(context, notOneCrmFailure(body)));
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
