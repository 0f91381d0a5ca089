import type { Crm } from './crm.cts';

/** Everything that a sandbox contains, in a form that can be compared with another one. */
export interface Contents {
	/** The rows of each model, deleted ones too. */
	records: Record<string, unknown[]>;
	/** The linked ids by link table and id. */
	links: Record<string, Record<string, string[]>>;
	/** The files by the id of the record they belong to, as sums of their content. */
	files: Record<string, string>;
	/** Of unused uploads, whose ids are never the same twice. */
	uploads: string[];
}

/** A copy, which later changes don't affect. */
export function contentsOf({ store, files }: Crm): Contents {
	const records = store.definitions.map(({ model }): [string, unknown[]] => [
		model,
		[...store.table(model).rows.values()].map((row) => ({ ...row })),
	]);
	const sums = [...files.attachments].map(([id, { sha256 }]): [string, string] => [id, sha256]);
	return {
		records: Object.fromEntries(records),
		links: store.allLinked(),
		files: Object.fromEntries(sums),
		uploads: [...files.incoming.values()].map(({ sha256 }) => sha256).sort(),
	};
}
