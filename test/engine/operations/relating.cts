import type { INodeParameters } from 'n8n-workflow';

/** An operation on the contacts of an account. */
export const relating = (
	operation: 'getAll' | 'add' | 'remove',
	recordId: INodeParameters['recordId'],
	rest: INodeParameters = {},
): INodeParameters => ({
	resource: 'relatedRecord',
	operation,
	module: 'Account',
	recordId,
	link: 'contacts',
	...rest,
});
