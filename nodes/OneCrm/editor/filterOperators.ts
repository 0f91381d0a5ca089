import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import type { Operator } from '../crm/operators';
import { EQUALS, findOperator, OPERATORS, operatorsOf } from '../crm/operators';
import { chosenMetadata } from './chosen';

/** The operators that suit the filter chosen beside them, the usual one first; all of them until one is chosen. */
export async function getFilterOperators(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const metadata = await chosenMetadata(this);
	if (metadata === undefined) return [];
	const filter = metadata.filters.get(String(this.getCurrentNodeParameter('&filter') ?? ''));
	if (filter === undefined) return toOptions(OPERATORS);
	const own = operatorsOf(filter);
	// A new condition equals until something else is chosen, and 1CRM has another word for that of a date.
	const isKnownByOther = !own.includes(EQUALS) && findOperator(filter, EQUALS.value) !== undefined;
	return toOptions(isKnownByOther ? [EQUALS, ...own] : own);
}

function toOptions(operators: Operator[]): INodePropertyOptions[] {
	return operators.map(({ name, value }) => ({ name, value }));
}
