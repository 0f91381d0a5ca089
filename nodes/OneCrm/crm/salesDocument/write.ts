import type { IDataObject } from 'n8n-workflow';

import { asNodeError, errorAfter, isUnknown } from '../../http/errors';
import { mapConcurrently } from '../../http/parallel';
import type { CrmClient } from '../client';
import { Decimal } from '../decimal';
import type { RecordKey } from '../record';
import { createRecord, fetchRecord, recordsPath, updateRecord } from '../record';
import type { FieldValues, RecordValues } from '../recordValues';
import { findLostHeader, findLostRow } from './lookUp';
import type { StoredDocument } from './parts';
import type { Draft, Row } from './rows';
import { groupRows, headerValues, rowsOfGroup } from './rows';
import { removeWritten } from './undo';

interface WriteDocument {
	draft: Draft;
	/** The header as it is filled in, without its amounts. */
	header: RecordValues;
	/** References to a source document: written last, because a new document with one gets the source's lines. */
	source: FieldValues;
	onFailure: 'keep' | 'undo';
}

/** A row that was written. */
export interface WrittenRow extends Row {
	id: string;
	/** Its place among the groups. */
	group: number;
}

export interface WrittenDocument {
	id: string;
	/** The header as far as it was read back: its number and exchange rate. */
	record: IDataObject;
	rows: WrittenRow[];
}

/**
 * Writes a document: header, groups, their rows, and the source last. 1CRM has no transactions, so what was written is
 * removed again if a request fails, unless it's to be kept.
 *
 * A lost answer is looked up: nothing is written twice. Throws the error of the request that failed, which says what
 * could not be removed.
 */
export async function writeDocument(crm: CrmClient, work: WriteDocument): Promise<WrittenDocument> {
	const id = await writeHeader(crm, work);
	return await new Writing(crm, work, id).run();
}

/** What happened to headers with the same values, one after the other. */
interface SameHeaders {
	/** Of those that were created. */
	ids: string[];
	/** Why the last one wasn't. */
	error?: unknown;
}

/** Headers with the same values take turns: one whose answer is lost must not be mistaken for another. */
async function writeHeader(crm: CrmClient, { draft, header }: WriteDocument): Promise<string> {
	const { model } = draft;
	const values = { ...header, data: { ...header.data, ...headerValues(draft) } };
	const key = `new ${model.module} ${JSON.stringify(values.data)}`;
	const { ids, error } = await crm.serializeByKey<SameHeaders>([key], async (before) => {
		const known = before?.ids ?? [];
		try {
			const { id } = await createRecord(crm, model.module, values);
			return { ids: [...known, String(id)] };
		} catch (failure) {
			const lost = isUnknown(failure)
				? await findLostHeader(crm, model, values.data, known)
				: undefined;
			return lost === undefined ? { ids: known, error: failure } : { ids: [...known, lost] };
		}
	});
	if (error !== undefined) throw asNodeError(crm.http.node, error);
	return ids[ids.length - 1];
}

class Writing {
	/** In the order in which they were written, the header first. */
	private readonly written: RecordKey[];

	private readonly document: StoredDocument;

	/** Whether there may be rows that nothing is known of. */
	private hasDoubt = false;

	constructor(
		private readonly crm: CrmClient,
		private readonly work: WriteDocument,
		id: string,
	) {
		const { model } = work.draft;
		this.document = { model, id };
		this.written = [this.header];
	}

	private get header(): RecordKey {
		const { model, id } = this.document;
		return { module: model.module, id };
	}

	async run(): Promise<WrittenDocument> {
		try {
			return await this.writeRows();
		} catch (error) {
			throw await this.afterFailure(error);
		}
	}

	private async writeRows(): Promise<WrittenDocument> {
		const { id } = this.header;
		const { draft, source } = this.work;
		const record = await this.readHeader();
		const exchangeRate = Decimal.parse(record.exchange_rate);
		const rate =
			exchangeRate === undefined || exchangeRate.isZero ? Decimal.ofUnits(1n, 0) : exchangeRate;

		const groups = await mapConcurrently(
			groupRows(draft, id, rate),
			this.crm.http.slots,
			async (row, group) => await this.writeRow(row, group),
		);
		const rows = groups.flatMap(({ id: groupId }, group) =>
			rowsOfGroup(draft, group, { documentId: id, groupId }, rate).map((row) => ({ row, group })),
		);
		const writtenRows = await mapConcurrently(
			rows,
			this.crm.http.slots,
			async ({ row, group }) => await this.writeRow(row, group),
		);
		if (Object.keys(source).length > 0) {
			await updateRecord(this.crm, this.header, { data: source, files: {} });
		}
		return { id, record, rows: [...groups, ...writtenRows] };
	}

	private async readHeader(): Promise<IDataObject> {
		const { metadata, numberField = '' } = this.document.model;
		const fields = ['exchange_rate', 'prefix', numberField].filter((name) =>
			metadata.fields.has(name),
		);
		return await fetchRecord(this.crm, this.header, { fields });
	}

	private async writeRow(row: Row, group: number): Promise<WrittenRow> {
		const { module } = this.document.model.parts[row.kind];
		const id = await this.postRow(module, row);
		this.written.push({ module, id });
		return { ...row, id, group };
	}

	private async postRow(module: string, row: Row): Promise<string> {
		try {
			const { id } = await this.crm.http.json({
				method: 'POST',
				path: recordsPath(module),
				body: { data: row.data },
			});
			if (typeof id === 'string' && id !== '') return id;
			throw this.crm.http.error(
				{ message: `1CRM answered without the ID of a new ${module}` },
				{ outcome: 'unknown' },
			);
		} catch (error) {
			if (!isUnknown(error)) throw asNodeError(this.crm.http.node, error);
			const found = await findLostRow(this.crm, this.document, row);
			if (found !== undefined) return found;
			this.hasDoubt = true;
			throw asNodeError(this.crm.http.node, error);
		}
	}

	private async afterFailure(error: unknown): Promise<Error> {
		const { node } = this.crm.http;
		const done = `${this.header.module} "${this.header.id}" was created only in part`;
		if (this.work.onFailure === 'keep') {
			return errorAfter(node, `${done} and kept (${named(this.written)})`, error);
		}
		const { crm, document, written, hasDoubt } = this;
		const { left, unsearched } = await removeWritten(crm, document, written, hasDoubt);
		const outcome = left.length === 0 ? ', and removed again' : '';
		const remains = left.length === 0 ? '' : `. Remove what is left of it: ${named(left)}`;
		const doubt = unsearched.length === 0 ? '' : `. It may also have left ${unsearched.join(', ')}`;
		return errorAfter(node, `${done}${outcome}${remains}${doubt}`, error);
	}
}

function named(keys: RecordKey[]): string {
	return keys.map(({ module, id }) => `${module} "${id}"`).join(', ');
}
