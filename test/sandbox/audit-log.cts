import type { ModuleDefinition } from './modules/definition.cts';
import type { Random } from './random.cts';
import type { StoredRecord } from './store.cts';
import { timestamp } from './values.cts';
import type { Variants } from './variants.cts';

export interface AuditEntry {
	id: string;
	model: string;
	created_by: string;
	date_created: string;
	parent_id: string;
	field_name: string;
	data_type: string;
	before: string | null;
	after: string | null;
	/** When it can be read, in milliseconds since 1970. */
	visibleFrom: number;
	/** Whether the values were personal data that somebody has erased since. */
	erased: boolean;
}

/** What changed in audited fields. */
export class AuditLog {
	/** The oldest first. */
	private readonly entries: AuditEntry[] = [];

	constructor(
		private readonly random: Random,
		private readonly variants: Variants,
	) {}

	/** Notes every audited column in which the row differs from what it was; `{}` for a new one. */
	record(definition: ModuleDefinition, before: Partial<StoredRecord>, after: StoredRecord): void {
		for (const field of Object.values(definition.fields)) {
			if (!field.audited || field.type === 'ref') continue;
			const [old, now] = [before[field.name] ?? null, after[field.name] ?? null];
			if (old === now) continue;
			this.entries.push({
				id: this.random.guid(),
				model: definition.model,
				created_by: after.modified_user_id ?? '',
				date_created: later(after.date_modified ?? '', this.variants.auditDelay),
				parent_id: after.id,
				field_name: field.name,
				data_type: field.type,
				before: old,
				after: now,
				visibleFrom: Date.now() + this.variants.auditLag,
				erased: false,
			});
		}
	}

	/** Forgets the values of these fields of a record, and marks what it said of them. */
	erase(model: string, recordId: string, fieldNames: string[]): void {
		for (const entry of this.of(model, recordId)) {
			if (!fieldNames.includes(entry.field_name)) continue;
			Object.assign(entry, { before: null, after: null, erased: true });
		}
	}

	/** The entries of a module or of one of its records, newest first. */
	of(model: string, recordId?: string): AuditEntry[] {
		const found = this.entries.filter(
			(entry) =>
				entry.model === model &&
				entry.visibleFrom <= Date.now() &&
				(recordId === undefined || entry.parent_id === recordId),
		);
		found.reverse();
		return this.variants.auditTies === 'shuffled' ? found.sort(byTimeAndId) : found;
	}
}

/** As a database has them that sorts by the time alone: the ids are random. */
function byTimeAndId(a: AuditEntry, b: AuditEntry): number {
	if (a.date_created !== b.date_created) return a.date_created < b.date_created ? 1 : -1;
	return a.id < b.id ? -1 : 1;
}

/** A time of 1CRM, some seconds later. */
function later(time: string, seconds: number): string {
	if (seconds === 0 || time === '') return time;
	return timestamp(new Date(Date.parse(`${time.replace(' ', 'T')}Z`) + seconds * 1000));
}
