import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { encodeValue } from './codec';
import type { FieldKind } from './fieldType';
import type { Filter, ModuleMetadata } from './metadata';
import { endOfDay } from './moment';
import type { Operator } from './operators';
import { findOperator, operatorsOf, PERIODS } from './operators';

/** Modules that hide closed records from their lists show them when this filter is set. */
const CLOSED_RECORDS_FILTER = 'view_closed';

/** The filter that shows closed records. A module that hides none ignores it. */
export function includingClosed(): IDataObject {
	return { [CLOSED_RECORDS_FILTER]: 1 };
}

/** The filters that make a list complete: nothing for a module that hides no closed records. */
export function closedRecordsFilter({ filters }: ModuleMetadata): IDataObject {
	return filters.has(CLOSED_RECORDS_FILTER) ? includingClosed() : {};
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

/** A condition as 1CRM gets it. */
export interface EncodedCondition {
	filter: Filter;
	operator: Operator;
	value?: string;
	end?: string;
	period?: string;
}

/**
 * Conditions, all of which a record must meet, in 1CRM's encoding. A date without a zone is in
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
): EncodedCondition[] {
	const used = new Set<string>();
	return conditions.map((condition) => {
		const filter = findFilter(metadata, module, condition.filter);
		if (used.has(filter.name)) {
			throw new UserError(
				`The filter '${filter.label}' (${filter.name}) is used twice in 'Filters'`,
			);
		}
		used.add(filter.name);
		return encodeCondition(filter, condition, timezone);
	});
}

/** The `filters` of a list request: `filters[name]`, with `name-operator`, `name-end` and `name-period`. */
export function filtersOf(conditions: EncodedCondition[]): IDataObject {
	const filters: IDataObject = {};
	for (const { filter, operator, value = '', end, period } of conditions) {
		filters[filter.name] = value;
		filters[`${filter.name}-operator`] = operator.value;
		if (end !== undefined) filters[`${filter.name}-end`] = end;
		if (period !== undefined) filters[`${filter.name}-period`] = period;
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

function encodeCondition(filter: Filter, condition: Condition, timezone: string): EncodedCondition {
	const { value, valueEnd, period } = condition;
	const operator = findOperator(filter, condition.operator);
	if (operator === undefined) {
		const known = operatorsOf(filter).map((possible) => possible.value);
		throw new UserError(
			`"${condition.operator}" isn't an operator of the filter '${filter.label}'. It has: ${known.join(', ')}`,
		);
	}
	const { takes } = operator;
	if (takes === 'nothing') return { filter, operator };
	if (takes === 'period') return { filter, operator, period: periodOf(filter, period) };
	const owner: Filter = { ...filter, kind: kindOfValue(filter, operator) };
	const encoded = { filter, operator, value: encodeFilterValue(owner, value, 'Value', timezone) };
	if (takes !== 'range') return encoded;
	const end = filter.kind === 'dateTime' ? endOfDay(valueEnd) : valueEnd;
	return { ...encoded, end: encodeFilterValue(filter, end, 'End Value', timezone) };
}

/** A list if the operator takes several values, and a day if it asks what happened on that day. */
function kindOfValue({ kind }: Filter, { takes, value }: Operator): FieldKind {
	if (takes === 'values') return 'multiSelect';
	return value === 'on_date' || value === 'not_on_date' ? 'date' : kind;
}

function periodOf({ label }: Filter, period: unknown): string {
	const known = PERIODS.map(({ value }) => value);
	const found = known.find((name) => name === period);
	if (found !== undefined) return found;
	throw new UserError(
		`'Period' of the filter '${label}' cannot be "${String(period ?? '')}". Use one of: ${known.join(', ')}`,
	);
}

function encodeFilterValue(
	filter: Filter,
	value: unknown,
	parameter: string,
	timezone: string,
): string {
	const isBlank = value === undefined || value === null || String(value).trim() === '';
	// A value that was removed from its list can be looked for: old records still have it.
	const encoded = isBlank ? null : encodeValue(filter, value, timezone, () => undefined);
	if (encoded === null || encoded === '') {
		throw new UserError(
			`'${parameter}' of the filter '${filter.label}' (${filter.name}) is empty, which would match every record`,
		);
	}
	return String(encoded);
}
