import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import type { Filter } from '../crm/metadata';
import { chosenMetadata } from './chosen';

/** The known operators of 1CRM, in its own words. */
const EQUALS: INodePropertyOptions = { name: 'Equals', value: 'eq' };
const CONTAINS: INodePropertyOptions = { name: 'Contains', value: 'like' };
const BETWEEN: INodePropertyOptions = { name: 'Is Between (Dates)', value: 'between_dates' };

/** The operators that suit the filter chosen beside them, the usual one first. */
export async function getFilterOperators(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const metadata = await chosenMetadata(this);
	if (metadata === undefined) return [];
	const name = String(this.getCurrentNodeParameter('&filter') ?? '');
	return suitableOperators(metadata.filters.get(name));
}

function suitableOperators(filter: Filter | undefined): INodePropertyOptions[] {
	switch (filter?.kind) {
		case undefined:
			return [EQUALS, CONTAINS, BETWEEN];
		case 'date':
		case 'dateTime':
			return [BETWEEN, EQUALS];
		case 'text':
			return filter.options.length === 0 ? [EQUALS, CONTAINS] : [EQUALS];
		default:
			return [EQUALS];
	}
}
