import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { isPathSegment } from '../transport/address';

/** The choice of a link of the record's module. */
export const linkLocator: INodeProperties = {
	displayName: 'Link',
	name: 'link',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	typeOptions: { loadOptionsDependsOn: ['module.value'] },
	description: 'Which related records, e.g. the contacts of an account',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a link…',
			typeOptions: { searchListMethod: 'searchLinks', searchable: true },
		},
		{
			displayName: 'By Name',
			name: 'name',
			type: 'string',
			placeholder: 'e.g. contacts',
			hint: '1CRM has no list of its links: the one of n8n holds those that are documented, others can be typed',
		},
	],
};

/** The link's name for an item. Throws a `UserError` when it is missing or cannot be a name. */
export function readLinkName(context: IExecuteFunctions, itemIndex: number): string {
	const value = context.getNodeParameter('link', itemIndex, '', { extractValue: true });
	const name = typeof value === 'string' ? value.trim() : '';
	if (name === '') throw new UserError("'Link' is empty. Choose a link or enter its name");
	if (!isPathSegment(name)) throw new UserError(`'Link' cannot be "${name}"`);
	return name;
}
