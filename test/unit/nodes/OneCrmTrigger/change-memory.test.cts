import type { IDataObject } from 'n8n-workflow';
import { ChangeMemory } from '../../../../nodes/OneCrmTrigger/changeMemory';

const key = { module: 'Contact', id: '1' };
const time = '2026-07-14 12:00:00';
const stateOf = (title: string): IDataObject => ({ id: '1', title, date_modified: time });

describe('What is remembered of the states of a record', () => {
	it('is each state once, however often it is delivered', () => {
		const memory = new ChangeMemory();
		for (let times = 0; times < 100; times++) memory.noteState(key, stateOf('Head'));
		memory.noteState(key, stateOf('Boss'));
		for (let times = 0; times < 100; times++) memory.noteState(key, stateOf('Head'));
		expect(memory.otherStates(key, stateOf('Boss'))).toEqual({
			before: [stateOf('Head')],
			after: [],
		});
	});

	it('is nothing of a delivery that does not say when the record was changed', () => {
		const memory = new ChangeMemory();
		for (const title of ['Head', 'Boss']) memory.noteState(key, { id: '1', title });
		expect(memory.otherStates(key, { id: '1', title: 'Chief' })).toEqual({ before: [], after: [] });
	});
});

describe('What is remembered of the entries that events were given', () => {
	it('is more than those of a mass update', () => {
		const memory = new ChangeMemory();
		for (let entry = 0; entry < 15_000; entry++) memory.give(`${entry}`, 'first');
		expect(memory.isGivenToAnother('0', 'second')).toBe(true);
		expect(memory.isGivenToAnother('0', 'first')).toBe(false);
	});

	it('has an end', () => {
		const memory = new ChangeMemory();
		for (let entry = 0; entry < 50_000; entry++) memory.give(`${entry}`, 'first');
		expect(memory.isGivenToAnother('0', 'second')).toBe(false);
	});

	it('is nothing of a delivery that n8n could not store, before and after', () => {
		const memory = new ChangeMemory();
		memory.give('before', 'first');
		memory.takeBack('first');
		memory.give('after', 'first');
		expect(['before', 'after'].map((id) => memory.isGivenToAnother(id, 'second'))).toEqual([
			false,
			false,
		]);
	});
});

describe('What is remembered of a record that was told without a look at the log', () => {
	const entry = (date_created: string, created_by = 'them') => ({ date_created, created_by });
	const told = { date_modified: time, modified_user_id: 'them' };

	it.each([
		['earlier', entry('2026-07-14 11:59:59', 'others'), true],
		['at that time', entry(time, 'others'), true],
		['just after, of the same user', entry('2026-07-14 12:00:02'), true],
		['just after, of another user', entry('2026-07-14 12:00:02', 'others'), false],
		['later', entry('2026-07-14 12:00:03'), false],
	])('covers its changes until then: %s', (_, changed, isCovered) => {
		const memory = new ChangeMemory();
		memory.tell(key, told, 'first');
		expect(memory.isToldByAnother(key, changed, 'second')).toBe(isCovered);
		expect(memory.isToldByAnother(key, changed, 'first')).toBe(false);
		expect(memory.isToldByAnother({ ...key, id: '2' }, changed, 'second')).toBe(false);
	});

	it('is the latest time, whatever ends last', () => {
		const memory = new ChangeMemory();
		memory.tell(key, told, 'first');
		memory.tell(key, { ...told, date_modified: '2026-07-14 11:00:00' }, 'second');
		expect(memory.isToldByAnother(key, entry(time), 'third')).toBe(true);
	});

	it('is kept as long as the record is told again', () => {
		const memory = new ChangeMemory();
		for (let number = 0; number < 50_000; number++) {
			if (number % 1000 === 0) memory.tell(key, told, `${number}`);
			memory.tell({ module: 'Contact', id: `other ${number}` }, told, `${number}`);
		}
		expect(memory.isToldByAnother(key, entry(time), 'last')).toBe(true);
	});
});
