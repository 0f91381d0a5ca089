import type {
	IExecuteFunctions,
	IHookFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { getAuditedFields, getConditionFields } from '../OneCrm/editor/fields';
import { searchModules } from '../OneCrm/editor/modules';
import { isRegistered, register, unregister } from './activation';
import { receiveDelivery } from './delivery';
import { readEventRecords } from './event';
import { triggerTexts } from './panel';
import { triggerProperties } from './parameters';

export class OneCrmTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: '1CRM Trigger',
		name: 'oneCrmTrigger',
		icon: { light: 'file:../OneCrm/oneCrm.svg', dark: 'file:../OneCrm/oneCrm.dark.svg' },
		group: ['trigger'],
		// For a node of version 1, n8n evaluates an expression at each delivery (`parseRequestBody` in its webhook-helpers).
		version: [1, 1.1],
		defaultVersion: 1.1,
		subtitle: '={{ $parameter["event"] }}',
		description: 'Starts the workflow when records are created or updated in 1CRM',
		defaults: { name: '1CRM Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'oneCrmApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'webhook',
				responseMode: 'onReceived',
				// Makes n8n answer with what `webhook()` returns, and read that after it has stored the execution.
				responseData: '',
			},
		],
		...triggerTexts,
		properties: triggerProperties,
	};

	methods = {
		listSearch: { searchModules },
		loadOptions: { getAuditedFields, getConditionFields },
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await isRegistered(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await register(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await unregister(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this);
	}

	/** Runs in the execution that a delivery has started. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await readEventRecords(this)];
	}
}
