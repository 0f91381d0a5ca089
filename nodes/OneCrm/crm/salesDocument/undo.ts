import { isMissing } from '../../http/errors';
import { mapConcurrently } from '../../http/parallel';
import type { CrmClient } from '../client';
import type { RecordKey } from '../record';
import { deleteRecord } from '../record';
import { PART_KINDS } from './model';
import type { StoredDocument } from './parts';
import { fetchRows } from './parts';

/** What is left of a document that was to be removed. */
interface Remains {
	left: RecordKey[];
	/** Modules that could not be searched for rows whose answer was lost. */
	unsearched: string[];
}

/**
 * Removes what was written: the rows in reverse, side by side, and last the header, which is first in `written`. Until
 * then, rows that are left can be found by it. With `hasDoubt`, rows whose ids nobody knows are removed, too.
 *
 * Never throws: whatever could not be removed is returned.
 */
export async function removeWritten(
	crm: CrmClient,
	document: StoredDocument,
	written: readonly RecordKey[],
	hasDoubt: boolean,
): Promise<Remains> {
	const [header, ...rows] = written;
	const { found, unsearched } = hasDoubt
		? await unknownRows(crm, document, rows)
		: { found: [], unsearched: [] };
	const left: RecordKey[] = [];
	const remove = async (key: RecordKey): Promise<void> => {
		if (!(await isRemoved(crm, key))) left.push(key);
	};
	await mapConcurrently([...rows, ...found].reverse(), crm.http.slots, remove);
	await remove(header);
	return { left, unsearched };
}

/** Whether it was removed, or was gone already: some servers remove parts together with something else. */
async function isRemoved(crm: CrmClient, key: RecordKey): Promise<boolean> {
	try {
		await deleteRecord(crm, key);
		return true;
	} catch (error) {
		return isMissing(error);
	}
}

async function unknownRows(
	crm: CrmClient,
	document: StoredDocument,
	rows: readonly RecordKey[],
): Promise<{ found: RecordKey[]; unsearched: string[] }> {
	const known = new Set(rows.map(({ id }) => id));
	const found: RecordKey[] = [];
	const unsearched: string[] = [];
	for (const kind of PART_KINDS) {
		const { module } = document.model.parts[kind];
		try {
			const ids = (await fetchRows(crm, document, kind, [])).map(({ id }) => String(id));
			found.push(...ids.filter((id) => !known.has(id)).map((id) => ({ module, id })));
		} catch {
			unsearched.push(module);
		}
	}
	return { found, unsearched };
}
