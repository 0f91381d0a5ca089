import type { IDataObject } from 'n8n-workflow';
import {
	type Handover,
	handOver,
	newHandover,
	readHandover,
	withoutHandover,
} from '../../../../nodes/OneCrmTrigger/handover';

const FIELDS: IDataObject = { id: 'l1', status: 'Open', tags: ['a'], city: null };
const HANDOVER: Handover = {
	delivery: 'd1',
	others: {
		before: [{ ...FIELDS, status: 'New' }],
		after: [
			{ ...FIELDS, tags: ['a', 'b'], city: 'Bonn' },
			{ ...FIELDS, status: 'Lost' },
		],
	},
	given: ['e1', 'e2'],
	arrivedAt: 1_780_000_000_000,
};
const CARRIED = {
	...{ delivery: 'd1', given: ['e1', 'e2'], arrivedAt: 1_780_000_000_000 },
	before: [{ status: 'New' }],
	after: [{ tags: ['a', 'b'], city: 'Bonn' }, { status: 'Lost' }],
};

it('an event that has just arrived knows no other one', () => {
	const began = Date.now();
	const handover = newHandover();
	expect(handover).toMatchObject({ others: { before: [], after: [] }, given: [] });
	expect(handover.arrivedAt).toBeGreaterThanOrEqual(began);
	expect(handover.delivery).not.toBe(newHandover().delivery);
});

it('an item carries only what other states have different', () => {
	expect(handOver(HANDOVER, FIELDS)).toEqual({ handover: CARRIED });
});

it('what an item carries comes out as it was', () => {
	const json = { ...FIELDS, ...handOver(HANDOVER, FIELDS) };
	expect(readHandover(json, FIELDS)).toEqual(HANDOVER);
	expect(withoutHandover(json)).toEqual(FIELDS);
	expect(json).toHaveProperty('handover');
});

it.each<[string, unknown]>([
	['nothing', undefined],
	['a text', 'handover'],
	['other things', { delivery: 1, before: 'x', after: [null, 'x'], given: 'e1', arrivedAt: '5' }],
])('an item that carries %s has the handover of a new event', (_, handover) => {
	const began = Date.now();
	const read = readHandover({ ...FIELDS, handover } as IDataObject, FIELDS);
	expect(read).toMatchObject({ others: { before: [], after: [] }, given: [] });
	expect(read.delivery).toMatch(/^[0-9a-f-]{36}$/);
	expect(read.arrivedAt).toBeGreaterThanOrEqual(began);
});
