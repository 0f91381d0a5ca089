import type { INodeProperties } from 'n8n-workflow';

export const checkDuplicates: INodeProperties = {
	displayName: 'Check Duplicates',
	name: 'checkDuplicates',
	type: 'boolean',
	default: false,
	description:
		'Whether 1CRM looks for a record like this before a new one is created, and refuses to create a second one',
};
