import type { Link } from './modules/definition.cts';
import type { LinkData, Store, StoredRecord } from './store.cts';

/** The records behind a link, deleted ones included. */
export function* linkedRecords(
	store: Store,
	module: string,
	row: StoredRecord,
	link: Link,
): Generator<StoredRecord> {
	const { rows } = store.table(link.model);
	if (link.kind === 'join') {
		for (const id of store.linked(link.table, row.id).keys()) {
			const other = rows.get(id);
			if (other) yield other;
		}
		return;
	}
	for (const other of rows.values()) {
		const isLinked =
			link.kind === 'reference'
				? other[link.column] === row.id
				: other.parent_id === row.id && other.parent_type === module;
		if (isLinked) yield other;
	}
}

/** Links another record, with data, or without data removes the link. */
export function setLink(
	store: Store,
	module: string,
	row: StoredRecord,
	link: Link,
	otherId: string,
	data: LinkData | undefined,
): void {
	if (link.kind === 'join') {
		if (data) store.link(link.table, row.id, otherId, data);
		else store.unlink(link.table, row.id, otherId);
		return;
	}
	const other = store.live(link.model, otherId);
	const column = link.kind === 'reference' ? link.column : 'parent_id';
	// Removing a record that is linked elsewhere doesn't affect that link.
	if (!other || (!data && other[column] !== row.id)) return;
	other[column] = data ? row.id : null;
	if (link.kind === 'parent') other.parent_type = data ? module : null;
	store.touch();
}
