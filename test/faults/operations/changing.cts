import type { INodeParameters } from 'n8n-workflow';
import type { FaultTarget, Sandbox } from '../../sandbox/sandbox.cts';
import {
	ACCOUNT,
	CONTACT,
	contact,
	type FaultedOperation,
	fieldValues,
	insertContact,
	insertLinkedContacts,
} from './operation.cts';

const patch: FaultTarget = { method: 'PATCH', path: /^\/data\/Contact\// };
const remove: FaultTarget = { method: 'DELETE', path: /^\/data\/Contact\// };

/** So many that the node reads the module at once; one of them has changed. */
const MANY = Array.from({ length: 12 }, (_, index) => ({
	email1: `contact-${index}@example.com`,
	last_name: index === 0 ? 'Berg' : 'Aalto',
}));

function prepareMany(sandbox: Sandbox): INodeParameters {
	for (const [index] of MANY.entries()) insertContact(sandbox, `contact-${index}`);
	return {
		module: 'Contact',
		fields: { mappingMode: 'autoMapInputData', value: null, matchingColumns: ['email1'] },
	};
}

const upsertOnce: INodeParameters = {
	module: 'Contact',
	...fieldValues({ last_name: 'Berg', email1: 'berg@example.com' }, ['email1']),
	options: { createOnce: true },
};

/** Operations that change or remove a record, which can be repeated without harm. */
export const changing: FaultedOperation[] = [
	{
		resource: 'api',
		operation: 'call',
		step: 'PATCH',
		effect: 'changes',
		isRaw: true,
		struck: patch,
		prepare: (sandbox) => ({
			method: 'PATCH',
			url: `data/Contact/${insertContact(sandbox)}`,
			body: { data: { last_name: 'Berg' } },
		}),
	},
	{
		resource: 'api',
		operation: 'call',
		step: 'DELETE',
		effect: 'changes',
		isRaw: true,
		struck: remove,
		prepare: (sandbox) => ({ method: 'DELETE', url: `data/Contact/${insertContact(sandbox)}` }),
	},
	{
		resource: 'record',
		operation: 'delete',
		effect: 'changes',
		struck: remove,
		prepare(sandbox) {
			insertContact(sandbox);
			return contact;
		},
	},
	{
		resource: 'record',
		operation: 'erasePersonal',
		effect: 'changes',
		struck: { method: 'PATCH', path: /^\/data\/erase_personal\/Contact\// },
		prepare(sandbox) {
			insertContact(sandbox);
			return { ...contact, fieldsToErase: ['email1'] };
		},
	},
	{
		resource: 'record',
		operation: 'update',
		effect: 'changes',
		struck: patch,
		prepare(sandbox) {
			insertContact(sandbox);
			return { ...contact, ...fieldValues({ last_name: 'Berg' }) };
		},
	},
	{
		resource: 'record',
		operation: 'update',
		step: 'the first of two of one record',
		effect: 'changes',
		struck: patch,
		items: ['First', 'Last'].map((title) => ({ json: { title } })),
		prepare(sandbox) {
			// The first changes nothing, so that what is left shows whether the second came last.
			insertContact(sandbox, CONTACT, { title: 'First' });
			return { ...contact, ...fieldValues({ title: '={{ $json.title }}' }) };
		},
	},
	{
		resource: 'record',
		operation: 'update',
		step: 'comparing',
		effect: 'reads',
		struck: { method: 'GET', path: /^\/data\/Contact\// },
		prepare(sandbox) {
			insertContact(sandbox);
			const options = { skipUnchanged: true };
			return { ...contact, ...fieldValues({ last_name: 'Berg' }), options };
		},
	},
	{
		resource: 'record',
		operation: 'update',
		step: 'reading it back',
		effect: 'reads',
		isLater: true,
		struck: { method: 'GET', path: /^\/data\/Contact\// },
		prepare(sandbox) {
			insertContact(sandbox);
			const options = { returnRecord: true };
			return { ...contact, ...fieldValues({ last_name: 'Berg' }), options };
		},
	},
	{
		resource: 'record',
		operation: 'upsert',
		step: 'reading many at once',
		effect: 'reads',
		struck: { method: 'GET', path: /^\/data\/Contact$/ },
		items: MANY.map((json) => ({ json })),
		prepare: prepareMany,
	},
	{
		resource: 'record',
		operation: 'upsert',
		step: 'updating one of many',
		effect: 'changes',
		struck: patch,
		items: MANY.map((json) => ({ json })),
		prepare: prepareMany,
	},
	{
		resource: 'record',
		operation: 'upsert',
		step: 'updating',
		effect: 'changes',
		struck: patch,
		prepare(sandbox) {
			insertContact(sandbox);
			const values = { last_name: 'Berg', email1: `${CONTACT}@example.com` };
			return { module: 'Contact', ...fieldValues(values, ['email1']) };
		},
	},
	{
		resource: 'record',
		operation: 'upsert',
		step: 'creating with its ID',
		effect: 'changes',
		struck: patch,
		prepare: () => ({
			module: 'Contact',
			...fieldValues({ id: CONTACT, last_name: 'Berg' }, ['id']),
		}),
	},
	{
		resource: 'record',
		operation: 'upsert',
		step: 'looking for the ID of a record created once',
		effect: 'reads',
		struck: { method: 'GET', path: /^\/data\/Contact\// },
		prepare: () => upsertOnce,
	},
	{
		resource: 'record',
		operation: 'upsert',
		step: 'creating once across runs',
		effect: 'changes',
		struck: patch,
		prepare: () => upsertOnce,
	},
	{
		resource: 'record',
		operation: 'upsert',
		step: 'looking whether it was created',
		effect: 'reads',
		isLater: true,
		struck: { method: 'GET', path: /^\/data\/Contact\//, after: 1 },
		prepare: () => upsertOnce,
	},
	{
		resource: 'relatedRecord',
		operation: 'remove',
		step: 'the second of two',
		effect: 'changes',
		isLater: true,
		struck: { method: 'DELETE', path: /^\/data\/Account\//, after: 1 },
		async prepare(sandbox) {
			const relatedIds = await insertLinkedContacts(sandbox);
			return { module: 'Account', recordId: ACCOUNT, link: 'contacts', relatedIds };
		},
	},
];
