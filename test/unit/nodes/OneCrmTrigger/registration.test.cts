import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import {
	keepRegistration,
	keptRegistration,
	WEBHOOK_TYPES,
} from '../../../../nodes/OneCrmTrigger/registration';
import { CASES } from '../cases.cts';

const webhook = fc.record({
	id: fc.string({ minLength: 1 }),
	event: fc.constantFrom('created' as const, 'updated' as const),
	tokenHash: fc.string(),
});
const registration = fc.record({
	server: fc.string(),
	address: fc.string(),
	settings: fc.string(),
	webhooks: fc.array(webhook),
	revision: fc.nat(),
});

const NONE = { server: '', address: '', settings: '', webhooks: [], revision: 0 };

describe('a registration', () => {
	it('comes back as it was kept, through the JSON in which n8n stores it', () => {
		fc.assert(
			fc.property(registration, (given) => {
				const staticData: IDataObject = {};
				keepRegistration(staticData, given);
				expect(keptRegistration(JSON.parse(JSON.stringify(staticData)))).toEqual(given);
			}),
			CASES,
		);
	});

	it('leaves whatever else is in the static data', () => {
		const staticData: IDataObject = { seenEvents: ['a'] };
		keepRegistration(staticData, NONE);
		expect(staticData).toEqual({ seenEvents: ['a'], registration: NONE });
	});

	it.each([
		{},
		{ registration: null },
		{ registration: [] },
		{ registration: 'x' },
		{ registration: { settings: 'x' } },
		{ registration: { webhooks: {} } },
	])('is none in %j', (staticData) => {
		expect(keptRegistration(staticData as IDataObject)).toBeUndefined();
	});

	it('of an older form lets nobody in', () => {
		const kept = { registration: { webhooks: [null, 'x', { id: 7 }] } };
		expect(keptRegistration(kept)).toEqual({
			...NONE,
			webhooks: [{ id: '7', event: 'created', tokenHash: '' }],
		});
	});
});

it("events have the names of 1CRM's webhook types", () => {
	expect(WEBHOOK_TYPES).toEqual({ created: 'create', updated: 'update' });
});
