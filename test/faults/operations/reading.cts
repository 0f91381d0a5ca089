import type { Sandbox } from '../../sandbox/sandbox.cts';
import type { FaultTarget } from '../../sandbox/sandbox.cts';
import { clientOf } from '../../support/client.cts';
import { recordWithFile } from '../../support/record-with-file.cts';
import {
	ACCOUNT,
	CONTACT,
	contact,
	type FaultedOperation,
	insertContact,
	insertLinkedContacts,
} from './operation.cts';

const DAY = '2026-07-14';
const CONTENT = Buffer.from('The minutes of the meeting. '.repeat(100));

const get = (path: RegExp, after?: number): FaultTarget => ({ method: 'GET', path, after });

/** What faults strike while something is read. */
export const reading: FaultedOperation[] = [
	{
		resource: 'api',
		operation: 'call',
		step: 'GET',
		effect: 'reads',
		isRaw: true,
		struck: get(/^\/data\/Contact\//),
		prepare: (sandbox) => ({ method: 'GET', url: `data/Contact/${insertContact(sandbox)}` }),
	},
	{
		resource: 'api',
		operation: 'call',
		step: 'second page',
		effect: 'reads',
		struck: get(/^\/data\/Contact$/, 1),
		prepare(sandbox) {
			insertPages(sandbox);
			return { method: 'GET', url: 'data/Contact', fetchPages: true, returnAll: true };
		},
	},
	{
		resource: 'activity',
		operation: 'getAll',
		effect: 'reads',
		struck: get(/^\/data\/Lead\/lead-1\/tasks$/),
		prepare(sandbox) {
			const recordId = sandbox.insert('Lead', { id: 'lead-1', last_name: 'Dale' });
			const parent = { parent_type: 'Leads', parent_id: recordId };
			sandbox.insert('Task', { id: 'task-1', name: 'Write', ...parent });
			return { module: 'Lead', recordId };
		},
	},
	{
		resource: 'auditLog',
		operation: 'getAll',
		effect: 'reads',
		struck: get(/^\/audit\//),
		async prepare(sandbox) {
			const id = sandbox.insert('Account', { id: 'account-1', name: 'Berg' });
			await clientOf(sandbox).patch(`/data/Account/${id}`, { data: { name: 'Berg & Tal' } });
			return { module: 'Account', returnAll: true };
		},
	},
	{
		resource: 'calendarEvent',
		operation: 'getAll',
		effect: 'reads',
		struck: get(/^\/calendar\/events/),
		prepare(sandbox) {
			sandbox.insert('Call', { id: 'call-1', name: 'Call', date_start: `${DAY} 08:00:00` });
			return { start: DAY, end: DAY };
		},
	},
	{
		resource: 'document',
		operation: 'getPdf',
		effect: 'reads',
		struck: get(/^\/printer\/pdf/),
		prepare(sandbox) {
			insertContact(sandbox);
			return contact;
		},
	},
	{
		resource: 'field',
		operation: 'getAll',
		effect: 'reads',
		struck: get(/^\/meta\/fields/),
		prepare: () => ({ module: 'Contact', returnAll: true }),
	},
	{
		resource: 'file',
		operation: 'download',
		effect: 'reads',
		struck: get(/^\/files\/download/),
		prepare: async (sandbox) => await insertFile(sandbox),
	},
	{
		resource: 'file',
		operation: 'download',
		step: 'reading its details',
		effect: 'reads',
		struck: get(/^\/files\/info/),
		prepare: async (sandbox) => await insertFile(sandbox),
	},
	{
		resource: 'file',
		operation: 'getInfo',
		effect: 'reads',
		struck: get(/^\/files\/info/),
		prepare: async (sandbox) => await insertFile(sandbox),
	},
	{
		resource: 'module',
		operation: 'getAll',
		effect: 'reads',
		struck: get(/^\/meta\/modules/),
		prepare: () => ({ returnAll: true }),
	},
	{
		resource: 'record',
		operation: 'count',
		step: 'end of the list',
		effect: 'reads',
		struck: get(/^\/data\/Contact$/, 1),
		prepare(sandbox) {
			insertPages(sandbox);
			return { module: 'Contact' };
		},
	},
	{
		resource: 'record',
		operation: 'get',
		effect: 'reads',
		struck: get(/^\/data\/Contact\//),
		prepare(sandbox) {
			insertContact(sandbox);
			return contact;
		},
	},
	{
		resource: 'record',
		operation: 'getChanges',
		step: 'second page',
		effect: 'reads',
		struck: get(/^\/data\/Contact$/, 1),
		prepare(sandbox) {
			insertPages(sandbox);
			// A run by hand returns ten.
			sandbox.variants.maxPageSize = 5;
			return { module: 'Contact' };
		},
	},
	{
		resource: 'record',
		operation: 'search',
		step: 'second page',
		effect: 'reads',
		struck: get(/^\/data\/Contact$/, 1),
		prepare(sandbox) {
			insertPages(sandbox);
			return { module: 'Contact', returnAll: true, options: { sortField: 'last_name' } };
		},
	},
	{
		resource: 'relatedRecord',
		operation: 'getAll',
		effect: 'reads',
		struck: get(/^\/data\/Account\/account-1\/contacts/),
		async prepare(sandbox) {
			await insertLinkedContacts(sandbox);
			return { module: 'Account', recordId: ACCOUNT, link: 'contacts', returnAll: true };
		},
	},
	{
		resource: 'user',
		operation: 'getMe',
		effect: 'reads',
		struck: get(/^\/me$/),
		prepare: () => ({}),
	},
];

/** Contacts of the same name, in pages that are as long as a server's own. */
function insertPages(sandbox: Sandbox): void {
	sandbox.variants.maxPageSize = 20;
	for (let number = 0; number < 50; number++) insertContact(sandbox, `contact-${number}`);
}

async function insertFile(sandbox: Sandbox) {
	const recordId = await recordWithFile(sandbox, {
		fileName: 'minutes.txt',
		mimeType: 'text/plain',
		content: CONTENT,
	});
	return { module: 'Note', recordId };
}

/** The log-in with either authentication, before the operation sends anything. */
export const loggingIn: FaultedOperation[] = (
	[
		['logging in', get(/^\/me$/), undefined],
		['logging in with a token', { method: 'POST', path: /^\/auth\/user\/access_token$/ }, 'oauth2'],
	] as const
).map(([step, struck, authentication]) => ({
	resource: 'record',
	operation: 'get',
	step,
	// It changes nothing, whatever its method.
	effect: 'reads',
	struck,
	isLogin: true,
	authentication,
	prepare(sandbox) {
		insertContact(sandbox, CONTACT);
		return contact;
	},
}));
