import { AuditLog } from './audit-log.cts';
import { notFound } from './errors.cts';
import { FileStore } from './file-store.cts';
import { Lists } from './list.cts';
import { withFields } from './modules/custom-fields.cts';
import { MODULES } from './modules/modules.cts';
import { Random } from './random.cts';
import { RecordView } from './record-view.cts';
import { Records, type Values } from './records.cts';
import { type LinkData, Store, type StoredRecord } from './store.cts';
import { TokenStore } from './token-store.cts';
import { columnValue } from './values.cts';
import type { Variants } from './variants.cts';
import { Webhooks } from './webhooks.cts';

export const CLIENT_ID = 'sandbox-api-client';
export const CLIENT_SECRET = 'sandbox-api-secret';
/** Where the API client lets browsers return to after the log-in. */
export const REDIRECT_URI = 'https://app.example/callback';
export const ADMIN_ID = '1';
export const PASSWORD = 'sandbox';

/** Everything behind the API: the stored data, and the parts that work on it. */
export class Crm {
	readonly random: Random;

	readonly store: Store;

	readonly files: FileStore;

	readonly audit: AuditLog;

	readonly records: Records;

	readonly view: RecordView;

	readonly lists: Lists;

	readonly tokens: TokenStore;

	readonly webhooks: Webhooks;

	constructor(
		readonly variants: Variants,
		readonly clock: () => Date,
		seed: number,
	) {
		this.random = new Random(seed);
		this.store = new Store(MODULES.map((module) => withFields(module, variants.customFields)));
		this.audit = new AuditLog(this.random, variants);
		this.files = new FileStore(variants);
		const { store, files, audit, random } = this;
		this.records = new Records(store, files, audit, random, clock, variants);
		this.view = new RecordView(this.store, variants);
		this.lists = new Lists(this.store, this.view, variants, clock);
		this.tokens = new TokenStore(CLIENT_ID, variants, clock);
		this.webhooks = new Webhooks(this.random, this.view, variants);
	}

	/**
	 * Stores a record without the API: no webhook is called, and columns that clients can't write, such as `id`
	 * and `date_modified`, are accepted. Returns the id.
	 */
	insert(model: string, values: Values, userId: string): string {
		const { fields } = this.store.table(model).definition;
		const id = values.id === undefined ? this.random.guid() : String(values.id);
		const row = this.records.create(model, values, userId, id);
		for (const [name, value] of Object.entries(values)) {
			const isColumn = fields[name]?.source.type === 'db';
			if (isColumn && fields[name].editable === false) row[name] = columnValue(fields[name], value);
		}
		return id;
	}

	/** Changes a record without the API. */
	update(model: string, id: string, values: Values, userId: string): void {
		this.records.update(model, this.live(model, id), values, userId);
	}

	/** Deletes a record without the API. */
	delete(model: string, id: string, userId: string): void {
		this.records.delete(this.live(model, id), userId);
	}

	private live(model: string, id: string): StoredRecord {
		const row = this.store.live(model, id);
		if (!row) throw notFound();
		return row;
	}

	/** Links two records by a link that is kept as pairs. */
	link(model: string, id: string, name: string, otherId: string): void {
		const link = this.store.table(model).definition.links[name];
		if (link?.kind !== 'join') throw notFound();
		this.store.link(link.table, id, otherId);
	}

	/** The other ends of a link that is kept as pairs. */
	linked(model: string, id: string, name: string): Map<string, LinkData> {
		const link = this.store.table(model).definition.links[name];
		if (link?.kind !== 'join') throw notFound();
		return this.store.linked(link.table, id);
	}
}
