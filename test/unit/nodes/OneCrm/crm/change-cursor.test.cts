import type { IDataObject } from 'n8n-workflow';
import type { ChangeCursor } from '../../../../../nodes/OneCrm/crm/changeCursor';
import {
	cursorAt,
	cursorBehind,
	nextCursor,
	unseen,
} from '../../../../../nodes/OneCrm/crm/changeCursor';

const at = (time: string): number => Date.parse(`2026-07-14T${time}Z`);
const second = (time: string): string => `2026-07-14 ${time}`;
const record = (id: string, time: string, rest: IDataObject = {}): IDataObject => ({
	id,
	date_modified: second(time),
	...rest,
});

const START = cursorAt(second('11:00:00'));

/** The cursor after records that were read at a time, the newest on the first page. */
function after(cursor: ChangeCursor, records: IDataObject[], time: string): ChangeCursor {
	const times = records.map(({ date_modified }) => String(date_modified)).sort();
	return nextCursor(cursor, records, times.reverse(), at(time));
}

const idsOf = (found: Array<{ record: IDataObject }>) => found.map(({ record: { id } }) => id);

describe('A cursor at a moment', () => {
	it('has seen nothing, and is the first', () => {
		expect(START).toEqual({
			from: '2026-07-14 11:00:00',
			newest: '',
			seenAt: 0,
			seen: {},
			revision: 0,
		});
	});
});

describe('A cursor behind what there is', () => {
	const behind = (...times: string[]) => cursorBehind(times.map(second), at('12:00:00'));

	it('begins ten seconds before the newest change', () => {
		expect(behind('11:30:20', '11:00:00')).toEqual(cursorAt(second('11:30:10')));
		expect(behind('12:00:00', '11:00:00')).toEqual(cursorAt(second('11:59:50')));
	});

	it('passes over changes of the future', () => {
		expect(behind('23:00:00', '12:00:01', '11:30:20').from).toBe(second('11:30:10'));
	});

	it('begins ten seconds ago if all changes are of the future', () => {
		expect(behind('23:00:00').from).toBe(second('11:59:50'));
	});

	it('begins at the beginning if there are none', () => {
		expect(behind()).toEqual(cursorAt(''));
	});
});

describe('Changes come once', () => {
	const cursor = after(START, [record('a', '11:30:00'), record('b', '11:30:00')], '11:30:05');

	it('as long as the record stays as it is', () => {
		const records = [record('a', '11:30:00'), record('b', '11:30:00'), record('c', '11:30:00')];
		expect(unseen(cursor, records)).toEqual([{ record: records[2], isKnown: false }]);
	});

	it('and again in another state, within the same second, too', () => {
		const changed = record('b', '11:30:00', { name: 'Berg' });
		expect(unseen(cursor, [record('a', '11:30:00'), changed])).toEqual([
			{ record: changed, isKnown: true },
		]);
	});

	it('and in every state that differs from the last', () => {
		const next = after(cursor, [record('a', '11:30:02', { name: 'Berg' })], '11:30:05');
		expect(idsOf(unseen(next, [record('a', '11:30:02', { name: 'Berg' })]))).toEqual([]);
		expect(idsOf(unseen(next, [record('a', '11:30:00')]))).toEqual(['a']);
	});

	it('if none were seen', () => {
		expect(unseen(START, [])).toEqual([]);
		expect(idsOf(unseen(START, [record('a', '11:30:00')]))).toEqual(['a']);
	});
});

describe('The next cursor', () => {
	it('reads the last ten seconds again, and knows what it has seen of them', () => {
		const records = [record('c', '11:30:20'), record('b', '11:30:10'), record('a', '11:30:09')];
		const cursor = after(START, records, '11:30:21');
		expect(cursor).toMatchObject({
			from: second('11:30:10'),
			newest: second('11:30:20'),
			seenAt: at('11:30:21'),
			revision: 1,
		});
		expect(Object.keys(cursor.seen)).toEqual([second('11:30:20'), second('11:30:10')]);
		expect(idsOf(unseen(cursor, records))).toEqual(['a']);
	});

	it('keeps no more of a record than 16 characters', () => {
		const records = ['a', 'b', 'c'].map((id) => record(id, '11:30:00', { name: 'x'.repeat(99) }));
		const { seen } = after(START, records, '11:30:00');
		expect(Object.values(seen).map(({ length }) => length)).toEqual([48]);
	});

	it('is the same as long as nothing changes', () => {
		const records = [record('a', '11:30:00')];
		const cursor = after(START, records, '11:30:05');
		expect(after(cursor, records, '11:31:04')).toBe(cursor);
	});

	it('goes behind the newest change a minute after it was first read', () => {
		const records = [record('a', '11:30:00')];
		const cursor = after(after(START, records, '11:30:05'), records, '11:31:05');
		expect(cursor).toEqual({
			from: second('11:30:01'),
			newest: second('11:30:00'),
			seenAt: at('11:30:05'),
			seen: {},
			revision: 2,
		});
	});

	it('waits for that minute anew after a newer change', () => {
		const cursor = after(START, [record('a', '11:30:00')], '11:30:05');
		const next = after(cursor, [record('b', '11:30:02')], '11:31:10');
		expect(next).toMatchObject({ from: second('11:29:52'), seenAt: at('11:31:10') });
	});

	it('never goes back', () => {
		const cursor = after(START, [record('a', '11:30:20')], '11:30:20');
		expect(nextCursor(cursor, [], [second('11:20:00')], at('11:30:30')).from).toBe(
			second('11:30:10'),
		);
	});

	it('still knows a record that was on no page this time', () => {
		const known = record('a', '11:30:00');
		const cursor = after(START, [known], '11:30:05');
		const next = after(cursor, [record('b', '11:30:00')], '11:30:06');
		expect(idsOf(unseen(next, [known, record('b', '11:30:00')]))).toEqual([]);
		expect(next.revision).toBe(2);
	});

	it('forgets the earlier state of a record that was read again', () => {
		const cursor = after(START, [record('a', '11:30:00')], '11:30:05');
		const next = after(cursor, [record('a', '11:30:02')], '11:30:06');
		expect(Object.keys(next.seen)).toEqual([second('11:30:02')]);
	});

	it('goes no further than the first page, whose times are of the past', () => {
		const records = [record('f', '23:00:00'), record('a', '11:30:00'), record('b', '11:29:00')];
		const cursor = after(START, records, '11:30:05');
		expect(cursor).toMatchObject({ from: second('11:29:50'), newest: second('11:30:00') });
		expect(idsOf(unseen(cursor, records))).toEqual(['b']);
	});

	it('stays where it was if all times are of the future, or none are there', () => {
		const future = [record('f', '23:00:00')];
		const cursor = after(START, future, '12:00:00');
		expect(cursor).toMatchObject({ from: START.from, newest: '', seenAt: 0, revision: 1 });
		expect(unseen(cursor, future)).toEqual([]);
		expect(after(START, [], '12:00:00')).toBe(START);
	});

	it('stays at the beginning of an empty module', () => {
		const empty = cursorAt('');
		expect(after(empty, [], '12:00:00')).toBe(empty);
	});
});

describe('What is remembered has a bound', () => {
	const many = (count: number, time: string, prefix = time): IDataObject[] =>
		Array.from({ length: count }, (_, index) => record(`${prefix} ${index}`, time));
	const sizeOf = ({ seen }: ChangeCursor): number => Object.values(seen).join('').length / 16;

	it('of ten thousand records', () => {
		const records = [...many(4000, '11:30:05'), ...many(6000, '11:30:00')];
		const cursor = after(START, records, '11:30:05');
		expect(sizeOf(cursor)).toBe(10_000);
		expect(cursor.from).toBe(second('11:29:55'));
	});

	it('beyond which the oldest seconds count as settled', () => {
		const records = [
			...many(4000, '11:30:05'),
			...many(1, '11:30:04'),
			...many(5999, '11:30:03'),
			...many(1, '11:30:01'),
			...many(10_000, '11:30:00'),
		];
		const cursor = after(START, records, '11:30:05');
		expect(sizeOf(cursor)).toBe(10_000);
		expect(cursor.from).toBe(second('11:30:03'));
		expect(cursor.newest).toBe(second('11:30:05'));
	});

	it('beyond which a second with more records alone counts as settled, too', () => {
		const cursor = after(START, many(10_001, '11:30:00'), '11:30:05');
		expect(cursor).toMatchObject({ from: second('11:30:01'), seen: {} });
	});

	it('and is never behind the newest change, whatever was imported with a time of the future', () => {
		const records = [...many(9000, '23:00:00'), ...many(2000, '11:30:00')];
		const cursor = after(START, records, '11:30:05');
		expect(sizeOf(cursor)).toBe(9000);
		expect(cursor.from).toBe(second('11:30:01'));
	});

	it('and stays at its place if all times are of the future', () => {
		const cursor = after(START, [...many(9000, '23:00:00'), ...many(2000, '22:00:00')], '11:30:05');
		expect(sizeOf(cursor)).toBe(9000);
		expect(cursor.from).toBe(START.from);
	});
});
