import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

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
	return { results: matching(results, filter).sort((a, b) => a.name.localeCompare(b.name)) };
}

/** The entries whose name or value contains `filter`, in any case. */
export function matching(
	entries: INodeListSearchItems[],
	filter: string | undefined,
): INodeListSearchItems[] {
	const wanted = filter?.trim().toLowerCase() ?? '';
	return entries.filter(({ name, value }) =>
		[name, String(value)].some((text) => text.toLowerCase().includes(wanted)),
	);
}
