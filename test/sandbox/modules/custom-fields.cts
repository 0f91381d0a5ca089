import { LOYALTY_LEVELS, NEWSLETTER_TOPICS } from './choices.cts';
import type { Fields } from './definition.cts';
import { amount, choice, currency, date, multiChoice } from './fields.cts';

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

/** The custom fields that have a filter. */
export const CUSTOM_FILTERS = ['loyalty_level', 'newsletter_topics', 'customer_since'];
