import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import type { Filter } from '../crm/metadata';
import { chosenMetadata } from './chosen';
import { containing } from './searchableList';

const YES_OR_NO: INodeListSearchItems[] = [
	{ name: 'No', value: '0' },
	{ name: 'Yes', value: '1' },
];

/** Opens the choice of a user in 1CRM's own pages. As a value it would match nobody. */
const PICK_A_USER = 'select';

/**
 * The values that the chosen filter can have, for n8n's list. A filter on free text has no
 * list: what the user types is then the only entry. The same applies to an owner, who may be named by a user's id.
 */
export async function searchFilterValues(
	this: ILoadOptionsFunctions,
	typed?: string,
): Promise<INodeListSearchResult> {
	const metadata = await chosenMetadata(this);
	if (metadata === undefined) return { results: [] };
	const name = String(this.getCurrentNodeParameter('&filter') ?? '');
	const filter = metadata.filters.get(name);
	const results = containing(knownValues(filter), typed);
	const takesOthers = filter === undefined || filter.type === 'owner' || isFreeText(filter);
	if (results.length > 0 || !takesOthers || !typed) return { results };
	return { results: [{ name: typed, value: typed }] };
}

function isFreeText({ kind, options }: Filter): boolean {
	return options.length === 0 && kind !== 'boolean';
}

function knownValues(filter: Filter | undefined): INodeListSearchItems[] {
	if (filter === undefined || isFreeText(filter)) return [];
	if (filter.options.length === 0) return YES_OR_NO;
	return filter.options
		.filter(({ value }) => filter.type !== 'owner' || value !== PICK_A_USER)
		.map(({ label, value }) => ({ name: label, value }));
}
