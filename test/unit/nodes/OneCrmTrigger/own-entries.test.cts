import type { IDataObject } from 'n8n-workflow';

import { ownEntries } from '../../../../nodes/OneCrmTrigger/ownEntries';

/** An entry as the log has it: field, value before and after, and user. */
function entry(field: string, before: string | null, after: string | null, user = '1') {
	return {
		id: `${field} ${before} ${after}`,
		field_name: field,
		created_by: user,
		before_value_string: before,
		after_value_string: after,
	};
}

const idsOf = (own: IDataObject[]) => own.map(({ id }) => id);

const T1 = entry('title', null, 'T1');
const D1 = entry('department', null, 'D1');
const T2 = entry('title', 'T1', 'T2');
const D2 = entry('department', 'D1', 'D2');

const NONE = { before: [], after: [] };
const before = (...states: IDataObject[]) => ({ before: states, after: [] });
const after = (...states: IDataObject[]) => ({ before: [], after: states });

const AFTER_T1 = { title: 'T1', department: null };
const AFTER_D1 = { title: 'T1', department: 'D1' };
const AFTER_T2 = { title: 'T2', department: 'D1' };

describe('The entries of an event', () => {
	it.each([
		['the first', AFTER_T1, [AFTER_D1, AFTER_T2], [T1]],
		['one in the middle', AFTER_D1, [AFTER_T1, AFTER_T2], [D1]],
		['the last', AFTER_T2, [AFTER_T1, AFTER_D1], [T2]],
		['the last, if only the one before it is known', AFTER_T2, [AFTER_D1], [T2]],
		['the first, if no other is known', AFTER_T1, [], [T1]],
		['one whose predecessor is unknown', AFTER_T2, [AFTER_T1], [D1, T2]],
	])('are told by the states: %s', (_, state, others, expected) => {
		for (const arrived of [before, after]) {
			for (const log of [
				[T1, D1, T2, D2],
				[T1, T2, D1, D2],
				[D1, D2, T1, T2],
			]) {
				const { own, isComplete } = ownEntries(log, state, arrived(...others));
				expect(idsOf(own).sort()).toEqual(idsOf(expected).sort());
				expect(isComplete).toBe(true);
			}
		}
	});

	it('are told in any order of the entries within the second', () => {
		for (const log of [
			[T2, T1, D2, D1],
			[D2, T2, D1, T1],
		]) {
			expect(idsOf(ownEntries(log, AFTER_T2, after(AFTER_D1)).own)).toEqual([T2.id]);
			expect(idsOf(ownEntries(log, AFTER_D1, after(AFTER_T1)).own)).toEqual([D1.id]);
		}
	});

	it('are those of one user', () => {
		const byAnother = entry('department', null, 'D1', '2');
		expect(idsOf(ownEntries([byAnother, T1], AFTER_D1, NONE).own)).toEqual([T1.id]);
	});

	it('are those of the last time that a field took its value', () => {
		const back = entry('title', 'T1', null);
		const again = entry('title', null, 'T1');
		const { own } = ownEntries([T1, back, again], AFTER_T1, NONE);
		expect(own).toEqual([again]);
	});

	it('may be none', () => {
		expect(ownEntries([], AFTER_T1, NONE)).toEqual({ own: [], isComplete: true });
		expect(ownEntries([T1], { title: null }, NONE).own).toEqual([]);
	});

	it('belong to the first to arrive of two events that differ in nothing that the log has', () => {
		expect(ownEntries([T1], AFTER_D1, before(AFTER_T1)).own).toEqual([]);
		expect(ownEntries([T1], AFTER_T1, after(AFTER_D1)).own).toEqual([T1]);
	});

	it('are not all in the log yet if it lacks a value of the state', () => {
		expect(ownEntries([T1, D1], AFTER_T2, NONE).isComplete).toBe(false);
		expect(ownEntries([T1, D1], { title: 'T1' }, NONE).isComplete).toBe(true);
	});

	it.each([
		[true, '1'],
		[false, '0'],
		[12.5, '12.500'],
		['', null],
	])('are told by values in any form: %j and %j', (delivered, logged) => {
		const change = entry('value', 'x', logged);
		const { own, isComplete } = ownEntries([change], { value: delivered }, NONE);
		expect([own, isComplete]).toEqual([[change], true]);
	});
});
