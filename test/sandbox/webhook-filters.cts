import type { ModuleDefinition } from './modules/definition.cts';
import { isMap } from './route.cts';
import type { WebhookVariants } from './variants.cts';

interface WebhookCondition {
	field: string;
	filter: string;
	value?: unknown;
	when?: string;
}

export interface WebhookFilters {
	glue?: string;
	conditions?: WebhookCondition[];
}

/**
 * Whether a record matches a webhook's filter. The sandbox only understands operators that are known to
 * exist. A condition with another one, or with a field that the module doesn't have, never matches.
 */
export function isFilterTrue(
	{ glue, conditions = [] }: WebhookFilters,
	{ fields }: ModuleDefinition,
	valueOf: (field: string) => string | null,
	andFilters: WebhookVariants['andFilters'],
): boolean {
	const holds = ({ field, filter, value, when = 'current_value' }: WebhookCondition) => {
		if (!Object.hasOwn(fields, field) || when !== 'current_value') return false;
		const current = valueOf(field) ?? '';
		if (filter === 'is_false') return current === '' || current === '0';
		if (filter === 'eq') return current.toLowerCase() === String(value ?? '').toLowerCase();
		return false;
	};
	if (glue === 'or' || (glue === 'and' && andFilters === 'any')) return conditions.some(holds);
	return glue === 'and' && andFilters === 'all' && conditions.every(holds);
}

/** Whether registered filters have the form of filters, whatever operators they contain. */
export function areFilters(value: unknown): value is WebhookFilters {
	if (!isMap(value)) return false;
	const { conditions = [] } = value;
	return Array.isArray(conditions) && conditions.every(isMap);
}
