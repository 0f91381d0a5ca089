import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { isResourceLocatorValue, UserError } from 'n8n-workflow';

import { ConditionChecks, NO_CHECKS } from '../crm/conditionChecks';
import type { Condition } from '../crm/filters';
import { closedRecordsFilter, encodeConditions, filtersOf } from '../crm/filters';
import { PERIODS, WITHOUT_VALUE, WITH_PERIOD, WITH_RANGE } from '../crm/operators';
import type { Item } from './item';
import { readRows } from './rows';
import { shown } from './values';

const CONDITION_COLUMNS = ['filter', 'operator', 'value', 'valueEnd', 'period'];

/** In the order in which people fill them in. */
const conditionValues: INodeProperties[] = [
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
		displayOptions: { hide: { operator: WITHOUT_VALUE } },
		hint: 'Enter a text, or change Text to From List to choose a value',
		description:
			'The value to look for. It cannot be empty, because that would match every record. Several values are separated by commas.',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a value…',
				typeOptions: { searchListMethod: 'searchFilterValues', searchable: true },
			},
			{
				displayName: 'Text',
				name: 'text',
				type: 'string',
				placeholder: 'e.g. Smith or 2026-12-31',
			},
		],
	},
	{
		displayName: 'End Value',
		name: 'valueEnd',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-12-31',
		displayOptions: { show: { operator: WITH_RANGE } },
		description: 'The upper bound of the range, or its last day',
	},
	{
		displayName: 'Period',
		name: 'period',
		type: 'options',
		default: 'month',
		displayOptions: { show: { operator: WITH_PERIOD } },
		options: PERIODS,
		description: 'Which period the date has to be in',
	},
];

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
			values: conditionValues,
		},
	],
};

/** What a list is filtered by. */
interface Filtering {
	/** The `filters` of its request. */
	filters: IDataObject;
	/** The same, to be checked on the records that come back. */
	checks: ConditionChecks;
}

/**
 * The conditions of the node and, if the module hides closed records, the switch that shows them. Throws a `UserError`
 * as `encodeConditions` does.
 */
export async function readFilters(
	item: Item,
	module: string,
	includeClosed: boolean,
): Promise<Filtering> {
	const conditions = readConditions(item);
	if (conditions.length === 0 && !includeClosed) return { filters: {}, checks: NO_CHECKS };
	const metadata = await item.crm.metadata(module);
	const encoded = encodeConditions(module, metadata, conditions, item.timezone);
	return {
		filters: { ...filtersOf(encoded), ...(includeClosed && closedRecordsFilter(metadata)) },
		checks: new ConditionChecks(module, metadata, encoded),
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
