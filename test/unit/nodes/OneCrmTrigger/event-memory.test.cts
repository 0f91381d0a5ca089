import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { EventIdentity } from '../../../../nodes/OneCrmTrigger/eventIdentity';
import { TriggerMemory } from '../../../../nodes/OneCrmTrigger/memory';
import { CASES } from '../cases.cts';

const CHANGED = '2026-07-14 09:30:00';

const EVENT: EventIdentity = {
	module: 'Lead',
	recordId: '1',
	event: 'updated',
	record: { id: '1', status: 'New', date_modified: CHANGED },
};

const isRepeated = (
	staticData: IDataObject,
	where: string | undefined,
	event: EventIdentity,
): boolean => new TriggerMemory(staticData, where).isRepeated(event);

const noteStoring = (where: string | undefined, event: EventIdentity, storing: Promise<boolean>) =>
	new TriggerMemory({}, where).noteStoring(event, storing);

const isStored = async (where: string | undefined, event: EventIdentity) =>
	await new TriggerMemory({}, where).isStored(event);

const stored = (staticData: IDataObject) => JSON.parse(JSON.stringify(staticData)) as IDataObject;

/** An address that no other test has used. */
let address: string;
let addresses = 0;
beforeEach(() => {
	address = `https://n8n.example.com/webhook/${++addresses}/webhook`;
});

describe('isRepeated', () => {
	it.each([
		['in a test run', () => undefined],
		['in production', () => address],
	])('knows an event again, and tells it from every other one, %s', (_, where) => {
		const staticData: IDataObject = {};
		const isKnown = (event: EventIdentity) => isRepeated(staticData, where(), event);
		expect(isKnown(EVENT)).toBe(false);
		expect(isKnown(EVENT)).toBe(true);
		for (const other of [
			{ module: 'Contact' },
			{ recordId: '2' },
			{ event: 'created' },
			{ record: { ...EVENT.record, date_modified: '2026-07-14 09:30:01' } },
			{ record: { ...EVENT.record, status: 'Converted' } },
			{ record: { ...EVENT.record, city: null } },
		]) {
			expect(isKnown({ ...EVENT, ...other })).toBe(false);
		}
		expect(isKnown(EVENT)).toBe(true);
	});

	it('knows an event whose fields come in another order', () => {
		const staticData: IDataObject = {};
		const turned = Object.fromEntries(Object.entries(EVENT.record).reverse());
		isRepeated(staticData, address, EVENT);
		expect(isRepeated(staticData, address, { ...EVENT, record: turned })).toBe(true);
	});

	it('does not mix up events whose parts run together', () => {
		const together: IDataObject = {};
		isRepeated(together, undefined, { ...EVENT, module: 'Lead1', recordId: '2' });
		const apart = { ...EVENT, module: 'Lead', recordId: '12' };
		expect(isRepeated(together, undefined, apart)).toBe(false);

		const part = fc.stringMatching(/^[a",]{0,2}$/);
		const identity = fc.record({
			module: part,
			recordId: part,
			event: part,
			record: fc.record({ status: part, date_modified: fc.constant(CHANGED) }),
		});
		fc.assert(
			fc.property(identity, identity, (first, second) => {
				const staticData: IDataObject = {};
				isRepeated(staticData, undefined, first);
				const isSame = JSON.stringify(first) === JSON.stringify(second);
				expect(isRepeated(staticData, undefined, second)).toBe(isSame);
			}),
			CASES,
		);
	});

	it.each([undefined, null, '', 5, {}])(
		'takes every event at the time %j for new',
		(dateModified) => {
			const staticData: IDataObject = {};
			const record = { ...EVENT.record, date_modified: dateModified };
			expect(isRepeated(staticData, address, { ...EVENT, record })).toBe(false);
			expect(isRepeated(staticData, address, { ...EVENT, record })).toBe(false);
			expect(staticData).toEqual({});
		},
	);

	it('remembers the last thousand, in less than 40 KB', () => {
		const staticData: IDataObject = {};
		const see = (recordId: number) =>
			isRepeated(staticData, address, { ...EVENT, recordId: String(recordId) });
		for (let recordId = 0; recordId <= 1000; recordId++) see(recordId);
		expect(see(1000)).toBe(true);
		expect(see(1)).toBe(true);
		expect(see(0)).toBe(false);
		expect(JSON.stringify(staticData).length).toBeLessThan(40_000);
	});

	it('starts anew where n8n stored something else', () => {
		const staticData: IDataObject = { seenEvents: 'x' };
		expect(isRepeated(staticData, undefined, EVENT)).toBe(false);
		expect(isRepeated(staticData, undefined, EVENT)).toBe(true);
	});

	it('does not mix up two triggers', () => {
		isRepeated({}, address, EVENT);
		expect(isRepeated({}, `${address}/other`, EVENT)).toBe(false);
		expect(isRepeated({}, undefined, EVENT)).toBe(false);
	});
});

describe('deliveries at the same moment', () => {
	it('know of each other, though n8n gave them the same static data', () => {
		const before: IDataObject = {};
		const [first, second] = [stored(before), stored(before)];
		expect(isRepeated(first, address, EVENT)).toBe(false);
		expect(isRepeated(second, address, EVENT)).toBe(true);
	});

	it('both have their events saved, whichever is saved last', () => {
		const other = { ...EVENT, recordId: '2' };
		const [first, second]: IDataObject[] = [{}, {}];
		isRepeated(first, address, EVENT);
		isRepeated(second, address, other);
		for (const saved of [first, second]) {
			expect(isRepeated(stored(saved), undefined, EVENT)).toBe(true);
			expect(isRepeated(stored(saved), undefined, other)).toBe(true);
		}
	});
});

describe('an event that n8n could not store', () => {
	/** Lets the storing of an event fail. */
	const fail = async (where: string | undefined, event: EventIdentity) => {
		noteStoring(where, event, Promise.resolve(false));
		await isStored(where, event);
	};

	it('is new when it comes again, even if it was saved as seen', async () => {
		const staticData: IDataObject = {};
		isRepeated(staticData, address, EVENT);
		await fail(address, EVENT);
		expect(isRepeated(stored(staticData), address, EVENT)).toBe(false);
		expect(isRepeated(stored(staticData), address, EVENT)).toBe(true);
	});

	it('does not make others new', async () => {
		const other = { ...EVENT, recordId: '2' };
		const staticData: IDataObject = {};
		isRepeated(staticData, address, EVENT);
		isRepeated(staticData, address, other);
		await fail(address, other);
		await fail(undefined, EVENT);
		await fail(`${address}/other`, EVENT);
		expect(isRepeated(staticData, address, EVENT)).toBe(true);
	});

	it('is remembered as long as the last thousand, and no longer', async () => {
		const staticData: IDataObject = {};
		const event = (recordId: number) => ({ ...EVENT, recordId: String(recordId) });
		isRepeated(staticData, address, event(0));
		const saved = stored(staticData);
		for (let recordId = 0; recordId <= 1000; recordId++) {
			isRepeated(staticData, address, event(recordId));
			await fail(address, event(recordId));
		}
		expect(isRepeated(stored(saved), address, event(0))).toBe(true);
		expect(isRepeated(stored(saved), address, event(1))).toBe(false);
	});
});

describe('an event that n8n is storing', () => {
	it('lets those that ask wait for its end', async () => {
		isRepeated({}, address, EVENT);
		let end: (isStored: boolean) => void = () => undefined;
		noteStoring(address, EVENT, new Promise((resolve) => (end = resolve)));
		const asked = [isStored(address, EVENT), isStored(address, EVENT)];
		expect(await isStored(address, { ...EVENT, recordId: '2' })).toBe(true);
		end(false);
		expect(await Promise.all(asked)).toEqual([false, false]);
		expect(await isStored(address, EVENT)).toBe(true);
	});

	it('is stored as far as anybody knows where it is unknown', async () => {
		expect(await isStored(undefined, EVENT)).toBe(true);
		expect(await isStored(address, EVENT)).toBe(true);
	});
});

it('an event is known again after a restart', async () => {
	const staticData: IDataObject = {};
	isRepeated(staticData, address, EVENT);
	vi.resetModules();
	const restarted = await import('../../../../nodes/OneCrmTrigger/memory.ts');
	const memory = new restarted.TriggerMemory(stored(staticData), address);
	expect(memory.isRepeated(EVENT)).toBe(true);
	expect(memory.isRepeated({ ...EVENT, recordId: '2' })).toBe(false);
});
