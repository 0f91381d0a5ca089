import type { ModuleDefinition } from './modules/definition.cts';
import { ApiError } from './errors.cts';

/** A row as stored: columns as texts or null; a column that was never set may be missing. */
export interface StoredRecord {
	id: string;
	/** "1" for a deleted row, which stays stored. */
	deleted: string;
	[column: string]: string | null;
}

export interface Table {
	definition: ModuleDefinition;
	rows: Map<string, StoredRecord>;
	/** The last number of a `sequence_number` column. */
	sequence: number;
}

/** Data of a link between two records, such as a quantity. */
export type LinkData = Record<string, unknown>;

/** All rows of all modules, and the pairs that link them. */
export class Store {
	/** Counts every change, so that whatever was computed from the rows can notice that it is out of date. */
	version = 0;

	private readonly tables = new Map<string, Table>();

	private readonly modules = new Map<string, ModuleDefinition>();

	private readonly pairs = new Map<string, Map<string, Map<string, LinkData>>>();

	private readonly favorites = new Set<string>();

	constructor(definitions: readonly ModuleDefinition[]) {
		for (const definition of definitions) {
			this.tables.set(definition.model, { definition, rows: new Map(), sequence: 0 });
			this.modules.set(definition.module, definition);
		}
	}

	get definitions(): ModuleDefinition[] {
		return [...this.tables.values()].map(({ definition }) => definition);
	}

	/** The table of a model; 1CRM compares the name as written. */
	table(model: string): Table {
		const table = this.tables.get(model);
		if (!table) throw new ApiError(404, `Model ${model} not found`);
		return table;
	}

	/** The model that has this module name in `parent_type`. */
	modelOfModule(module: string): string | undefined {
		return this.modules.get(module)?.model;
	}

	/** A row that is there and not deleted. */
	live(model: string, id: string): StoredRecord | undefined {
		const row = this.tables.get(model)?.rows.get(id);
		return row?.deleted === '0' ? row : undefined;
	}

	put(model: string, row: StoredRecord): void {
		this.table(model).rows.set(row.id, row);
		this.version++;
	}

	/** Notes that a row was changed in place. */
	touch(): void {
		this.version++;
	}

	/** Forgets the rows of a model, and their links: a new row with the same id is another record. */
	clear(model: string): void {
		const { rows } = this.table(model);
		for (const id of rows.keys()) {
			for (const [table, byId] of this.pairs) {
				for (const otherId of [...(byId.get(id)?.keys() ?? [])]) this.unlink(table, id, otherId);
			}
		}
		rows.clear();
		this.version++;
	}

	link(table: string, id: string, otherId: string, data: LinkData = {}): void {
		this.linked(table, id).set(otherId, data);
		this.linked(table, otherId).set(id, data);
		this.version++;
	}

	unlink(table: string, id: string, otherId: string): void {
		this.linked(table, id).delete(otherId);
		this.linked(table, otherId).delete(id);
		this.version++;
	}

	/** The ids linked to this one in a table of pairs, with the data of the links. */
	linked(table: string, id: string): Map<string, LinkData> {
		let byId = this.pairs.get(table);
		if (!byId) this.pairs.set(table, (byId = new Map()));
		let others = byId.get(id);
		if (!others) byId.set(id, (others = new Map()));
		return others;
	}

	/** The linked ids of every id that has some, by table. */
	allLinked(): Record<string, Record<string, string[]>> {
		const tables = [...this.pairs].map(([table, byId]): [string, Record<string, string[]>] => {
			const linked = [...byId].filter(([, others]) => others.size > 0);
			return [table, Object.fromEntries(linked.map(([id, others]) => [id, [...others.keys()]]))];
		});
		return Object.fromEntries(tables);
	}

	setFavorite(userId: string, id: string): void {
		this.favorites.add(`${userId} ${id}`);
		this.version++;
	}

	isFavorite(userId: string, id: string): boolean {
		return this.favorites.has(`${userId} ${id}`);
	}
}
