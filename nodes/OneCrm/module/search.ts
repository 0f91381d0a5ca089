import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { containing } from '../searchableList';
import { fetchModules } from './modules';

/** The modules of the server for n8n's list, by label, narrowed to those that match `filter`. */
export async function searchModules(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const modules = await fetchModules(this);
	const results = modules.map(({ name, label }) => ({
		name: label === name ? name : `${label} (${name})`,
		value: name,
	}));
	return { results: containing(results, filter).sort((a, b) => a.name.localeCompare(b.name)) };
}
