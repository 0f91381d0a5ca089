import type { IDataObject } from 'n8n-workflow';
import {
	changeRegistration,
	newestRegistration,
	renewRegistration,
	repairRegistration,
} from '../../../../nodes/OneCrmTrigger/newestRegistration';
import { keepRegistration, keptRegistration } from '../../../../nodes/OneCrmTrigger/registration';

const WEBHOOK = { id: '1', event: 'created' as const, tokenHash: 'a' };
const FIRST = { server: 's', settings: '1', webhooks: [] };
const SECOND = { server: 's', settings: '2', webhooks: [WEBHOOK] };
const ENDED = { ...SECOND, webhooks: [] };

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
	changeRegistration(staticData, address, FIRST);
	afterFirst = stored(staticData);
	changeRegistration(staticData, address, SECOND);
	afterSecond = stored(staticData);
});
afterEach(() => jest.restoreAllMocks());

describe('the newest registration', () => {
	it('is the last one that was made, whatever n8n hands out', () => {
		for (const staticData of [{}, afterFirst, afterSecond]) {
			expect(newestRegistration(staticData, address)).toMatchObject(SECOND);
		}
	});

	it('is none after the last one was removed, whatever n8n hands out', () => {
		changeRegistration(stored(afterSecond), address, ENDED);
		for (const staticData of [{}, afterFirst, afterSecond]) {
			expect(newestRegistration(staticData, address)).toMatchObject(ENDED);
		}
	});

	it('is the stored one where another process made a newer one', () => {
		const revision = (keptRegistration(afterSecond)?.revision ?? 0) + 1;
		const elsewhere: IDataObject = {};
		keepRegistration(elsewhere, { ...FIRST, address, revision });
		expect(newestRegistration(elsewhere, address)).toMatchObject(FIRST);
	});

	it('is the stored one for an address that this process knows nothing of, and in a test run', () => {
		expect(newestRegistration(afterFirst, `${address}/other`)).toMatchObject(FIRST);
		expect(newestRegistration(afterFirst, undefined)).toMatchObject(FIRST);
		expect(newestRegistration({}, undefined)).toBeUndefined();
	});

	it('is told by its revision even if the clock is set back', () => {
		jest.spyOn(Date, 'now').mockReturnValue(1);
		changeRegistration(stored(afterSecond), address, FIRST);
		expect(newestRegistration(afterSecond, address)).toMatchObject(FIRST);
	});
});

describe('static data that are about to be saved', () => {
	it('get the newest registration over an outdated one', () => {
		renewRegistration(afterFirst, address);
		expect(afterFirst).toEqual(afterSecond);
	});

	it('lose a registration that has ended', () => {
		changeRegistration(stored(afterSecond), address, ENDED);
		renewRegistration(afterSecond, address);
		expect(keptRegistration(afterSecond)).toMatchObject(ENDED);
	});

	it('get one that is made only after they got theirs', () => {
		renewRegistration(afterFirst, address);
		changeRegistration({}, address, ENDED);
		expect(keptRegistration(stored(afterFirst))).toMatchObject(ENDED);
	});

	it('are not touched where there is nothing newer', () => {
		jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_001);
		const untouched = Object.freeze(stored(afterSecond));
		expect(() => repairRegistration(untouched, address)).not.toThrow();
		expect(() => renewRegistration(Object.freeze({}), undefined)).not.toThrow();
	});
});

describe('an outdated registration in the static data', () => {
	it('is left to the activation that may still save', () => {
		const before = stored(afterFirst);
		repairRegistration(afterFirst, address);
		expect(afterFirst).toEqual(before);
	});

	it('is repaired later', () => {
		const later = Date.now() + 60_001;
		jest.spyOn(Date, 'now').mockReturnValue(later);
		repairRegistration(afterFirst, address);
		expect(afterFirst).toEqual(afterSecond);
	});
});
