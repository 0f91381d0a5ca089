import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { knownLinks } from '../crm/links';
import { chosenModule } from './chosen';
import { containing } from './searchableList';

/** The documented links of the chosen module for n8n's list, only those that match `filter`. */
export async function searchLinks(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const links = knownLinks(chosenModule(this)).map(({ name, label }) => ({
		name: label,
		value: name,
	}));
	return { results: containing(links, filter) };
}
