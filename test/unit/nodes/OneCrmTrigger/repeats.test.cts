import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { EventIdentity } from '../../../../nodes/OneCrmTrigger/repeats';
import { isRepeated } from '../../../../nodes/OneCrmTrigger/repeats';
import { CASES } from '../cases.cts';

const EVENT: EventIdentity = {
	module: 'Lead',
	recordId: '1',
	event: 'updated',
	dateModified: '2026-07-14 09:30:00',
};

describe('isRepeated', () => {
	it('knows an event again, and tells it from every other one', () => {
		const staticData: IDataObject = {};
		expect(isRepeated(staticData, EVENT)).toBe(false);
		expect(isRepeated(staticData, EVENT)).toBe(true);
		for (const other of [
			{ module: 'Contact' },
			{ recordId: '2' },
			{ event: 'created' },
			{ dateModified: '2026-07-14 09:30:01' },
		]) {
			expect(isRepeated(staticData, { ...EVENT, ...other })).toBe(false);
		}
		expect(isRepeated(staticData, EVENT)).toBe(true);
	});

	it('does not mix up events whose parts run together', () => {
		const together: IDataObject = {};
		isRepeated(together, { ...EVENT, module: 'Lead1', recordId: '2' });
		expect(isRepeated(together, { ...EVENT, module: 'Lead', recordId: '12' })).toBe(false);

		const part = fc.stringMatching(/^[a",]{0,2}$/);
		const identity = fc.record({
			module: part,
			recordId: part,
			event: part,
			dateModified: part.map((text) => `${text}0`),
		});
		fc.assert(
			fc.property(identity, identity, (first, second) => {
				const staticData: IDataObject = {};
				isRepeated(staticData, first);
				const isSame = JSON.stringify(first) === JSON.stringify(second);
				expect(isRepeated(staticData, second)).toBe(isSame);
			}),
			CASES,
		);
	});

	it.each([undefined, null, '', 5, {}])(
		'takes every event at the time %j for new',
		(dateModified) => {
			const staticData: IDataObject = {};
			expect(isRepeated(staticData, { ...EVENT, dateModified })).toBe(false);
			expect(isRepeated(staticData, { ...EVENT, dateModified })).toBe(false);
			expect(staticData).toEqual({});
		},
	);

	it('remembers the last thousand, in less than 40 KB', () => {
		const staticData: IDataObject = {};
		const see = (recordId: number) =>
			isRepeated(staticData, { ...EVENT, recordId: String(recordId) });
		for (let recordId = 0; recordId <= 1000; recordId++) see(recordId);
		expect(see(1000)).toBe(true);
		expect(see(1)).toBe(true);
		expect(see(0)).toBe(false);
		expect(JSON.stringify(staticData).length).toBeLessThan(40_000);
	});

	it('starts anew where n8n stored something else', () => {
		const staticData: IDataObject = { seenEvents: 'x' };
		expect(isRepeated(staticData, EVENT)).toBe(false);
		expect(isRepeated(staticData, EVENT)).toBe(true);
	});
});
