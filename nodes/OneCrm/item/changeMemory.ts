import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { ChangeCursor } from '../crm/changeCursor';
import { isJsonObject } from '../http/json';
import type { Item } from './item';

/** Under this name the node's static data have a cursor for each item and module. */
const CURSORS = 'cursors';

/**
 * How many cursors are kept beside those of a run's items: of other runs in a loop, and of items that no longer come.
 */
const MOST_OTHERS = 500;

const MOST_NOTED = 1000;

/** What this n8n process knows of a cursor. */
interface ProcessMemory {
	cursor?: ChangeCursor;
	/** The last run that uses it. */
	using: Promise<unknown>;
}

/** By workflow, node, and the name of the cursor. */
const processMemories = new Map<string, ProcessMemory>();

/**
 * Reads with the cursor of an item, or else with `start`, and keeps for the next run the cursor that `read` returns.
 * Throws a `UserError` if there is neither, although an earlier run has kept a cursor.
 *
 * n8n hands out the static data when an execution begins and stores them when it ends. So runs at the same moment would
 * all begin at the same place, and the last to end would win. Here each waits for the one before it and goes on where
 * that ended, as long as they are in one process.
 */
export async function withCursor<Result>(
	item: Item,
	module: string,
	start: ChangeCursor | undefined,
	read: (cursor: ChangeCursor | undefined) => Promise<{ result: Result; cursor: ChangeCursor }>,
): Promise<Result> {
	const { context } = item.run;
	const name = `${item.index} ${module}`;
	const key = JSON.stringify([context.getWorkflow().id, context.getNode().id, name]);
	const memory = processMemories.get(key) ?? { using: Promise.resolve() };
	processMemories.set(key, memory);
	const takeTurn = async <Done>(work: () => Promise<Done>): Promise<Done> => {
		const using = memory.using.then(work);
		memory.using = using.catch(() => undefined);
		return await using;
	};
	const staticData = context.getWorkflowStaticData('node');
	const storedCursor = (): ChangeCursor | undefined => readCursor(cursorsIn(staticData)[name]);
	const keep = (cursor: ChangeCursor): void => {
		memory.cursor = cursor;
		// The cursors of other items may have changed meanwhile.
		const cursors = cursorsIn(staticData);
		const most = MOST_OTHERS + item.run.inputs.length;
		// An unchanged cursor isn't stored again, unless it has to be among the newest.
		const isFull = Object.keys(cursors).length >= most;
		if (isFull || JSON.stringify(cursor) !== JSON.stringify(storedCursor())) {
			const others = Object.entries(cursors).filter(([other]) => other !== name);
			staticData[CURSORS] = { ...Object.fromEntries(others.slice(1 - most)), [name]: cursor };
		}
	};
	return await takeTurn(async () => {
		const known = newer(memory.cursor, storedCursor()) ?? start;
		const { result, cursor } = await read(known);
		if (known === undefined) await noteFirstRun(context, name);
		keep(cursor);
		// A first run has returned nothing that could come again.
		if (known !== undefined && cursor !== known) {
			item.run.undoings.push(
				async () => await takeTurn(async () => keep(before(known, cursor, memory.cursor))),
			);
		}
		return result;
	});
}

/**
 * The cursor for what was read from `known` to `moved`, to be read again, with a revision after that of `last`. If another
 * run has gone on or back meanwhile, changes can come twice, but none is missed.
 */
function before(
	known: ChangeCursor,
	moved: ChangeCursor,
	last: ChangeCursor = moved,
): ChangeCursor {
	const place = last === moved ? known : { ...(last.from < known.from ? last : known), seen: {} };
	return { ...place, revision: last.revision + 1 };
}

function cursorsIn({ [CURSORS]: cursors }: IDataObject): IDataObject {
	return isJsonObject(cursors) ? cursors : {};
}

/** Each note waits for the one before it: n8n reads and writes all notes of a node as a whole. */
let lastNoted: Promise<unknown> = Promise.resolve();

/**
 * Notes in n8n's database that a cursor begins after the newest change, and throws if that was noted before: changes
 * since then would be missed in silence. n8n 2.41 gives no static data to workers, and none to the retry of an
 * execution with its original workflow.
 */
async function noteFirstRun(context: IExecuteFunctions, name: string): Promise<void> {
	// Static data belong to the name of a node, notes to its ID.
	const noted = `${context.getNode().name} ${name}`;
	const options = { mode: 'entries' as const, maxEntries: MOST_NOTED };
	const noting = lastNoted
		.then(async () => await context.helpers.checkProcessedAndRecord([noted], 'node', options))
		// Not every n8n can note it.
		.catch(() => ({ processed: [] }));
	lastNoted = noting;
	if ((await noting).processed.length === 0) return;
	throw new UserError(
		"n8n no longer has what the last run of this node remembered, so changes may have been missed. Set 'Start From' to a time before the last run",
	);
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
