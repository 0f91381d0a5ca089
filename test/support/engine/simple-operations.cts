import type { INodeParameters } from 'n8n-workflow';

/** The operations of the tests that look below them: one request each, once the metadata is read. */

export const createContact = (lastName: string): INodeParameters => ({
	resource: 'record',
	operation: 'create',
	module: 'Contact',
	fields: { mappingMode: 'defineBelow', value: { last_name: lastName } },
});

export const updateContact = (recordId: string, lastName: string): INodeParameters => ({
	...createContact(lastName),
	operation: 'update',
	recordId,
});

export const getContact = (recordId: string, module = 'Contact'): INodeParameters => ({
	resource: 'record',
	operation: 'get',
	module,
	recordId,
});

export const deleteContact = (recordId: string): INodeParameters => ({
	...getContact(recordId),
	operation: 'delete',
});

export const getMe: INodeParameters = { resource: 'user', operation: 'getMe' };
