import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { CrmClient } from '../OneCrm/crm/client';
import { isJsonObject, parseJson } from '../OneCrm/http/json';
import type { RowsProperty } from '../OneCrm/item/rows';
import { rowsOf } from '../OneCrm/item/rows';
import { asText, emptyResult, fromJsonText } from '../OneCrm/item/values';
import { triggerParameter } from './options';

/**
 * Holds for every record. Without a filter some versions of 1CRM never fire a webhook; this one is what
 * a 1CRM partner documents for that case.
 */
const ALWAYS_TRUE_FILTER = {
	glue: 'or',
	conditions: [{ field: 'deleted', filter: 'is_false', value: '0', when: 'current_value' }],
};

/** The names of the parameter's parts in saved workflows. */
const PARTS = ['conditions', 'glue', 'rawJson'];
const CONDITIONS: RowsProperty = {
	displayName: 'Filters',
	name: 'filters',
	rowsName: 'conditions',
	columns: ['field', 'operator', 'value', 'when'],
};

/**
 * The `filters` of a webhook in 1CRM's form. Throws a `UserError` as `readTriggerFilters` does, and for an expression
 * with an empty result: only filters that nobody has filled in are none.
 */
export function readFilters(context: IHookFunctions): IDataObject {
	const parameter = triggerParameter(context, CONDITIONS.name);
	const filters = readTriggerFilters(parameter);
	if (filters === ALWAYS_TRUE_FILTER && containsExpression(context.getNode().parameters.filters)) {
		throw emptyResult(CONDITIONS, 'match every record');
	}
	return filters;
}

/** Whether a parameter, or one of its parts, is written as an expression. */
function containsExpression(written: unknown): boolean {
	const parts = isJsonObject(written) ? [written.conditions, written.rawJson] : [written];
	return parts.some((part) => typeof part === 'string' && part.startsWith('='));
}

/**
 * The `filters` of a webhook in 1CRM's form, from the value of the parameter: its conditions, or what was written as
 * JSON. Throws a `UserError` for both at once, for what cannot be read, a condition without a field, and JSON that
 * isn't an object or contains no condition.
 */
export function readTriggerFilters(parameter: unknown): IDataObject {
	const { conditions, glue, rawJson } = partsOf(parameter);
	const raw = readRawFilters(rawJson);
	if (raw !== undefined) {
		if (conditions.length === 0) return raw;
		throw new UserError("'Filters' has both conditions and 'Raw JSON'. Remove one of them");
	}
	const isOr = readGlue(glue) === 'or';
	if (conditions.length === 0) return ALWAYS_TRUE_FILTER;
	return {
		// For one condition both say the same, and no source shows that 1CRM takes "and".
		glue: isOr || conditions.length === 1 ? 'or' : 'and',
		conditions: conditions.map(({ field, operator, value, when }) => {
			if (!field) throw new UserError("A condition in 'Filters' has no field");
			return {
				field: asText(field),
				filter: asText(operator) || 'eq',
				value: asText(value),
				when: asText(when) || 'current_value',
			};
		}),
	};
}

/** Beside the editor's form, takes a list of conditions, a single one, and JSON text of any of these. */
function partsOf(parameter: unknown): { conditions: IDataObject[] } & IDataObject {
	const given = fromJsonText(parameter);
	const isWhole = isJsonObject(given) && Object.keys(given).some((name) => PARTS.includes(name));
	if (!isWhole) return { conditions: rowsOf(CONDITIONS, given) };
	const unknown = Object.keys(given).find((name) => !PARTS.includes(name));
	if (unknown !== undefined) {
		throw new UserError(`'Filters' has no "${unknown}". It has: ${PARTS.join(', ')}`);
	}
	return { ...given, conditions: rowsOf(CONDITIONS, { conditions: given.conditions }) };
}

function readGlue(value: unknown): 'and' | 'or' {
	const glue = asText(value).trim().toLowerCase() || 'and';
	if (glue === 'and' || glue === 'or') return glue;
	throw new UserError(`'Combine With' in 'Filters' cannot be "${glue}"`);
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
	const { conditions } = partsOf(triggerParameter(context, CONDITIONS.name));
	if (conditions.length === 0) return;
	const { fields } = await crm.metadata(module);
	const names = conditions.map(({ field }) => String(field));
	const unknown = names.filter((name) => !fields.has(name));
	if (unknown.length === 0) return;
	throw new UserError(
		`A condition in 'Filters' is on "${unknown.join('", "')}", which ${module} does not have. Choose a field from the list`,
	);
}
