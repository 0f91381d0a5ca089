import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { CrmClient } from '../crm/client';
import { FILE_MODULES } from '../crm/file/info';
import type { OneCrmModule } from '../crm/modules';
import { fetchModules } from '../crm/modules';
import { DOCUMENT_MODULES } from '../crm/salesDocument/model';
import { containing } from './searchableList';

/** The modules of the server for n8n's list, by label, only those that match `filter`. */
export async function searchModules(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return listed(await fetchModules(CrmClient.of(this)), filter);
}

/** The same for modules with lines: those that 1CRM is known to have, and those whose lines it lists. */
export async function searchDocumentModules(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const modules = await fetchModules(CrmClient.of(this));
	const names = new Set(modules.map(({ name }) => name));
	const withLines = modules.filter(
		({ name }) => DOCUMENT_MODULES.includes(name) || names.has(`${name}Line`),
	);
	return listed(withLines, filter);
}

function listed(modules: OneCrmModule[], filter: string | undefined): INodeListSearchResult {
	const results = modules.map(({ name, label }) => ({
		name: label === name ? name : `${label} (${name})`,
		value: name,
	}));
	return { results: containing(results, filter).sort((a, b) => a.name.localeCompare(b.name)) };
}

const FILE_MODULE_LABELS: Record<(typeof FILE_MODULES)[number], string> = {
	Document: 'Documents',
	DocumentRevision: 'Document Revisions',
	Note: 'Notes',
};

/** The modules with files for n8n's list. */
export async function searchFileModules(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const modules = FILE_MODULES.map((value) => ({
		name: `${FILE_MODULE_LABELS[value]} (${value})`,
		value,
	}));
	return { results: containing(modules, filter) };
}
