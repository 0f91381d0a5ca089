import type { INodeProperties } from 'n8n-workflow';

import { keptAsWritten } from '../OneCrm/item/asWritten';
import { moduleLocator } from '../OneCrm/item/locators';
import { triggerOptions } from './options';

const conditionValues: INodeProperties[] = [
	{
		displayName: 'Field Name or ID',
		name: 'field',
		type: 'options',
		default: '',
		typeOptions: {
			loadOptionsMethod: 'getConditionFields',
			loadOptionsDependsOn: ['module.value'],
		},
		description:
			'The field to look at. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Operator',
		name: 'operator',
		type: 'options',
		default: 'eq',
		description: 'How the field is compared',
		options: [
			{ name: 'Equals', value: 'eq' },
			{ name: 'Is False', value: 'is_false' },
		],
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		description: 'The value as 1CRM stores it, e.g. 1 for yes',
	},
	{
		displayName: 'When',
		name: 'when',
		type: 'options',
		default: 'current_value',
		options: [{ name: 'Current Value', value: 'current_value' }],
		description: 'Which value of the field to compare',
	},
];

/** Collections, not a fixed collection: only these allow `glue` beside the list of conditions, as 1CRM takes it. */
const filterSettings: INodeProperties[] = [
	{
		displayName: 'Combine With',
		name: 'glue',
		type: 'options',
		default: 'and',
		options: [
			{ name: 'AND', value: 'and', description: 'All conditions must be met' },
			{ name: 'OR', value: 'or', description: 'One condition is enough' },
		],
		description: 'How several conditions are combined',
	},
	{
		displayName: 'Conditions',
		name: 'conditions',
		type: 'collection',
		placeholder: 'Add Property',
		default: { field: '', operator: 'eq', value: '', when: 'current_value' },
		description: 'What a record must meet for 1CRM to send an event',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Condition' },
		options: conditionValues,
	},
	{
		displayName: 'Raw JSON',
		name: 'rawJson',
		type: 'json',
		default: '',
		placeholder: 'e.g. { "glue": "or", "conditions": [ … ] }',
		description:
			'Filters in the format of 1CRM, instead of conditions. Its Developer Guide has more operators and moments than the lists here.',
	},
];

/** The parameters of the trigger. */
export const triggerProperties: INodeProperties[] = keptAsWritten([
	{
		displayName: 'Trigger On',
		name: 'event',
		type: 'options',
		default: 'created',
		description: 'Which changes of records start the workflow',
		options: [
			{ name: 'Record Created', value: 'created', description: 'Starts for each new record' },
			{
				name: 'Record Created or Updated',
				value: 'createdOrUpdated',
				description: 'Starts for each new record and each change',
			},
			{
				name: 'Record Updated',
				value: 'updated',
				description: 'Starts for each change of a record',
			},
		],
	},
	moduleLocator,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter Setting',
		default: {},
		description: 'Conditions that a record must meet. 1CRM checks them before it sends an event.',
		options: filterSettings,
	},
	triggerOptions,
]);
