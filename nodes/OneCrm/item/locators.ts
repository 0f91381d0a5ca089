import type { INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { isPathSegment } from '../http/address';
import { isJsonObject } from '../http/json';
import { fromJsonText, shown } from './values';

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
const RECORD_IN_URL = '[?&]record=([^&#\\s]+)';

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

/** A module's name, as chosen or typed. Throws a `UserError` if it is missing or cannot be a name. */
export function moduleName(value: unknown): string {
	const name = chosenText(value, moduleLocator, 'name');
	if (name === '') throw new UserError("'Module' is empty. Choose a module or enter its name");
	if (!isPathSegment(name)) {
		throw new UserError(`'Module' cannot be "${name}". Enter a name such as Contact`);
	}
	return name;
}

/**
 * A record's id, as chosen or typed, or the one in the address of its page. Ids of 1CRM have many forms (`1`, `-99`,
 * a GUID), so only what cannot be an id at all is refused, with a `UserError`.
 */
export function recordId(value: unknown, locator: Named): string {
	const { displayName } = locator;
	const text = chosenText(value, locator, 'id');
	if (text === '') {
		throw new UserError(
			`'${displayName}' is empty. Choose a ${displayName.toLowerCase()} or enter its ID`,
		);
	}
	const id = PAGE_ADDRESS.test(text) ? (new RegExp(RECORD_IN_URL).exec(text)?.[1] ?? '') : text;
	if (id === '') {
		throw new UserError(
			`'${displayName}' cannot be "${text}": this address doesn't contain "record="`,
		);
	}
	if (!isPathSegment(id)) {
		throw new UserError(`'${displayName}' cannot be "${id}": an ID doesn't contain slashes`);
	}
	return id;
}

/**
 * Ids of records, as a list or with commas between them. Throws a `UserError` for what cannot be one, as `recordId`
 * does.
 */
export function recordIds(value: unknown, property: Named): string[] {
	const given = fromJsonText(value);
	const entries =
		typeof given === 'string'
			? given.split(',').filter((text) => text.trim() !== '')
			: Array.isArray(given)
				? given
				: isMissing(given)
					? []
					: [given];
	if (entries.some(isMissing)) {
		throw new UserError(`'${property.displayName}' contains an entry without an ID`);
	}
	return entries.map((entry) => recordId(entry, property));
}

/** A link's name, as chosen or typed. Throws a `UserError` if it is missing or cannot be a name. */
export function linkName(value: unknown): string {
	const name = chosenText(value, linkLocator, 'name');
	if (name === '') throw new UserError("'Link' is empty. Choose a link or enter its name");
	if (!isPathSegment(name)) throw new UserError(`'Link' cannot be "${name}"`);
	return name;
}

type Named = Pick<INodeProperties, 'displayName'>;

/** The address of a page in 1CRM, as a browser shows it. */
const PAGE_ADDRESS = /^\w+:\/\/|\.php\?/;

/** What JavaScript makes of nothing, or of an object, within a text. */
const NO_TEXTS = ['undefined', 'null', 'NaN', '[object Object]'];

function isMissing(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

/**
 * The name or ID of one thing: given as a text, as a number, as an object that has it under `key` (as the items of this
 * node do), or as a list with one of these. Empty for nothing. Throws a `UserError` for anything else.
 */
function chosenText(value: unknown, locator: Named, key: 'id' | 'name'): string {
	const given = fromJsonText(value);
	const only: unknown = Array.isArray(given) && given.length === 1 ? given[0] : given;
	const chosen = isJsonObject(only) ? only[key] : only;
	if (isMissing(chosen) && !isJsonObject(only)) return '';
	const isText = typeof chosen === 'string' || typeof chosen === 'number';
	const text = isText ? String(chosen).trim() : '';
	if (isText && !NO_TEXTS.includes(text)) return text;
	throw new UserError(
		key === 'id'
			? `'${locator.displayName}' takes one ID, not "${shown(value)}"`
			: `'${locator.displayName}' takes one name, not "${shown(value)}"`,
	);
}
