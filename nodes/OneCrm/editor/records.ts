import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { CrmClient } from '../crm/client';
import { closedRecordsFilter } from '../crm/filters';
import { recordName, recordsPath } from '../crm/record';
import { asNodeError, refusesOrder } from '../http/errors';
import { listOf, totalOf } from '../http/page';
import { chosenModule } from './chosen';

const PAGE_SIZE = 50;

/** What people know a record by. */
const NAME_FIELDS = ['last_name', 'name'];

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

/** The same for the records of one module, whatever module is chosen. */
function searchIn(module: string): typeof searchRecords {
	return async function (filter, paginationToken) {
		return await listRecords(this, module, filter, paginationToken);
	};
}

export const searchDocuments = searchIn('Document');

export const searchInvoices = searchIn('Invoice');

export const searchProducts = searchIn('Product');

async function listRecords(
	context: ILoadOptionsFunctions,
	module: string,
	filter: string | undefined,
	paginationToken: string | undefined,
): Promise<INodeListSearchResult> {
	const offset = Number(paginationToken ?? 0);
	const query = { filter_text: filter || undefined, limit: PAGE_SIZE, offset };
	const answer = await fetchPage(CrmClient.of(context), module, query);
	const records = listOf(answer.records) ?? [];
	const next = offset + records.length;
	const isFull = records.length >= PAGE_SIZE;
	return {
		results: records.map((record) => ({ name: recordName(record), value: String(record.id) })),
		// Not every server says how many there are.
		paginationToken: isFull || next < (totalOf(answer) ?? 0) ? String(next) : undefined,
	};
}

/** Sorted by the id last: otherwise records that tie could be on no page. In the server's order if it refuses that. */
async function fetchPage(crm: CrmClient, module: string, query: IDataObject): Promise<IDataObject> {
	const metadata = await crm.metadata(module);
	const name = NAME_FIELDS.find((field) => metadata.fields.get(field)?.sortable);
	const request = { method: 'GET' as const, path: recordsPath(module) };
	const whole = { ...query, filters: closedRecordsFilter(metadata) };
	try {
		const order = [name, 'id'].filter((field) => field !== undefined).join(', ');
		return await crm.http.json({ ...request, query: { ...whole, order } });
	} catch (error) {
		if (!refusesOrder(error)) throw asNodeError(crm.http.node, error);
		return await crm.http.json({ ...request, query: whole });
	}
}
