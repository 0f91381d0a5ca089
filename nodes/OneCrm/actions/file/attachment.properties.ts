import type { INodeProperties } from 'n8n-workflow';

import { documentLocator, moduleLocator, recordLocator } from '../../item/locators';
import { pairsCollection } from '../../item/pairs';

/** What becomes of the file when it has been uploaded. */
export const ATTACHMENTS = ['none', 'document', 'note', 'record', 'revision'] as const;

type AttachTo = (typeof ATTACHMENTS)[number];

export const attachTo: INodeProperties = {
	displayName: 'Attach To',
	name: 'attachTo',
	type: 'options',
	default: 'none',
	description:
		'What to attach the file to after the upload. 1CRM only keeps unattached files for a limited time.',
	options: [
		{
			name: 'Existing Record',
			value: 'record',
			description: 'Put it in a file or image field of a record, e.g. the photo of a contact',
		},
		{ name: 'New Document', value: 'document', description: 'Make a document of it' },
		{ name: 'New Note', value: 'note', description: 'Make a note with it' },
		{
			name: 'New Revision of a Document',
			value: 'revision',
			description: 'Make it the latest revision of an existing document',
		},
		{
			name: 'Nothing',
			value: 'none',
			description: 'Only return the ID, to write into a file or image field soon',
		},
	],
};

const attachName: INodeProperties = {
	displayName: 'Record Name',
	name: 'attachName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Minutes of the meeting',
	description: 'The name of the new note or document. If empty, the name of the file.',
};

const fileField: INodeProperties = {
	displayName: 'File Field Name or ID',
	name: 'fileField',
	type: 'options',
	default: '',
	typeOptions: { loadOptionsMethod: 'getFileFields', loadOptionsDependsOn: ['module.value'] },
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

export const attachFields = pairsCollection(
	{
		displayName: 'More Fields',
		name: 'attachFields',
		placeholder: 'Add Field',
		description:
			'Other fields of the new record, e.g. parent_type with the value Accounts and parent_id with the ID of an account, to relate a note to it',
	},
	{ displayName: 'Field', name: 'fields', placeholder: 'e.g. parent_id' },
);

/** Not required: n8n takes all these parameters for shown if 'Attach To' is an expression. */
function shownFor(property: INodeProperties, values: AttachTo[]): INodeProperties {
	return { ...property, required: false, displayOptions: { show: { attachTo: values } } };
}

export const attachmentProperties: INodeProperties[] = [
	attachTo,
	shownFor(attachName, ['document', 'note']),
	shownFor(documentLocator, ['revision']),
	shownFor(moduleLocator, ['record']),
	shownFor(recordLocator, ['record']),
	shownFor(fileField, ['record']),
	shownFor(attachFields, ['document', 'note', 'revision']),
];
