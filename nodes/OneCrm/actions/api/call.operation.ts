import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { safeMimeType } from '../../crm/file/mimeType';
import { nameFromDisposition, safeFileName } from '../../crm/file/name';
import { decoded } from '../../http/address';
import type { CrmError } from '../../http/errors';
import { notOneCrmFailure } from '../../http/failure';
import { fetchList } from '../../http/paging';
import type { CrmAnswer, CrmRequest, StreamedAnswer } from '../../http/types';
import { readOutputField, storeFile } from '../../item/files';
import type { Item } from '../../item/item';
import { readLimit } from '../../item/limit';
import { optionsCollection } from '../../item/options';
import type { OutputItem } from '../../item/output';
import { fileItem, jsonItems } from '../../item/output';
import type { Operation } from '../operation';
import { readBody } from './call.body';
import { callProperties, fetchPages, responseFormat } from './call.properties';
import { readHeaders, readMethod, readUrl } from './call.request';

/** Cookies of a session are as good as a login. */
const SECRET_HEADERS = new Set(['set-cookie', 'set-cookie2']);

/** Lists of records, sorted by the ID unless the user sorts them. */
const SORTABLE = /^\/?(api\.php\/)?data\//;
const ORDER_PARAMETER = /[?&]order=/i;

/** Nothing but a record. */
const ONE_RECORD = /^\/?(?:api\.php\/)?data\/[^/?#]+\/[^/?#]+\/?(?:[?#]|$)/;

/** A record or something of it: a link, a linked record. */
const RECORD_PATH = /^\/?(?:api\.php\/)?(?:data|files\/\w+)\/[^/]+\/([^/]+)/;

/** A parameter of the address that says which part of a list is wanted. */
const PAGE_PARAMETER = /[?&](offset|limit)=/i;

/** The headers of the user win over those that describe the body, whatever the case of their names. */
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

async function callForText(item: Item, request: CrmRequest): Promise<IDataObject> {
	const answer = await item.crm.http.send(request);
	if (isWebPage(answer)) throw noApi(item, request, String(answer.body));
	const { statusCode, headers, body } = answer;
	return { statusCode, headers: shownHeaders(headers), body: body as IDataObject };
}

async function callForFile(item: Item, request: CrmRequest): Promise<OutputItem> {
	const field = readOutputField(item);
	return await item.crm.http.receive(request, async (answer) => {
		const { statusCode, headers, body } = answer;
		const given = nameFromDisposition(headers['content-disposition']);
		if (given === undefined && isHtml(answer)) {
			const page = (await item.helpers.binaryToBuffer(body)).toString();
			throw noApi(item, request, page);
		}
		const [path] = request.path.split('?');
		const mimeType = safeMimeType(headers['content-type']).split(';')[0].trim();
		const { file } = await storeFile(item, body, given ?? safeFileName(path), mimeType);
		return fileItem({ statusCode, headers: shownHeaders(headers) }, field, file);
	});
}

function shownHeaders(headers: IDataObject): IDataObject {
	const shown = Object.entries(headers).filter(([name]) => !SECRET_HEADERS.has(name.toLowerCase()));
	return Object.fromEntries(shown);
}

function isWebPage(answer: CrmAnswer): boolean {
	const { body } = answer;
	return typeof body === 'string' && (isHtml(answer) || /^\s*<(!doctype|html)/i.test(body));
}

function isHtml({ headers }: CrmAnswer | StreamedAnswer): boolean {
	return String(headers['content-type'] ?? '').includes('text/html');
}

function noApi({ crm }: Item, { method }: CrmRequest, body: string): CrmError {
	const outcome = method === 'GET' ? 'refused' : 'unknown';
	return crm.http.error(notOneCrmFailure(body), { outcome });
}

/** The record in the path, or else the path; nothing for a request that may make something new. */
function callTargets(item: Item): string[] | undefined {
	const method = readMethod(item);
	if (method === 'GET') return undefined;
	const [path] = readUrl(item).split(/[?#]/);
	const [, record] = RECORD_PATH.exec(path) ?? [];
	if (record !== undefined) return [decoded(record)];
	return method === 'POST' ? [] : [path];
}

export const call: Operation = {
	option: {
		name: 'Call',
		action: 'Call the API',
		description: 'Send any request to the REST API of 1CRM, logged in with the credential',
	},
	properties: [...callProperties, optionsCollection()],
	targets: callTargets,
	async execute(item) {
		const method = readMethod(item);
		const path = readUrl(item);
		const isGet = method === 'GET';
		const { headers: bodyHeaders, ...body } = isGet ? { headers: {} } : await readBody(item);
		const headers = withoutDoubles(bodyHeaders, readHeaders(item));
		if (isGet && item.isOn(fetchPages)) {
			refusePageParameters(path);
			const isOfRecords = SORTABLE.test(path) && !ORDER_PARAMETER.test(path);
			const list = { path, headers, isOfRecords, limit: readLimit(item) };
			return jsonItems(await fetchList(item.crm.http, list));
		}
		const mayBeGone = method === 'DELETE' && ONE_RECORD.test(path);
		const request = { method, path, headers, mayBeGone, ...body };
		return item.oneOf(responseFormat, ['auto', 'file'], 'auto') === 'file'
			? [await callForFile(item, request)]
			: jsonItems([await callForText(item, request)]);
	},
};
