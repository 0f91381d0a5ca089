import type { ChangeCursor } from '../crm/changeCursor';
import { isJsonObject } from '../http/json';
import type { Item } from './item';

/** Under this name the node's static data have a cursor for each item and module. */
const CURSORS = 'cursors';

/** The cursors of items that no longer come are forgotten in time. */
const MOST_CURSORS = 50;

/** What this n8n process knows of a cursor. */
interface ProcessMemory {
	cursor?: ChangeCursor;
	/** The last run that uses it. */
	using: Promise<unknown>;
}

/** By workflow, node, and the name of the cursor. */
const processMemories = new Map<string, ProcessMemory>();

/**
 * Reads with the cursor of an item, and keeps the one that `read` returns for the next run.
 *
 * n8n hands out the static data when an execution begins and stores them when it ends. So runs at the same moment
 * would all begin at the same place, and the last to end would win. Here each waits for the one before it and goes on
 * where that ended, as long as they are in one process.
 */
export async function withCursor<Result>(
	item: Item,
	module: string,
	read: (
		cursor: ChangeCursor | undefined,
	) => Promise<{ result: Result; cursor: ChangeCursor | undefined }>,
): Promise<Result> {
	const { context } = item.run;
	const name = `${item.index} ${module}`;
	const key = JSON.stringify([context.getWorkflow().id, context.getNode().id, name]);
	const memory = processMemories.get(key) ?? { using: Promise.resolve() };
	processMemories.set(key, memory);
	const using = memory.using.then(async () => {
		const staticData = context.getWorkflowStaticData('node');
		const cursors = isJsonObject(staticData[CURSORS]) ? staticData[CURSORS] : {};
		const known = newer(memory.cursor, readCursor(cursors[name]));
		const { result, cursor } = await read(known);
		memory.cursor = cursor;
		// An unchanged one isn't stored again.
		if (JSON.stringify(cursor) !== JSON.stringify(readCursor(cursors[name]))) {
			const others = Object.entries(cursors).filter(([other]) => other !== name);
			const kept = others.slice(1 - MOST_CURSORS);
			staticData[CURSORS] = { ...Object.fromEntries(kept), [name]: cursor };
		}
		return result;
	});
	memory.using = using.catch(() => undefined);
	return await using;
}

function newer(
	own: ChangeCursor | undefined,
	stored: ChangeCursor | undefined,
): ChangeCursor | undefined {
	return own && own.revision >= (stored?.revision ?? 0) ? own : stored;
}

/** The data are n8n's to store: what has another form counts as none. */
function readCursor(stored: unknown): ChangeCursor | undefined {
	if (!isJsonObject(stored) || typeof stored.from !== 'string') return undefined;
	const { from, newest, seenAt, seen, revision } = stored;
	return {
		from,
		newest: String(newest ?? ''),
		seenAt: Number(seenAt) || 0,
		seen: Object.fromEntries(
			Object.entries(isJsonObject(seen) ? seen : {}).map(([second, ids]) => [second, String(ids)]),
		),
		revision: Number(revision) || 0,
	};
}
