import type { INodeProperties } from 'n8n-workflow';

/** Conditions on the filters of a module, all of which a record has to meet. */
export const filterConditions: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'fixedCollection',
	placeholder: 'Add Filter',
	default: {},
	typeOptions: { multipleValues: true },
	description:
		'Conditions that a record has to meet, all of them. 1CRM can filter by what the list offers, not by every field.',
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
						'What to look for. Empty values are refused, as they would match every record.',
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
