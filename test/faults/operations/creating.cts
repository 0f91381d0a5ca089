import type { INodeParameters } from 'n8n-workflow';
import type { FaultTarget, Sandbox } from '../../sandbox/sandbox.cts';
import {
	CONTACT,
	contact,
	type FaultedOperation,
	fieldValues,
	insertContact,
} from './operation.cts';

const post = (path: RegExp): FaultTarget => ({ method: 'POST', path });

const createContact: INodeParameters = {
	module: 'Contact',
	...fieldValues({ last_name: 'Berg' }),
};
const upsertContact: INodeParameters = {
	module: 'Contact',
	...fieldValues({ last_name: 'Berg', email1: 'berg@example.com' }, ['email1']),
};
const uploadText: INodeParameters = {
	inputMode: 'manual',
	fileName: 'minutes.txt',
	fileContent: 'The minutes of the meeting',
};

/** A call of a contact, who then takes part in it. */
function callWith(sandbox: Sandbox): INodeParameters {
	insertContact(sandbox);
	return { ...contact, type: 'call', subject: 'Ask', start: '2026-07-14T09:30:00Z' };
}

/** What faults strike while something new is made, which must not be made twice. */
export const creating: FaultedOperation[] = [
	{
		resource: 'activity',
		operation: 'create',
		effect: 'creates',
		struck: post(/^\/data\/Call$/),
		prepare: callWith,
	},
	{
		resource: 'activity',
		operation: 'create',
		step: 'adding participants',
		effect: 'creates',
		isLater: true,
		struck: post(/^\/data\/Call\//),
		prepare: callWith,
	},
	{
		resource: 'api',
		operation: 'call',
		step: 'POST',
		effect: 'creates',
		isRaw: true,
		struck: post(/^\/data\/Contact$/),
		prepare: () => ({
			method: 'POST',
			url: 'data/Contact',
			body: { data: { last_name: 'Berg' } },
		}),
	},
	{
		resource: 'file',
		operation: 'upload',
		effect: 'creates',
		struck: post(/^\/files\/upload/),
		prepare: () => uploadText,
	},
	{
		resource: 'file',
		operation: 'upload',
		step: 'attaching it to a note',
		effect: 'creates',
		isLater: true,
		struck: post(/^\/data\/Note$/),
		prepare: () => ({ ...uploadText, attachTo: 'note' }),
	},
	{
		resource: 'file',
		operation: 'upload',
		step: 'putting it into a field',
		effect: 'changes',
		isLater: true,
		struck: { method: 'PATCH', path: /^\/data\/Contact\// },
		prepare(sandbox) {
			insertContact(sandbox);
			return { ...uploadText, ...contact, attachTo: 'record', fileField: 'photo' };
		},
	},
	{
		resource: 'record',
		operation: 'create',
		effect: 'creates',
		struck: post(/^\/data\/Contact$/),
		prepare: () => createContact,
	},
	{
		resource: 'record',
		operation: 'upsert',
		step: 'creating',
		effect: 'creates',
		struck: post(/^\/data\/Contact$/),
		prepare: () => upsertContact,
	},
	{
		resource: 'relatedRecord',
		operation: 'add',
		effect: 'creates',
		struck: post(/^\/data\/Account\//),
		prepare(sandbox) {
			const recordId = sandbox.insert('Account', { id: 'account-1', name: 'Berg' });
			const relatedIds = [insertContact(sandbox), insertContact(sandbox, 'contact-2')];
			return { module: 'Account', recordId, link: 'contacts', relatedIds };
		},
	},
];

/** What an operation that creates reads before or after it. */
export const readingToCreate: FaultedOperation[] = [
	{
		resource: 'activity',
		operation: 'create',
		step: 'reading its record',
		effect: 'reads',
		struck: { method: 'GET', path: /^\/data\/Contact\// },
		prepare: callWith,
	},
	{
		resource: 'record',
		operation: 'create',
		step: 'reading the fields',
		effect: 'reads',
		struck: { method: 'GET', path: /^\/meta\/fields/ },
		prepare: () => createContact,
	},
	{
		resource: 'record',
		operation: 'create',
		step: 'reading it back',
		effect: 'reads',
		isLater: true,
		struck: { method: 'GET', path: /^\/data\/Contact\// },
		prepare: () => ({ ...createContact, options: { returnRecord: true } }),
	},
	{
		resource: 'record',
		operation: 'create',
		step: 'looking up a reference by its name',
		effect: 'reads',
		struck: { method: 'GET', path: /^\/data\/Account$/ },
		prepare(sandbox) {
			sandbox.insert('Account', { id: 'account-1', name: 'Berg Ltd' });
			const values = { last_name: 'Berg', primary_account_id: 'Berg Ltd' };
			return {
				module: 'Contact',
				...fieldValues(values),
				options: { referencesByName: true },
			};
		},
	},
	{
		resource: 'record',
		operation: 'upsert',
		step: 'looking up',
		effect: 'reads',
		struck: { method: 'GET', path: /^\/data\/Contact$/ },
		prepare: () => upsertContact,
	},
	{
		resource: 'record',
		operation: 'upsert',
		step: 'looking up its ID',
		effect: 'reads',
		struck: { method: 'GET', path: /^\/data\/Contact\// },
		prepare: () => ({
			module: 'Contact',
			...fieldValues({ id: CONTACT, last_name: 'Berg' }, ['id']),
		}),
	},
];
