import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { CrmClient } from '../OneCrm/crm/client';
import { isJsonObject, parseJson } from '../OneCrm/http/json';

/**
 * Holds for every record. Without a filter some versions of 1CRM never fire a webhook; this one is what
 * a 1CRM partner documents for that case.
 */
const ALWAYS_TRUE_FILTER = {
	glue: 'or',
	conditions: [{ field: 'deleted', filter: 'is_false', value: '0', when: 'current_value' }],
};

/**
 * The `filters` of a webhook in 1CRM's form, from the value of the parameter: its conditions, or what was
 * written as JSON. Throws a `UserError` for both at once, a condition without a field, and JSON that
 * is none or holds no condition.
 */
export function readTriggerFilters(parameter: unknown): IDataObject {
	const { glue, rawJson } = isJsonObject(parameter) ? parameter : {};
	const entries = readConditions(parameter);
	const raw = readRawFilters(rawJson);
	if (raw !== undefined) {
		if (entries.length === 0) return raw;
		throw new UserError("'Filters' has both conditions and 'Raw JSON'. Remove one of them");
	}
	if (entries.length === 0) return ALWAYS_TRUE_FILTER;
	return {
		// For one condition both say the same, and of "and" no source shows that 1CRM takes it.
		glue: glue === 'or' || entries.length === 1 ? 'or' : 'and',
		conditions: entries.map(({ field, operator, value, when }) => {
			if (!field) throw new UserError("A condition in 'Filters' has no field");
			return {
				field: String(field),
				filter: String(operator || 'eq'),
				value: String(value ?? ''),
				when: String(when || 'current_value'),
			};
		}),
	};
}

function readConditions(parameter: unknown): IDataObject[] {
	const { conditions } = isJsonObject(parameter) ? parameter : {};
	return (Array.isArray(conditions) ? conditions : []).filter(isJsonObject);
}

/** Typed as text, or an object that an expression gave. */
function readRawFilters(rawJson: unknown): IDataObject | undefined {
	if (rawJson === undefined || rawJson === null || rawJson === '') return undefined;
	const filters = typeof rawJson === 'string' ? parseJson(rawJson) : rawJson;
	const rest = `e.g. ${JSON.stringify(ALWAYS_TRUE_FILTER)}`;
	if (!isJsonObject(filters)) {
		throw new UserError(
			`'Raw JSON' in 'Filters' isn't a JSON object. Write it as 1CRM takes it, ${rest}`,
		);
	}
	const { conditions } = filters;
	const isList = Array.isArray(conditions) && conditions.length > 0;
	if (!isList || !conditions.every(isJsonObject)) {
		throw new UserError(
			`'Raw JSON' in 'Filters' contains no list of conditions, and 1CRM sends nothing without one. Write ${rest}`,
		);
	}
	return filters;
}

/**
 * Throws a `UserError` for a condition on a field that the module does not have: 1CRM would take it and
 * never send an event. What was written as JSON is for 1CRM to judge.
 */
export async function checkFilterFields(
	context: IHookFunctions,
	crm: CrmClient,
	module: string,
): Promise<void> {
	const conditions = readConditions(context.getNodeParameter('filters', {}));
	if (conditions.length === 0) return;
	const { fields } = await crm.metadata(module);
	const names = conditions.map(({ field }) => String(field));
	const unknown = names.filter((name) => !fields.has(name));
	if (unknown.length === 0) return;
	throw new UserError(
		`A condition in 'Filters' is on "${unknown.join('", "')}", which ${module} does not have. Choose a field from the list`,
	);
}
