import type { INodeProperties } from 'n8n-workflow';

import { moduleLocator } from '../OneCrm/item/locators';

const conditionValues: INodeProperties[] = [
	{
		displayName: 'Field Name or ID',
		name: 'field',
		type: 'options',
		default: '',
		typeOptions: { loadOptionsMethod: 'getFields', loadOptionsDependsOn: ['module.value'] },
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

/**
 * Collections, not a fixed collection: only so can `glue` stand beside the list of conditions, as it does
 * in what 1CRM takes.
 */
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

const optionValues: INodeProperties[] = [
	{
		displayName: 'Fetch Record',
		name: 'fetchRecord',
		type: 'boolean',
		default: true,
		description:
			'Whether to read the whole record from 1CRM when an event arrives. If it is off, the item contains what 1CRM delivered, which may be incomplete and is not verified.',
	},
	{
		displayName: 'Ignore Own Changes',
		name: 'ignoreOwnChanges',
		type: 'boolean',
		default: false,
		description:
			'Whether to ignore what the user of the credential changed in 1CRM, so that a workflow that writes to the record does not start itself. Give n8n a user of its own.',
	},
	{
		displayName: 'Ignore Repeats',
		name: 'ignoreRepeats',
		type: 'boolean',
		default: false,
		description: 'Whether to ignore events that 1CRM delivers more than once',
	},
	{
		displayName: 'Include Changes',
		name: 'includeChanges',
		type: 'boolean',
		default: false,
		description:
			"Whether to add the changes of the event to the item, each with the value before and after, from 1CRM's audit log",
	},
	{
		displayName: 'Only If Changed Names or IDs',
		name: 'onlyIfChanged',
		type: 'multiOptions',
		default: [],
		typeOptions: {
			loadOptionsMethod: 'getAuditedFields',
			loadOptionsDependsOn: ['module.value'],
		},
		description:
			'Start the workflow only if one of these fields changed. Only fields that the audit log covers can be chosen. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Webhook Name',
		name: 'webhookName',
		type: 'string',
		default: '',
		placeholder: 'e.g. New leads to Slack',
		description:
			'A name in the address of the webhook by which an administrator of 1CRM recognizes it',
	},
];

/** The parameters of the trigger. */
export const triggerProperties: INodeProperties[] = [
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
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: optionValues,
	},
];
