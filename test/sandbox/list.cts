import { filterTests } from './filtering.cts';
import { ordered, orderTerms } from './ordering.cts';
import { listAnswer, type OrderedRows, pageOf } from './paging.cts';
import { mapOf, type PhpQuery, textOf, textsOf } from './php-query.cts';
import { isKnownField, type RecordView } from './record-view.cts';
import type { Store, StoredRecord, Table } from './store.cts';
import { isFlagSet, timestamp } from './values.cts';
import type { Variants } from './variants.cts';

const KEPT_RESULTS = 8;
const NO_ROWS: OrderedRows = { rows: [], ranks: [] };

interface Result {
	version: number;
	rows: OrderedRows;
}

/** Serves lists. Results are kept until something changes, since paging asks for them again. */
export class Lists {
	private readonly results = new Map<string, Result>();

	constructor(
		private readonly store: Store,
		private readonly view: RecordView,
		private readonly variants: Variants,
		private readonly clock: () => Date,
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
		// As observed: a text is taken for one name, however many stand in it.
		const isText = typeof query.fields === 'string';
		const rows = this.rows(table, query, userId, scope, among);
		const isKnown = fields.every((name) => isKnownField(table.definition, name));
		const isServed = isKnown || (!isText && this.variants.unknownFields === 'leftOut');
		const found = isServed ? rows : NO_ROWS;
		const withFavorites = [query.query_favorite, mapOf(query.filters).filter_favorites].some(
			isFlagSet,
		);
		const view = this.view.listed(table.definition, fields);
		const records = pageOf(found, query, this.variants).map((row) => {
			const listed = view(row);
			if (withFavorites) listed.favorite = this.store.isFavorite(userId, row.id) ? '0' : null;
			return listed;
		});
		return listAnswer(records, found.rows, this.variants);
	}

	private rows(
		table: Table,
		query: PhpQuery,
		userId: string,
		scope: string,
		among: () => Iterable<StoredRecord>,
	): OrderedRows {
		const { definition } = table;
		const { filters, filter_text, filter_owner, filter_favorites } = query;
		const order = textOf(query.order) ?? '';
		const { unknownOrder, sortingById, like, multiSelectEquals, unknownOperator } = this.variants;
		const { htmlEntities, joinedValues, linkedTwice, missingOperators } = this.variants;
		const key = JSON.stringify([
			...[definition.model, scope, userId, unknownOrder, sortingById, like, multiSelectEquals],
			...[unknownOperator, missingOperators, htmlEntities, joinedValues, linkedTwice],
			...[order, filters, filter_text, filter_owner, filter_favorites],
			timestamp(this.clock()).slice(0, 10),
		]);
		const kept = this.results.get(key);
		if (kept?.version === this.store.version) return kept.rows;
		const terms = orderTerms(definition, order, this.variants);
		const { store, view, variants, clock } = this;
		const tests = filterTests({ store, view, variants, definition, userId, clock }, query);
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
