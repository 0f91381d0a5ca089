import { LOYALTY_LEVELS, NEWSLETTER_TOPICS } from './choices.cts';
import type { Fields, ModuleDefinition } from './definition.cts';
import { amount, choice, currency, date, multiChoice, text } from './fields.cts';

/** Fields as an administrator adds them in the Module Designer: nothing marks them as custom. */
export function customFields(withCurrency: boolean): Fields {
	return {
		...choice('loyalty_level', 'Loyalty Level', LOYALTY_LEVELS, { audited: true }),
		...multiChoice(
			'newsletter_topics',
			'newsletter_topic',
			'Newsletter Topics',
			NEWSLETTER_TOPICS,
			5,
		),
		...date('customer_since', 'Customer Since'),
		...amount('annual_budget', 'Annual Budget', { audited: true }),
		...(withCurrency ? currency() : {}),
	};
}

/** The module with so many more fields for texts. */
export function withFields(module: ModuleDefinition, count: number): ModuleDefinition {
	const names = Array.from({ length: count }, (_, index) => `own_description_${index + 1}`);
	const own = names.map((name) => text(name, name.replaceAll('_', ' ')));
	return { ...module, fields: Object.assign({}, module.fields, ...own) as Fields };
}

/** The custom fields that have a filter. */
export const CUSTOM_FILTERS = ['loyalty_level', 'newsletter_topics', 'customer_since'];
