import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { chosenModule } from '../field/loaders';
import type { Filter } from '../field/metadata';
import { loadMetadata } from '../field/metadata';
import { matching } from '../module/search';

const YES_OR_NO: INodeListSearchItems[] = [
	{ name: 'No', value: '0' },
	{ name: 'Yes', value: '1' },
];

/**
 * The values that the chosen filter can have, for n8n's list. A filter on free text has none: what the
 * user types is then the one entry.
 */
export async function searchFilterValues(
	this: ILoadOptionsFunctions,
	typed?: string,
): Promise<INodeListSearchResult> {
	const name = String(this.getCurrentNodeParameter('&filter') ?? '');
	const { filters } = await loadMetadata(this, chosenModule(this));
	const values = knownValues(filters.get(name));
	if (values.length > 0) return { results: matching(values, typed) };
	return { results: typed ? [{ name: typed, value: typed }] : [] };
}

function knownValues(filter: Filter | undefined): INodeListSearchItems[] {
	if (filter === undefined) return [];
	if (filter.options.length === 0) return filter.kind === 'boolean' ? YES_OR_NO : [];
	return filter.options.map(({ label, value }) => ({ name: label, value }));
}
