import type { INodeProperties } from 'n8n-workflow';

/** The ways to choose in a locator. */
type Modes = Required<Pick<INodeProperties, 'modes'>>;

/** From a list, which the method of the editor loads, or by a name. `thing` comes with its article, e.g. `a module`. */
function listOrName(
	thing: string,
	searchListMethod: string,
	placeholder: string,
	hint: string,
): Modes {
	return {
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select ${thing}…`,
				typeOptions: { searchListMethod, searchable: true },
			},
			{ displayName: 'By Name', name: 'name', type: 'string', placeholder, hint },
		],
	};
}

/** The choice of a module, from the list of the server or typed. */
export const moduleLocator: INodeProperties = {
	displayName: 'Module',
	name: 'module',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description:
		'The kind of records to work with, e.g. Contact. Custom modules are in the list too.',
	...listOrName(
		'a module',
		'searchModules',
		'e.g. Contact',
		'The singular name that the API uses, e.g. Contact, Account, aCase or SalesOrder',
	),
};

/** The choice of a module whose records have a file. */
export const fileModuleLocator: INodeProperties = {
	...moduleLocator,
	description:
		'The module of the record with the file. For a Document, this is the file of its latest revision.',
	...listOrName('a module', 'searchFileModules', 'e.g. Note', 'Note, Document or DocumentRevision'),
};

/** The choice of a module whose records have lines. */
export const documentModuleLocator: INodeProperties = {
	...moduleLocator,
	description: 'The kind of document, e.g. Quote',
	...listOrName(
		'a module',
		'searchDocumentModules',
		'e.g. Quote',
		'The singular name that the API uses, e.g. Quote, SalesOrder or Invoice',
	),
};

/** The id in the address of a record's page: `…index.php?module=Accounts&action=DetailView&record=<id>`. */
export const RECORD_IN_URL = '[?&]record=([^&#\\s]+)';

/** From a list, as above, by an ID, or by the address of a page. */
function listIdOrUrl(thing: string, searchListMethod: string): Modes {
	return {
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select ${thing}…`,
				typeOptions: { searchListMethod, searchable: true },
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
							errorMessage: 'This isn\'t the address of a record: it doesn\'t contain "record="',
						},
					},
				],
			},
		],
	};
}

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
	...listIdOrUrl('a record', 'searchRecords'),
};

/** The choice of a document, to which another revision is added. */
export const documentLocator: INodeProperties = {
	...recordLocator,
	displayName: 'Document',
	name: 'documentId',
	description: 'The document that gets the new revision',
	typeOptions: undefined,
	...listIdOrUrl('a document', 'searchDocuments'),
};

/** The choice of an invoice, whatever module is chosen. */
export const invoiceLocator: INodeProperties = {
	...recordLocator,
	displayName: 'Invoice',
	description:
		'The invoice that is paid: chosen from the list, or by its ID or the address of its page',
	typeOptions: undefined,
	...listIdOrUrl('an invoice', 'searchInvoices'),
};

/** The choice of a link of the record's module. */
export const linkLocator: INodeProperties = {
	displayName: 'Link',
	name: 'link',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	typeOptions: { loadOptionsDependsOn: ['module.value'] },
	description: 'Which related records, e.g. the contacts of an account',
	...listOrName(
		'a link',
		'searchLinks',
		'e.g. contacts',
		'The list contains the links that 1CRM documents. You can type any other name',
	),
};
