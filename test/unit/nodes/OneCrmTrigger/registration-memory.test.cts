import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { TriggerMemory } from '../../../../nodes/OneCrmTrigger/memory';
import { CASES } from '../cases.cts';

const WEBHOOK = { id: '1', event: 'created' as const, tokenHash: 'a' };
const FIRST = { server: 's', settings: '1', webhooks: [] };
const SECOND = { server: 's', settings: '2', webhooks: [WEBHOOK] };
const ENDED = { ...SECOND, webhooks: [] };

/** What is stored, apart from what this process knows. */
const storedIn = (staticData: IDataObject) => new TriggerMemory(staticData, undefined).registration;

const stored = (staticData: IDataObject) => JSON.parse(JSON.stringify(staticData)) as IDataObject;

/** An address that no other test has used. */
let address: string;
let addresses = 0;
/** What n8n had stored after an activation, and after the next. */
let afterFirst: IDataObject;
let afterSecond: IDataObject;

beforeEach(() => {
	address = `https://n8n.example.com/webhook/${++addresses}/webhook`;
	const staticData: IDataObject = {};
	new TriggerMemory(staticData, address).register(FIRST);
	afterFirst = stored(staticData);
	new TriggerMemory(staticData, address).register(SECOND);
	afterSecond = stored(staticData);
});

describe('the newest registration', () => {
	it('is the last one that was made, whatever n8n hands out', () => {
		for (const staticData of [{}, afterFirst, afterSecond]) {
			expect(new TriggerMemory(staticData, address).registration).toMatchObject(SECOND);
		}
	});

	it('is none after the last one was removed, whatever n8n hands out', () => {
		new TriggerMemory(stored(afterSecond), address).register(ENDED);
		for (const staticData of [{}, afterFirst, afterSecond]) {
			expect(new TriggerMemory(staticData, address).registration).toMatchObject(ENDED);
		}
	});

	it('is the stored one where another process made a newer one', () => {
		const revision = (storedIn(afterSecond)?.revision ?? 0) + 1;
		const elsewhere: IDataObject = {};
		elsewhere.registration = { ...FIRST, address, revision };
		expect(new TriggerMemory(elsewhere, address).registration).toMatchObject(FIRST);
	});

	it('is the stored one for an address that this process knows nothing of, and in a test run', () => {
		expect(new TriggerMemory(afterFirst, `${address}/other`).registration).toMatchObject(FIRST);
		expect(new TriggerMemory(afterFirst, undefined).registration).toMatchObject(FIRST);
		expect(new TriggerMemory({}, undefined).registration).toBeUndefined();
	});

	it('is told by its revision even if the clock is set back', () => {
		vi.spyOn(Date, 'now').mockReturnValue(1);
		new TriggerMemory(stored(afterSecond), address).register(FIRST);
		expect(new TriggerMemory(afterSecond, address).registration).toMatchObject(FIRST);
	});
});

describe('static data that are about to be saved', () => {
	it('get the newest registration over an outdated one', () => {
		new TriggerMemory(afterFirst, address).renew();
		expect(afterFirst).toEqual(afterSecond);
	});

	it('lose a registration that has ended', () => {
		new TriggerMemory(stored(afterSecond), address).register(ENDED);
		new TriggerMemory(afterSecond, address).renew();
		expect(storedIn(afterSecond)).toMatchObject(ENDED);
	});

	it('get one that is made only after they got theirs', () => {
		new TriggerMemory(afterFirst, address).renew();
		new TriggerMemory({}, address).register(ENDED);
		expect(storedIn(stored(afterFirst))).toMatchObject(ENDED);
	});

	it('are not touched where there is nothing newer', () => {
		vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_001);
		const untouched = Object.freeze(stored(afterSecond));
		expect(() => new TriggerMemory(untouched, address).repair()).not.toThrow();
		expect(() => new TriggerMemory(Object.freeze({}), undefined).renew()).not.toThrow();
	});
});

describe('an outdated registration in the static data', () => {
	it('is left to the activation that may still save', () => {
		const before = stored(afterFirst);
		new TriggerMemory(afterFirst, address).repair();
		expect(afterFirst).toEqual(before);
	});

	it('is repaired later', () => {
		const later = Date.now() + 60_001;
		vi.spyOn(Date, 'now').mockReturnValue(later);
		new TriggerMemory(afterFirst, address).repair();
		expect(afterFirst).toEqual(afterSecond);
	});
});

const registration = fc.record({
	server: fc.string(),
	address: fc.string(),
	settings: fc.string(),
	webhooks: fc.array(
		fc.record({
			id: fc.string({ minLength: 1 }),
			event: fc.constantFrom('created' as const, 'updated' as const),
			tokenHash: fc.string(),
		}),
	),
	revision: fc.nat(),
});

describe('a registration in the static data', () => {
	it('comes back as it was kept, through the JSON in which n8n stores it', () => {
		fc.assert(
			fc.property(registration, (given) => {
				expect(storedIn(stored({ registration: given }))).toEqual(given);
			}),
			CASES,
		);
	});

	it('leaves whatever else is in there', () => {
		const staticData: IDataObject = { seenEvents: ['a'] };
		new TriggerMemory(staticData, address).register(FIRST);
		expect(staticData).toMatchObject({ seenEvents: ['a'], registration: { ...FIRST, address } });
	});

	it.each([
		{},
		{ registration: null },
		{ registration: [] },
		{ registration: 'x' },
		{ registration: { settings: 'x' } },
		{ registration: { webhooks: {} } },
	])('is none in %j', (staticData) => {
		expect(storedIn(staticData as IDataObject)).toBeUndefined();
	});

	it('of an older form lets nobody in', () => {
		expect(storedIn({ registration: { webhooks: [null, 'x', { id: 7 }] } })).toEqual({
			server: '',
			address: '',
			settings: '',
			webhooks: [{ id: '7', event: 'created', tokenHash: '' }],
			revision: 0,
		});
	});
});
