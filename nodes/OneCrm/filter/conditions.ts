import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { isResourceLocatorValue, UserError } from 'n8n-workflow';

import { encodeValue } from '../field/codec';
import type { Filter, ModuleMetadata } from '../field/metadata';
import { loadMetadata } from '../field/metadata';
import { endOfDay } from '../field/moment';
import { closedRecordsFilter } from '../record/closed';
import { isJsonObject } from '../transport/answer';

/**
 * The `filters` of a list request for an item: the conditions of the node and, where the module hides
 * closed records, the switch that shows them.
 *
 * 1CRM ignores a filter that it does not know and then returns every record, which a following delete
 * or update would take for matches. So a name that the module's metadata does not have, and an empty
 * value, are refused with a `UserError` before a request is sent.
 */
export async function readFilters(
	context: IExecuteFunctions,
	itemIndex: number,
	module: string,
	includeClosed: boolean,
): Promise<IDataObject> {
	const conditions = readConditions(context.getNodeParameter('filters.conditions', itemIndex, []));
	if (conditions.length === 0 && !includeClosed) return {};

	const metadata = await loadMetadata(context, module);
	const filters: IDataObject = {};
	for (const condition of conditions) {
		const filter = findFilter(metadata, module, condition.filter);
		if (filters[filter.name] !== undefined) {
			throw new UserError(
				`The filter '${filter.label}' (${filter.name}) stands twice in 'Filters'`,
			);
		}
		Object.assign(filters, encodeCondition(filter, condition, context.getTimezone()));
	}
	return includeClosed ? { ...filters, ...closedRecordsFilter(metadata) } : filters;
}

/** The names in a condition are those of the parameter; an agent or expression may leave some out. */
interface Condition {
	filter: string;
	operator: string;
	value: unknown;
	valueEnd: unknown;
}

function readConditions(parameter: unknown): Condition[] {
	const conditions: unknown[] = Array.isArray(parameter) ? parameter : [];
	return conditions.filter(isJsonObject).map(({ filter, operator, value, valueEnd }) => ({
		filter: String(filter ?? '').trim(),
		operator: String(operator ?? '') || 'eq',
		value: isResourceLocatorValue(value) ? value.value : value,
		valueEnd,
	}));
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
		throw new UserError(`"${operator}" is no operator of the filter '${filter.label}'`);
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
	const encoded = isBlank ? null : encodeValue(filter, value, timezone);
	if (encoded === null || encoded === '') {
		throw new UserError(
			`'${parameter}' of the filter '${filter.label}' (${filter.name}) is empty, which would match every record`,
		);
	}
	return encoded;
}
