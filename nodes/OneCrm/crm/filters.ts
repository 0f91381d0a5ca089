import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { encodeValue } from './codec';
import type { Filter, ModuleMetadata } from './metadata';
import { endOfDay } from './moment';
import { findOperator, operatorsOf, PERIODS } from './operators';

/** Modules that hide closed records from their lists show them when this filter is set. */
const CLOSED_RECORDS_FILTER = 'view_closed';

/** The filters that make a list complete: nothing for a module that hides no closed records. */
export function closedRecordsFilter({ filters }: ModuleMetadata): IDataObject {
	return filters.has(CLOSED_RECORDS_FILTER) ? { [CLOSED_RECORDS_FILTER]: 1 } : {};
}

/** What a record has to meet, in the words of the user. */
export interface Condition {
	filter: string;
	/** 1CRM's own word, as in `operatorsOf`. */
	operator: string;
	value?: unknown;
	/** The upper bound of a range. */
	valueEnd?: unknown;
	/** One of `PERIODS`. */
	period?: unknown;
}

/**
 * The `filters` of a list request for conditions, all of which a record must meet. A date without a zone is in
 * `timezone`.
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

/** 1CRM's form: `filters[name]`, with `name-operator`, `name-end` for a range, and `name-period`. */
function encodeCondition(filter: Filter, condition: Condition, timezone: string): IDataObject {
	const { value, valueEnd, period } = condition;
	const operator = findOperator(filter, condition.operator);
	if (operator === undefined) {
		const known = operatorsOf(filter).map((possible) => possible.value);
		throw new UserError(
			`"${condition.operator}" isn't an operator of the filter '${filter.label}'. It has: ${known.join(', ')}`,
		);
	}
	const { takes } = operator;
	const named = (companion: string): string => `${filter.name}-${companion}`;
	const encoded = { [filter.name]: '', [named('operator')]: operator.value };
	if (takes === 'nothing') return encoded;
	if (takes === 'period') return { ...encoded, [named('period')]: periodOf(filter, period) };
	const owner: Filter = takes === 'values' ? { ...filter, kind: 'multiSelect' } : filter;
	encoded[filter.name] = String(encodeFilterValue(owner, value, 'Value', timezone));
	if (takes !== 'range') return encoded;
	const end = filter.kind === 'dateTime' ? endOfDay(valueEnd) : valueEnd;
	return { ...encoded, [named('end')]: encodeFilterValue(filter, end, 'End Value', timezone) };
}

function periodOf({ label }: Filter, period: unknown): string {
	const known = PERIODS.find((name) => name === period);
	if (known !== undefined) return known;
	throw new UserError(
		`'Period' of the filter '${label}' cannot be "${String(period ?? '')}". Use one of: ${PERIODS.join(', ')}`,
	);
}

function encodeFilterValue(
	filter: Filter,
	value: unknown,
	parameter: string,
	timezone: string,
): string | number {
	const isBlank = value === undefined || value === null || String(value).trim() === '';
	// A value that has left its list can be looked for: old records still have it.
	const encoded = isBlank ? null : encodeValue(filter, value, timezone, () => undefined);
	if (encoded === null || encoded === '') {
		throw new UserError(
			`'${parameter}' of the filter '${filter.label}' (${filter.name}) is empty, which would match every record`,
		);
	}
	return encoded;
}
