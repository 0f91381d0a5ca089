import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { asSecond, secondAfter } from './moment';
import { changedAt, idOf } from './newestFirst';

/** Up to where changes were returned. It is kept as JSON. */
export type ChangeCursor = {
	/** Whatever was changed before this second was returned. In 1CRM's form, `YYYY-MM-DD HH:MM:SS` in UTC. */
	from: string;
	/** The newest second that 1CRM had, and when that was first seen, in milliseconds since 1970. */
	newest: string;
	seenAt: number;
	/** What was returned of the time since, by the second: for each record, two digests in a row. */
	seen: Record<string, string>;
	/** Grows with each run, so that of two cursors the newer one is known. */
	revision: number;
};

/** What n8n keeps for a cursor is no more than 16 characters for each. */
const MOST_REMEMBERED = 10_000;

/**
 * A change can become visible some seconds after the time that it bears: 1CRM notes the time first and stores the
 * record then. So these seconds are read again, and what was returned of them is remembered.
 */
const OVERLAP_MS = 10_000;

/** Once the newest change was read this long ago, by n8n's clock, none that is older or as old can come. */
const SETTLED_MS = 60_000;

const DIGEST_LENGTH = 8;

/** A cursor before everything that was changed at `from` or later. */
export function cursorAt(from: string): ChangeCursor {
	return { from, newest: '', seenAt: 0, seen: {}, revision: 0 };
}

/** A cursor that the changes up to now are behind, by the times of the first page of a list, read at `now`. */
export function cursorBehind(firstTimes: string[], now: number): ChangeCursor {
	const newest = firstTimes.find((time) => time <= asSecond(now));
	const last = newest ?? (firstTimes.length > 0 ? asSecond(now) : '');
	return cursorAt(last === '' ? '' : secondAfter(last, -OVERLAP_MS));
}

interface SeenState {
	/** Digests of the record's id, and of the record. */
	record: string;
	state: string;
	second: string;
}

/** What a cursor has seen. */
function seenStates({ seen }: ChangeCursor): SeenState[] {
	return Object.entries(seen).flatMap(([second, digests]) =>
		Array.from({ length: digests.length / DIGEST_LENGTH / 2 }, (_, index) => {
			const at = 2 * index * DIGEST_LENGTH;
			const record = digests.slice(at, at + DIGEST_LENGTH);
			return { record, state: digests.slice(at + DIGEST_LENGTH).slice(0, DIGEST_LENGTH), second };
		}),
	);
}

function stateOf(record: IDataObject): SeenState {
	const [id, state] = [idOf(record), JSON.stringify(record)].map((text) =>
		createHash('sha256').update(text).digest('base64').slice(0, DIGEST_LENGTH),
	);
	return { record: id, state, second: changedAt(record) };
}

/** Those of the records whose state a cursor has not seen, each with whether it has seen another state of it. */
export function unseen(
	cursor: ChangeCursor,
	records: IDataObject[],
): Array<{ record: IDataObject; isKnown: boolean }> {
	const states = new Map(seenStates(cursor).map(({ record, state }) => [record, state]));
	return records.flatMap((record) => {
		const { record: id, state } = stateOf(record);
		return states.get(id) === state ? [] : [{ record, isKnown: states.has(id) }];
	});
}

/**
 * The cursor behind records that were read from the place of another one on. `firstTimes` are the times of the first
 * page, which was read at `now`.
 *
 * Later times don't count: while further pages were read, a record may have moved to the front, unseen. Times in the
 * future of n8n's clock don't count either: a record may have been imported with one.
 */
export function nextCursor(
	cursor: ChangeCursor,
	records: IDataObject[],
	firstTimes: string[],
	now: number,
): ChangeCursor {
	const newest = firstTimes.find((time) => time <= asSecond(now)) ?? cursor.newest;
	const isKnown = newest === cursor.newest;
	const seenAt = isKnown ? cursor.seenAt : now;
	const isSettled = newest !== '' && now - seenAt >= SETTLED_MS;
	const reached = newest === '' ? '' : secondAfter(newest, isSettled ? 1000 : -OVERLAP_MS);
	const from = reached > cursor.from ? reached : cursor.from;
	const read = records.map(stateOf);
	const isRead = new Set(read.map(({ record }) => record));
	// A record that was on no page, because it moved meanwhile, could be on the next one again.
	const missed = seenStates(cursor).filter(({ record }) => !isRead.has(record));
	const seen: Record<string, string> = {};
	for (const { record, state, second } of [...read, ...missed]) {
		if (second >= from) seen[second] = (seen[second] ?? '') + record + state;
	}
	const next = bounded({ from, newest, seenAt, seen, revision: cursor.revision });
	const isSame = JSON.stringify(next) === JSON.stringify(cursor);
	return isSame ? cursor : { ...next, revision: cursor.revision + 1 };
}

/** Without the oldest seconds, if there is too much to remember. */
function bounded(cursor: ChangeCursor): ChangeCursor {
	let room = MOST_REMEMBERED * 2 * DIGEST_LENGTH;
	const seconds = Object.keys(cursor.seen).sort().reverse();
	const kept = seconds.filter((second) => (room -= cursor.seen[second].length) >= 0);
	if (kept.length === seconds.length) return cursor;
	const seen = Object.fromEntries(kept.map((second) => [second, cursor.seen[second]]));
	// Not later than the newest change, whatever times of the future are remembered.
	const behind = cursor.newest === '' ? cursor.from : secondAfter(cursor.newest, 1000);
	const oldest = kept.at(-1) ?? behind;
	return { ...cursor, seen, from: oldest < behind ? oldest : behind };
}
