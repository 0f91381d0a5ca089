import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import type { Operator } from '../crm/operators';
import { EQUALS, findOperator, OPERATORS, operatorsOf } from '../crm/operators';
import { chosenMetadata } from './chosen';

/** The operators that suit the filter chosen beside them, the usual one first; all of them until one is chosen. */
export async function getFilterOperators(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const metadata = await chosenMetadata(this);
	const filter = metadata?.filters.get(String(this.getCurrentNodeParameter('&filter') ?? ''));
	if (filter === undefined) return toOptions(OPERATORS);
	// A new condition has `eq` until something else is chosen; for a date, 1CRM has another word. The one in use is
	// offered.
	const ownWord = findOperator(filter, EQUALS.value)?.value;
	const isOwnWordChosen = this.getCurrentNodeParameter('&operator') === ownWord;
	return toOptions(operatorsOf(filter)).map((option) =>
		option.value === ownWord && !isOwnWordChosen ? { ...option, value: EQUALS.value } : option,
	);
}

function toOptions(operators: Operator[]): INodePropertyOptions[] {
	return operators.map(({ name, value }) => ({ name, value }));
}
