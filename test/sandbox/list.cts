import { filterTests } from './filtering.cts';
import { ordered, orderTerms } from './ordering.cts';
import { pageOf } from './paging.cts';
import { type PhpQuery, textOf, textsOf } from './php-query.cts';
import { isKnownField, type RecordView, type ViewedRecord } from './record-view.cts';
import type { Store, StoredRecord, Table } from './store.cts';
import { isFlagSet } from './values.cts';
import type { Variants } from './variants.cts';

const KEPT_RESULTS = 8;

interface Result {
	version: number;
	rows: StoredRecord[];
}

/** Serves lists. Results are kept until something changes, since paging asks for them again. */
export class Lists {
	private readonly results = new Map<string, Result>();

	constructor(
		private readonly store: Store,
		private readonly view: RecordView,
		private readonly variants: Variants,
	) {}

	/** A page of the table's records, or of `among`, which `scope` names. */
	page(
		table: Table,
		query: PhpQuery,
		userId: string,
		scope = '',
		among: () => Iterable<StoredRecord> = () => table.rows.values(),
	): Record<string, unknown> {
		const fields = textsOf(query.fields);
		const rows = this.rows(table, query, userId, scope, among);
		// As observed: a list asked for a field that does not exist comes back empty.
		const found = fields.every((name) => isKnownField(table.definition, name)) ? rows : [];
		const withFavorites = isFlagSet(query.query_favorite);
		const records = pageOf(found, query, this.variants).map((row) => {
			const listed: ViewedRecord = this.view.listed(table.definition, row, fields);
			if (withFavorites) listed.favorite = this.store.isFavorite(userId, row.id) ? '0' : null;
			return listed;
		});
		return { records, [this.variants.totalKey]: found.length };
	}

	private rows(
		table: Table,
		query: PhpQuery,
		userId: string,
		scope: string,
		among: () => Iterable<StoredRecord>,
	): StoredRecord[] {
		const { definition } = table;
		const { filters, filter_text, filter_owner, filter_favorites } = query;
		const order = textOf(query.order) ?? '';
		const { unknownOrder, like, multiSelectEquals } = this.variants;
		const key = JSON.stringify([
			...[definition.model, scope, userId, unknownOrder, like, multiSelectEquals],
			...[order, filters, filter_text, filter_owner, filter_favorites],
		]);
		const kept = this.results.get(key);
		if (kept?.version === this.store.version) return kept.rows;
		const terms = orderTerms(definition, order, this.variants.unknownOrder);
		const { store, view, variants } = this;
		const tests = filterTests({ store, view, variants, definition, userId }, query);
		const found: StoredRecord[] = [];
		for (const row of among()) {
			if (row.deleted === '0' && tests.every((test) => test(row))) found.push(row);
		}
		const rows = ordered(found, terms, definition, this.view);
		this.results.delete(key);
		if (this.results.size >= KEPT_RESULTS) {
			const [oldest] = this.results.keys();
			this.results.delete(oldest);
		}
		this.results.set(key, { version: this.store.version, rows });
		return rows;
	}
}
