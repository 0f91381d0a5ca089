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
