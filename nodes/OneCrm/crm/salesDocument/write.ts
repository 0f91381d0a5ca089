import type { IDataObject } from 'n8n-workflow';

import { asNodeError, errorAfter, isMissing, isUnknown } from '../../http/errors';
import { fetchList } from '../../http/paging';
import { mapConcurrently } from '../../http/parallel';
import type { CrmClient } from '../client';
import { Decimal } from '../decimal';
import { closedRecordsFilter } from '../filters';
import { linkTarget } from '../links';
import type { RecordKey } from '../record';
import { createRecord, deleteRecord, fetchRecord, recordsPath, updateRecord } from '../record';
import type { FieldValues, RecordValues } from '../recordValues';
import { PART_KINDS } from './model';
import type { Draft, Row } from './rows';
import { groupRows, headerAmounts, rowsOfGroup } from './rows';
import { isSameValue } from './sameValue';

export interface WriteDocument {
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
	return await new Writing(crm, work).run();
}

class Writing {
	/** In the order in which they were written. */
	private readonly written: RecordKey[] = [];

	private headerId = '';

	/** Whether rows may be there of which nothing is known. */
	private hasDoubt = false;

	constructor(
		private readonly crm: CrmClient,
		private readonly work: WriteDocument,
	) {}

	private get module(): string {
		return this.work.draft.model.module;
	}

	async run(): Promise<WrittenDocument> {
		this.headerId = await this.writeHeader();
		this.written.push({ module: this.module, id: this.headerId });
		try {
			return await this.writeRest();
		} catch (error) {
			throw await this.afterFailure(error);
		}
	}

	private async writeHeader(): Promise<string> {
		const { draft, header } = this.work;
		const values = { ...header, data: { ...header.data, ...headerAmounts(draft) } };
		try {
			const { id } = await createRecord(this.crm, this.module, values);
			return String(id);
		} catch (error) {
			const found = isUnknown(error) ? await this.findHeader(values.data) : undefined;
			if (found === undefined) throw asNodeError(this.crm.http.node, error);
			return found;
		}
	}

	private async writeRest(): Promise<WrittenDocument> {
		const { crm, headerId } = this;
		const { draft, source } = this.work;
		const record = await this.readHeader();
		const exchangeRate = Decimal.parse(record.exchange_rate);
		const rate =
			exchangeRate === undefined || exchangeRate.isZero ? Decimal.ofUnits(1n, 0) : exchangeRate;

		const groups = await mapConcurrently(
			groupRows(draft, headerId, rate),
			crm.http.slots,
			async (row, group) => await this.writeRow(row, group),
		);
		const rows = groups.flatMap(({ id: groupId }, group) =>
			rowsOfGroup(draft, group, { documentId: headerId, groupId }, rate).map((row) => ({
				row,
				group,
			})),
		);
		const writtenRows = await mapConcurrently(
			rows,
			crm.http.slots,
			async ({ row, group }) => await this.writeRow(row, group),
		);
		if (Object.keys(source).length > 0) {
			const key = { module: this.module, id: headerId };
			await updateRecord(crm, key, { data: source, files: {} });
		}
		return { id: headerId, record, rows: [...groups, ...writtenRows] };
	}

	private async readHeader(): Promise<IDataObject> {
		const { metadata, numberField = '' } = this.work.draft.model;
		const fields = ['exchange_rate', 'prefix', numberField].filter((name) =>
			metadata.fields.has(name),
		);
		const key = { module: this.module, id: this.headerId };
		return await fetchRecord(this.crm, key, { fields });
	}

	private async writeRow(row: Row, group: number): Promise<WrittenRow> {
		const { module } = this.work.draft.model.parts[row.kind];
		const answer = await this.postRow(module, row);
		this.written.push({ module, id: answer });
		return { ...row, id: answer, group };
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
			const found = await this.findRow(row);
			if (found !== undefined) return found;
			this.hasDoubt = true;
			throw asNodeError(this.crm.http.node, error);
		}
	}

	/** The row of which the answer was lost: nothing else has its place in the document. */
	private async findRow({ kind, position, data }: Row): Promise<string | undefined> {
		const { metadata } = this.work.draft.model.parts[kind];
		const fields = ['position', 'line_group_id'].filter((name) => metadata.fields.has(name));
		try {
			const rows = await this.linkedRows(kind, fields);
			const found = rows.find(
				(row) =>
					Number(row.position) === position &&
					(data.line_group_id === undefined || row.line_group_id === data.line_group_id),
			);
			return found === undefined ? undefined : String(found.id);
		} catch {
			return undefined;
		}
	}

	private async linkedRows(kind: Row['kind'], fields: string[]): Promise<IDataObject[]> {
		const { link } = this.work.draft.model.parts[kind];
		return await fetchList(this.crm.http, {
			...linkTarget({ module: this.module, id: this.headerId, link }),
			query: { fields },
			limit: Infinity,
		});
	}

	/**
	 * The header of which the answer was lost: the newest record with all the values that were sent and without groups.
	 * `undefined` unless exactly one is like that.
	 */
	private async findHeader(sent: FieldValues): Promise<string | undefined> {
		const { metadata } = this.work.draft.model;
		const names = Object.keys(sent).filter((name) => metadata.fields.has(name));
		const filters: IDataObject = closedRecordsFilter(metadata);
		if (metadata.filters.has('name') && sent.name) {
			filters.name = sent.name;
			filters['name-operator'] = 'eq';
		}
		try {
			const { records } = await this.crm.http.json({
				method: 'GET',
				path: recordsPath(this.module),
				query: { fields: ['id', ...names], filters, order: 'date_entered DESC', limit: 20 },
			});
			const same = (Array.isArray(records) ? (records as IDataObject[]) : []).filter((record) =>
				names.every((name) => isSameValue(record[name], sent[name])),
			);
			const empty: string[] = [];
			for (const { id } of same) {
				this.headerId = String(id);
				const groups = await this.linkedRows('LineGroup', []);
				if (groups.length === 0) empty.push(this.headerId);
			}
			return empty.length === 1 ? empty[0] : undefined;
		} catch {
			return undefined;
		}
	}

	private async afterFailure(error: unknown): Promise<Error> {
		const { node } = this.crm.http;
		const done = `${this.module} "${this.headerId}" was created only in part`;
		if (this.work.onFailure === 'keep') {
			return errorAfter(node, `${done} and kept (${named(this.written)})`, error);
		}
		const left = await this.undo();
		if (left.length === 0) {
			return errorAfter(node, `${done}, and removed again`, error);
		}
		return errorAfter(node, `${done}. Remove what is left of it: ${named(left)}`, error);
	}

	/** Removes what was written, in reverse, and returns what could not be removed. */
	private async undo(): Promise<RecordKey[]> {
		if (this.hasDoubt) await this.addRowsInDoubt();
		const [header, ...rows] = this.written;
		const left: RecordKey[] = [];
		const remove = async (key: RecordKey): Promise<void> => {
			if (!(await this.isRemoved(key))) left.push(key);
		};
		await mapConcurrently(rows.reverse(), this.crm.http.slots, remove);
		await remove(header);
		return left;
	}

	private async isRemoved(key: RecordKey): Promise<boolean> {
		try {
			await deleteRecord(this.crm, key);
			return true;
		} catch (error) {
			return isMissing(error);
		}
	}

	private async addRowsInDoubt(): Promise<void> {
		const known = new Set(this.written.map(({ id }) => id));
		for (const kind of PART_KINDS) {
			const { module } = this.work.draft.model.parts[kind];
			try {
				const rows = await this.linkedRows(kind, []);
				const unknown = rows.map(({ id }) => String(id)).filter((id) => !known.has(id));
				this.written.push(...unknown.map((id) => ({ module, id })));
			} catch {
				// The error of the request in doubt warns of it already.
			}
		}
	}
}

function named(keys: RecordKey[]): string {
	return keys.map(({ module, id }) => `${module} "${id}"`).join(', ');
}
