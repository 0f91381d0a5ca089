import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { chosenModule } from '../module/locator';
import { isJsonObject } from '../transport/answer';
import { totalOf } from '../transport/paging';
import { requestJson } from '../transport/request';
import { recordsPath } from './path';

const PAGE_SIZE = 50;

/**
 * Records of the chosen module for n8n's list, a page at a time, found by the server's own text search.
 * The pagination token is the offset of the next page.
 */
export async function searchRecords(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const module = chosenModule(this);
	if (module === '') return { results: [] };
	return await listRecords(this, module, filter, paginationToken);
}

/** The same for documents, whatever module is chosen. */
export async function searchDocuments(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await listRecords(this, 'Document', filter, paginationToken);
}

async function listRecords(
	context: ILoadOptionsFunctions,
	module: string,
	filter: string | undefined,
	paginationToken: string | undefined,
): Promise<INodeListSearchResult> {
	const offset = Number(paginationToken ?? 0);
	const answer = await requestJson(context, {
		method: 'GET',
		path: recordsPath(module),
		query: { filter_text: filter || undefined, limit: PAGE_SIZE, offset },
	});
	const records = Array.isArray(answer.records) ? answer.records.filter(isJsonObject) : [];
	const next = offset + records.length;
	return {
		results: records.map((record) => ({ name: recordName(record), value: String(record.id) })),
		paginationToken: records.length > 0 && next < (totalOf(answer) ?? 0) ? String(next) : undefined,
	};
}

/** What people call a record: `_display` in lists, which can be null, or its name. */
function recordName({ _display, name, id }: IDataObject): string {
	const label = [_display, name].find((text) => typeof text === 'string' && text !== '');
	return String(label ?? id);
}
