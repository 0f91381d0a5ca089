import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { asSecond, secondAfter } from './moment';
import { changedAt, idOf } from './newestFirst';

/** Up to where changes were returned. It is kept as JSON. */
export type ChangeCursor = {
	/** All changes before this second were returned. In 1CRM's form, `YYYY-MM-DD HH:MM:SS` in UTC. */
	from: string;
	/** The newest second that 1CRM had, and when that was first seen, in milliseconds since 1970. */
	newest: string;
	seenAt: number;
	/** What was returned since then, by second: two digests in a row for each record. */
	seen: Record<string, string>;
	/** Grows whenever the cursor changes, to tell the newer of two cursors. */
	revision: number;
};

/** How many records a cursor remembers at most. n8n keeps 16 characters for each. */
const MOST_REMEMBERED = 10_000;

/**
 * A change can become visible some seconds after the time that it bears: 1CRM first notes the time and then stores the
 * record. So these seconds are read again, and what was returned of them is remembered.
 */
const OVERLAP_MS = 10_000;

/** Once the newest change was read this long ago, by n8n's clock, no change that is as old or older can come. */
const SETTLED_MS = 60_000;

const DIGEST_LENGTH = 8;

/** A cursor before everything that was changed at `from` or later. */
export function cursorAt(from: string): ChangeCursor {
	return { from, newest: '', seenAt: 0, seen: {}, revision: 0 };
}

/** A cursor after the changes up to now, by the times on the first page of a list, which was read at `now`. */
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

/** The records in a state that a cursor hasn't seen. `isKnown` says whether it has seen them in another one. */
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
 * The cursor after `records`, which were read from the place of `cursor` on. `firstTimes` are the times of the first
 * page, which was read at `now`.
 *
 * The times of further pages don't count: while those were read, a record may have moved to the front, unseen. Times in
 * the future of n8n's clock don't count either: a record may have been imported with one.
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
	const isSettled = now - seenAt >= SETTLED_MS;
	const reached = newest === '' ? '' : secondAfter(newest, isSettled ? 1000 : -OVERLAP_MS);
	const from = reached > cursor.from ? reached : cursor.from;
	const read = records.map(stateOf);
	const isRead = new Set(read.map(({ record }) => record));
	// A record that moved meanwhile, and so was on no page, can be on one again the next time.
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
	// Not after the newest change, even if times in the future are remembered.
	const behind = cursor.newest === '' ? cursor.from : secondAfter(cursor.newest, 1000);
	const oldest = kept.at(-1) ?? behind;
	return { ...cursor, seen, from: oldest < behind ? oldest : behind };
}
