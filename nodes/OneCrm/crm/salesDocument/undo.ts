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
	/** Modules that could not be searched for rows of which the answer was lost. */
	unsearched: string[];
}

/**
 * Removes what was written, the header first in `written`, in reverse: its rows side by side, and then the header, so
 * that it stays to be found by if a row can't be removed. With `hasDoubt`, also rows that nobody knows the ids of.
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

/** Removed or gone already: on some servers, the parts go with something else. */
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
