import type { ModuleDefinition } from './modules/definition.cts';
import type { WebhookVariants } from './variants.cts';

export interface WebhookCondition {
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
 * Whether a record passes a webhook's filter. Only the words that are known to exist are understood;
 * with any other, or with a field that the module lacks, the condition never holds.
 */
export function isFilterTrue(
	{ glue, conditions = [] }: WebhookFilters,
	{ fields }: ModuleDefinition,
	valueOf: (field: string) => string | null,
	andFilters: WebhookVariants['andFilters'],
): boolean {
	const holds = ({ field, filter, value, when = 'current_value' }: WebhookCondition) => {
		if (!(field in fields) || when !== 'current_value') return false;
		const current = valueOf(field) ?? '';
		if (filter === 'is_false') return current === '' || current === '0';
		if (filter === 'eq') return current.toLowerCase() === String(value ?? '').toLowerCase();
		return false;
	};
	if (glue !== 'and' || andFilters === 'any') return conditions.some(holds);
	return andFilters === 'all' && conditions.every(holds);
}
