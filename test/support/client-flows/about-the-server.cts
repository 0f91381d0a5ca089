import { createPublicKey } from 'node:crypto';

import type { Sandbox } from '../../sandbox/sandbox.cts';
import { type Flow, withEither } from './flow.cts';
import { OfficialClient } from './official-client.cts';

const DAYS = { start_date: '2018-03-26 00:00:00', end_date: '2018-03-27 23:59:59' };

function insertEvents(sandbox: Sandbox): [call: object, meeting: object] {
	const shown = (type: string, name: string, date_start: string) => ({
		...{ name, date_start, date_due: null, location: null },
		...{ id: sandbox.insert(type, { name, date_start }), type },
	});
	return [
		shown('Call', 'Bad time, will call back', '2018-03-26 06:45:00'),
		shown('Meeting', 'Follow-up on proposal', '2018-03-27 08:30:00'),
	];
}

/** What the server says of itself, of its modules and of the calendar. */
export const aboutTheServer: Flow[] = [
	withEither({
		source: 'utility',
		shows: 'Ask who is logged in',
		standsFor: 'User > Get Me, and the test of the credential',
		async run({ client }) {
			expect(await client.get('/me')).toMatchObject({
				...{ id: 'Users:1', name: null, first_name: null, last_name: 'Administrator' },
				...{ role: 'user', groups: [], email: null, timezone: 'UTC', is_partner: false },
			});
		},
	}),
	withEither({
		source: 'utility',
		shows: 'Ask for the version, with and without a log-in',
		standsFor: 'API > Call',
		async run({ client, sandbox }) {
			const version = { version: expect.stringMatching(/^8\./), products: ['enterprise'] };
			expect(await client.get('/version')).toEqual({ ...version, authenticated: true });
			const anonymous = OfficialClient.anonymous(sandbox);
			expect(await anonymous.get('/version')).toEqual({ ...version, authenticated: false });
		},
	}),
	withEither({
		source: 'utility',
		shows: 'Ask for the key that verifies tokens, with and without a log-in',
		standsFor: 'Not used: the server checks its tokens itself',
		async run({ client, sandbox }) {
			for (const one of [client, OfficialClient.anonymous(sandbox)]) {
				const { key } = await one.get<{ key: string }>('/public_key');
				expect(createPublicKey(key).asymmetricKeyDetails?.modulusLength).toBe(4096);
			}
		},
	}),
	withEither({
		source: 'meta',
		shows: 'Ask for the fields and filters of contacts',
		standsFor: 'Field > Get Many, and every list of fields and filters',
		async run({ client }) {
			const metadata =
				await client.get<Record<'fields' | 'filters', object>>('/meta/fields/Contact');
			expect(metadata.fields).toMatchObject({
				id: { type: 'id', required: true, editable: false, source: { type: 'db' } },
				primary_account: { type: 'ref', bean_name: 'Account', id_name: 'primary_account_id' },
				categories: { type: 'multienum', multi_select_group: 'category' },
			});
			expect(metadata.filters).toMatchObject({
				filter_text: { type: 'unified_search' },
				any_email: { fields: ['email1', 'email2'] },
			});
		},
	}),
	withEither({
		source: 'calendar',
		shows: 'List the events of two days',
		standsFor: 'Calendar Event > Get Many',
		async run({ client, sandbox }) {
			const events = insertEvents(sandbox);
			expect(await client.get('/calendar/events', DAYS)).toEqual({ records: events });
		},
	}),
	withEither({
		source: 'calendar',
		shows: 'List the calls of two days',
		standsFor: "Calendar Event > Get Many, 'Types'",
		async run({ client, sandbox }) {
			const [call] = insertEvents(sandbox);
			const calls = await client.get('/calendar/events', { ...DAYS, types: ['Call'] });
			expect(calls).toEqual({ records: [call] });
		},
	}),
];
