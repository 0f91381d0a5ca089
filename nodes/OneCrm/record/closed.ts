import type { IDataObject } from 'n8n-workflow';

import type { ModuleMetadata } from '../field/metadata';

/** Modules that hide closed records from their lists show them when this filter is set. */
const CLOSED_RECORDS_FILTER = 'view_closed';

/** The filters that make a list complete: nothing for a module that hides no closed records. */
export function closedRecordsFilter({ filters }: ModuleMetadata): IDataObject {
	return filters.has(CLOSED_RECORDS_FILTER) ? { [CLOSED_RECORDS_FILTER]: 1 } : {};
}
