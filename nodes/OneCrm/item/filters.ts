import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { isResourceLocatorValue, UserError } from 'n8n-workflow';

import type { Condition } from '../crm/filters';
import { closedRecordsFilter, encodeConditions } from '../crm/filters';
import type { Item } from './item';
import { readRows } from './rows';
import { shown } from './values';

const CONDITION_COLUMNS = ['filter', 'operator', 'value', 'valueEnd', 'period'];

/** Conditions on the filters of a module, all of which a record has to meet. */
export const filterConditions: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'fixedCollection',
	placeholder: 'Add Filter',
	default: {},
	typeOptions: { multipleValues: true },
	description:
		'Conditions that a record must meet. 1CRM can only filter by what the list offers, not by every field.',
	options: [
		{
			displayName: 'Condition',
			name: 'conditions',
			values: [
				{
					displayName: 'Filter Name or ID',
					name: 'filter',
					type: 'options',
					default: '',
					typeOptions: { loadOptionsMethod: 'getFilters', loadOptionsDependsOn: ['module.value'] },
					description:
						'What to filter by. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
				},
				{
					displayName: 'Operator Name or ID',
					name: 'operator',
					type: 'options',
					default: 'eq',
					typeOptions: {
						loadOptionsMethod: 'getFilterOperators',
						loadOptionsDependsOn: ['module.value', '&filter'],
					},
					description:
						'How to compare. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'resourceLocator',
					default: { mode: 'text', value: '' },
					description:
						'The value to look for. It cannot be empty, because that would match every record.',
					modes: [
						{
							displayName: 'From List',
							name: 'list',
							type: 'list',
							placeholder: 'Select a value…',
							typeOptions: { searchListMethod: 'searchFilterValues', searchable: true },
						},
						{ displayName: 'Text', name: 'text', type: 'string', placeholder: 'e.g. Smith' },
					],
				},
				{
					displayName: 'End Value',
					name: 'valueEnd',
					type: 'string',
					default: '',
					placeholder: 'e.g. 2026-12-31',
					displayOptions: { show: { operator: ['between_dates'] } },
					description: 'The last day of the range',
				},
			],
		},
	],
};

/**
 * The `filters` of a list request: the conditions of the node and, if the module hides closed records, the
 * switch that shows them. Throws a `UserError` as `encodeConditions` does.
 */
export async function readFilters(
	item: Item,
	module: string,
	includeClosed: boolean,
): Promise<IDataObject> {
	const conditions = readConditions(item);
	if (conditions.length === 0 && !includeClosed) return {};
	const metadata = await item.crm.metadata(module);
	return {
		...encodeConditions(module, metadata, conditions, item.timezone),
		...(includeClosed && closedRecordsFilter(metadata)),
	};
}

/** An agent or expression may leave the operator out. */
function readConditions(item: Item): Condition[] {
	const { displayName, name } = filterConditions;
	const rows = readRows(
		item,
		{ displayName, name, rowsName: 'conditions', columns: CONDITION_COLUMNS },
		'match every record',
	);
	return rows.map(({ filter, operator, value, ...rest }) => ({
		...rest,
		filter: word(filter),
		operator: word(operator) || 'eq',
		value: isResourceLocatorValue(value) ? value.value : value,
	}));
}

function word(value: unknown): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value.trim();
	throw new UserError(
		`A condition in 'Filters' takes a name as filter and operator, not "${shown(value)}"`,
	);
}
