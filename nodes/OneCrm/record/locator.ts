import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { isExpressionOfUser } from '../expression';
import { isPathSegment } from '../transport/address';

/** The id in the address of a record's page: `…index.php?module=Accounts&action=DetailView&record=<id>`. */
const RECORD_IN_URL = '[?&]record=([^&#\\s]+)';

/** The choice of a record of the module chosen above it. */
export const recordLocator: INodeProperties = {
	displayName: 'Record',
	name: 'recordId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	typeOptions: { loadOptionsDependsOn: ['module.value'] },
	description:
		'The record to work with: chosen from the list, or by its ID or the address of its page',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a record…',
			typeOptions: { searchListMethod: 'searchRecords', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 7eba2f10-4c1b-2c77-9d0e-5b8f6a3c1d42',
		},
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder:
				'e.g. https://demo.1crmcloud.com/index.php?module=Accounts&action=DetailView&record=…',
			hint: "The address of the record's page in 1CRM",
			extractValue: { type: 'regex', regex: RECORD_IN_URL },
			validation: [
				{
					type: 'regex',
					properties: {
						regex: `.*${RECORD_IN_URL}.*`,
						errorMessage: 'This is not the address of a record: it has no "record=" in it',
					},
				},
			],
		},
	],
};

/** The choice of a document, to which another revision is added. */
export const documentLocator: INodeProperties = {
	...recordLocator,
	displayName: 'Document',
	name: 'documentId',
	description: 'The document that gets the new revision',
	typeOptions: undefined,
	modes: recordLocator.modes?.map((mode) =>
		mode.name === 'list'
			? {
					...mode,
					placeholder: 'Select a document…',
					typeOptions: { searchListMethod: 'searchDocuments', searchable: true },
				}
			: mode,
	),
};

/**
 * The id of the record for an item. Ids of 1CRM have many forms (`1`, `-99`, a GUID), so that only
 * what can be no id at all is refused, with a `UserError`.
 */
export function readRecordId(
	context: IExecuteFunctions,
	itemIndex: number,
	{ name, displayName }: INodeProperties = recordLocator,
): string {
	const value = context.getNodeParameter(name, itemIndex, '', { extractValue: true });
	const id = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (id === '') {
		throw new UserError(
			`'${displayName}' is empty. Choose a ${displayName.toLowerCase()} or enter its ID`,
		);
	}
	if (!isPathSegment(id)) {
		throw new UserError(`'${displayName}' cannot be "${id}": an ID has no slashes`);
	}
	return id;
}

/**
 * The id of the record for an item, or `undefined` where none is chosen. An expression that gives nothing must
 * not turn one record into all of them; an AI agent that leaves it out means it.
 */
export function readOptionalRecordId(
	context: IExecuteFunctions,
	itemIndex: number,
): string | undefined {
	const value = context.getNodeParameter('recordId', itemIndex, '', { extractValue: true });
	if (String(value ?? '').trim() !== '') return readRecordId(context, itemIndex);
	if (!isExpressionOfUser(context, 'recordId')) return undefined;
	throw new UserError(
		"The expression in 'Record' gives nothing, which would stand for all records of the module",
	);
}
