import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { encodeValue } from './codec';
import type { Filter, ModuleMetadata } from './metadata';
import { endOfDay } from './moment';

/** Modules that hide closed records from their lists show them when this filter is set. */
const CLOSED_RECORDS_FILTER = 'view_closed';

/** The filters that make a list complete: nothing for a module that hides no closed records. */
export function closedRecordsFilter({ filters }: ModuleMetadata): IDataObject {
	return filters.has(CLOSED_RECORDS_FILTER) ? { [CLOSED_RECORDS_FILTER]: 1 } : {};
}

/** What a record has to meet, in the words of the user. */
export interface Condition {
	filter: string;
	operator: string;
	value: unknown;
	valueEnd: unknown;
}

/**
 * The `filters` of a list request that stand for conditions, all of which a record has to meet. A date without a
 * zone is one of `timezone`.
 *
 * 1CRM ignores a filter that it does not know and then returns every record, which a following delete
 * or update would take for matches. So a name that the module's metadata does not have, and an empty
 * value, are refused with a `UserError` before a request is sent.
 */
export function encodeConditions(
	module: string,
	metadata: ModuleMetadata,
	conditions: Condition[],
	timezone: string,
): IDataObject {
	const filters: IDataObject = {};
	for (const condition of conditions) {
		const filter = findFilter(metadata, module, condition.filter);
		if (filters[filter.name] !== undefined) {
			throw new UserError(
				`The filter '${filter.label}' (${filter.name}) is used twice in 'Filters'`,
			);
		}
		Object.assign(filters, encodeCondition(filter, condition, timezone));
	}
	return filters;
}

function findFilter({ filters }: ModuleMetadata, module: string, name: string): Filter {
	const filter = filters.get(name);
	if (filter) return filter;
	throw new UserError(
		name === ''
			? "A condition in 'Filters' has no filter chosen"
			: `${module} has no filter "${name}". It has: ${[...filters.keys()].join(', ')}`,
	);
}

/** 1CRM's form: `filters[name]`, with `name-operator`, and `name-end` for a range. */
function encodeCondition(filter: Filter, condition: Condition, timezone: string): IDataObject {
	const { operator, value, valueEnd } = condition;
	if (!/^[\w!=<>]+$/.test(operator)) {
		throw new UserError(`"${operator}" isn't an operator of the filter '${filter.label}'`);
	}
	const encoded: IDataObject = {
		[filter.name]: encodeFilterValue(filter, value, 'Value', timezone),
		[`${filter.name}-operator`]: operator,
	};
	if (operator === 'between_dates') {
		const end = filter.kind === 'dateTime' ? endOfDay(valueEnd) : valueEnd;
		encoded[`${filter.name}-end`] = encodeFilterValue(filter, end, 'End Value', timezone);
	}
	return encoded;
}

function encodeFilterValue(
	filter: Filter,
	value: unknown,
	parameter: string,
	timezone: string,
): string | number {
	const isBlank = value === undefined || value === null || String(value).trim() === '';
	// Records keep values that have left their picklist.
	const encoded = isBlank ? null : encodeValue(filter, value, timezone, true);
	if (encoded === null || encoded === '') {
		throw new UserError(
			`'${parameter}' of the filter '${filter.label}' (${filter.name}) is empty, which would match every record`,
		);
	}
	return encoded;
}
