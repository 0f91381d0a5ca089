import { isFileField, linkRevision, writeFile } from './attachments.cts';
import type { AuditLog } from './audit-log.cts';
import { rolesOf } from './column-roles.cts';
import type { FileStore } from './file-store.cts';
import type { ModuleDefinition } from './modules/definition.cts';
import type { Random } from './random.cts';
import type { Store, StoredRecord } from './store.cts';
import { isLeftAlone, takenValue } from './taken-values.cts';
import { timestamp } from './values.cts';
import type { Variants } from './variants.cts';
import { deriveColumns, isWritable, writeField } from './writing.cts';

export type Values = Record<string, unknown>;

/** Creates, changes and deletes records, as the API and as the sandbox's own user do. */
export class Records {
	constructor(
		private readonly store: Store,
		private readonly files: FileStore,
		private readonly audit: AuditLog,
		private readonly random: Random,
		private readonly clock: () => Date,
		private readonly variants: Variants,
	) {}

	create(model: string, values: Values, userId: string, id = this.random.guid()): StoredRecord {
		const table = this.store.table(model);
		const now = timestamp(this.clock());
		const row: StoredRecord = { id, deleted: '0' };
		const { defaults, sequences } = rolesOf(table.definition);
		for (const { name, value } of defaults) row[name] = value;
		for (const name of sequences) row[name] = String(++table.sequence);
		Object.assign(row, {
			assigned_user_id: userId,
			created_by: userId,
			modified_user_id: userId,
			date_entered: now,
			date_modified: now,
		});
		this.write(table.definition, row, values);
		this.store.put(model, row);
		if (model === 'DocumentRevision') linkRevision(this.store, row);
		return row;
	}

	update(model: string, row: StoredRecord, values: Values, userId: string): void {
		const { definition } = this.store.table(model);
		const before = { ...row };
		this.stamp(row, userId);
		this.write(definition, row, values);
		this.store.touch();
		this.audit.record(definition, before, row);
	}

	/** Deleting only marks the row. */
	delete(row: StoredRecord, userId: string): void {
		row.deleted = '1';
		this.stamp(row, userId);
		this.store.touch();
	}

	private stamp(row: StoredRecord, userId: string): void {
		row.date_modified = timestamp(this.clock());
		row.modified_user_id = userId;
	}

	/** Writes the writable fields and silently ignores the rest. */
	private write(definition: ModuleDefinition, row: StoredRecord, values: Values): void {
		for (const [name, value] of Object.entries(values)) {
			if (!isWritable(definition, name, this.variants)) continue;
			const field = definition.fields[name];
			if (isLeftAlone(field, value, this.variants)) continue;
			if (isFileField(field)) {
				writeFile(this.files, definition, row, name, value, (revision) => {
					return this.createRevision(row, revision);
				});
			} else {
				writeField(definition, row, name, takenValue(field, value, this.variants));
			}
		}
		this.takeExchangeRate(definition, row, values);
		deriveColumns(definition, row);
		if (this.variants.switches === '1/null') emptySwitches(definition, row);
	}

	/** The rate of a record whose currency is set is that of the currency, unless it is given too. */
	private takeExchangeRate({ fields }: ModuleDefinition, row: StoredRecord, values: Values): void {
		if (!fields.exchange_rate || values.currency_id === undefined) return;
		if (values.exchange_rate !== undefined) return;
		const currency = this.store.live('Currency', row.currency_id ?? '');
		row.exchange_rate = currency?.conversion_rate ?? '1';
	}

	private createRevision(document: StoredRecord, values: Values): string {
		// A new document is not stored yet while its fields are written.
		this.store.put('Document', document);
		const revision = this.nextRevision(document.id);
		return this.create('DocumentRevision', { revision, ...values }, document.modified_user_id ?? '')
			.id;
	}

	private nextRevision(documentId: string): string {
		const revisions = [...this.store.table('DocumentRevision').rows.values()];
		return String(revisions.filter((row) => row.document_id === documentId).length + 1);
	}
}

function emptySwitches({ fields }: ModuleDefinition, row: StoredRecord): void {
	for (const { name, type } of Object.values(fields)) {
		if (type === 'bool' && name !== 'deleted' && row[name] === '0') row[name] = null;
	}
}
