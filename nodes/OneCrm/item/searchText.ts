import type { INodeProperties } from 'n8n-workflow';

import type { Item } from './item';

/** A text that 1CRM looks for in the fields that it searches. */
export const searchText: INodeProperties = {
	displayName: 'Search Text',
	name: 'filterText',
	type: 'string',
	default: '',
	placeholder: 'e.g. Smith',
	description: 'Find records that contain this text in one of the fields that 1CRM searches',
};

/** The text, or `undefined` if there is none. Throws a `UserError` for an expression with an empty result. */
export function readSearchText(item: Item): string | undefined {
	const text = item.text(searchText.name);
	if (text === '') item.refuseEmptyExpression(searchText, 'match every record');
	return text === '' ? undefined : text;
}
