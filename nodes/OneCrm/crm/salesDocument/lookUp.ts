import type { IDataObject } from 'n8n-workflow';

import { listOf } from '../../http/page';
import type { CrmClient } from '../client';
import { closedRecordsFilter } from '../filters';
import { recordsPath } from '../record';
import type { FieldValues } from '../recordValues';
import type { DocumentModel } from './model';
import { isComputedField } from './model';
import type { StoredDocument } from './parts';
import { fetchRows } from './parts';
import type { Row } from './rows';
import { isSameValue } from './sameValue';

/** How many of the newest headers are compared with the one whose answer was lost. */
const NEWEST = 20;

/** The id of a row whose answer was lost: nothing else has its place in the document. Never throws. */
export async function findLostRow(
	crm: CrmClient,
	document: StoredDocument,
	{ kind, position, data }: Row,
): Promise<string | undefined> {
	try {
		const rows = await fetchRows(crm, document, kind, ['position', 'line_group_id']);
		const found = rows.filter(
			(row) =>
				Number(row.position) === position &&
				(kind === 'LineGroup' || row.line_group_id === data.line_group_id),
		);
		return found.length === 1 ? String(found[0].id) : undefined;
	} catch {
		return undefined;
	}
}

/**
 * The id of a header whose answer was lost: of the newest records, the only one that has all the values that were sent,
 * has no groups, and isn't among `known`. Its amounts don't count, because a server may calculate them. Never throws:
 * `undefined` means that it can't be told.
 */
export async function findLostHeader(
	crm: CrmClient,
	model: DocumentModel,
	sent: FieldValues,
	known: readonly string[],
): Promise<string | undefined> {
	const { module, metadata } = model;
	const names = Object.keys(sent).filter(
		(name) => metadata.fields.has(name) && !isComputedField(name),
	);
	const filters: IDataObject = closedRecordsFilter(metadata);
	if (metadata.filters.has('name') && sent.name) {
		filters.name = sent.name;
		filters['name-operator'] = 'eq';
	}
	try {
		const { records } = await crm.http.json({
			method: 'GET',
			path: recordsPath(module),
			query: { fields: ['id', ...names], filters, order: 'date_entered DESC', limit: NEWEST },
		});
		const candidates = (listOf(records) ?? [])
			.filter((record) => names.every((name) => isSameValue(record[name], sent[name])))
			.map(({ id }) => String(id))
			.filter((id) => !known.includes(id));
		const empty: string[] = [];
		for (const id of candidates) {
			const groups = await fetchRows(crm, { model, id }, 'LineGroup', []);
			if (groups.length === 0) empty.push(id);
		}
		return empty.length === 1 ? empty[0] : undefined;
	} catch {
		return undefined;
	}
}
