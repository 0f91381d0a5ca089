import type {
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodeProperties,
} from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { moduleLocator, readModuleName } from '../module/locator';
import { containing } from '../searchableList';

/** The modules whose records have a file that 1CRM gives back. */
const FILE_MODULES = [
	{ name: 'Documents (Document)', value: 'Document' },
	{ name: 'Document Revisions (DocumentRevision)', value: 'DocumentRevision' },
	{ name: 'Notes (Note)', value: 'Note' },
];

/** The choice of a module whose records have a file. */
export const fileModuleLocator: INodeProperties = {
	...moduleLocator,
	description: 'Where the file is. Of a Document it is that of the latest revision.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a module…',
			typeOptions: { searchListMethod: 'searchFileModules', searchable: true },
		},
		{
			displayName: 'By Name',
			name: 'name',
			type: 'string',
			placeholder: 'e.g. Note',
			hint: 'Note, Document or DocumentRevision',
		},
	],
};

/** The modules with files for n8n's list. */
export async function searchFileModules(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return { results: containing(FILE_MODULES, filter) };
}

/** The module for an item. Throws a `UserError` for one whose files 1CRM does not give back. */
export function readFileModule(context: IExecuteFunctions, itemIndex: number): string {
	const module = readModuleName(context, itemIndex);
	if (FILE_MODULES.some(({ value }) => value === module)) return module;
	throw new UserError(
		`'Module' cannot be "${module}": 1CRM gives the files of Note, Document and DocumentRevision only`,
	);
}
