import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { chosenOperation, properties } from './actions';
import { getActivityStatuses } from './editor/activityStatuses';
import {
	getFields,
	getFileFields,
	getFilters,
	getPersonalFields,
	getSortFields,
} from './editor/fields';
import { getFilterOperators } from './editor/filterOperators';
import { searchFilterValues } from './editor/filterValues';
import { searchLinks } from './editor/links';
import { getCreateFields, getUpdateFields, getUpsertFields } from './editor/mapperFields';
import { searchFileModules, searchModules } from './editor/modules';
import { searchDocuments, searchRecords } from './editor/records';
import { errorOfItem } from './http/errors';
import { mapConcurrently } from './http/parallel';
import { Item } from './item/item';
import { failedItem } from './item/output';
import { Run } from './item/run';

export class OneCrm implements INodeType {
	description: INodeTypeDescription = {
		displayName: '1CRM',
		name: 'oneCrm',
		icon: { light: 'file:oneCrm.svg', dark: 'file:oneCrm.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Work with the records, files and modules of 1CRM',
		defaults: { name: '1CRM' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'oneCrmApi', required: true }],
		properties,
	};

	methods = {
		listSearch: {
			searchDocuments,
			searchFileModules,
			searchFilterValues,
			searchLinks,
			searchModules,
			searchRecords,
		},
		loadOptions: {
			getActivityStatuses,
			getFields,
			getFileFields,
			getFilterOperators,
			getFilters,
			getPersonalFields,
			getSortFields,
		},
		resourceMapping: { getCreateFields, getUpdateFields, getUpsertFields },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const run = new Run(this);
		const operation = chosenOperation(
			this.getNodeParameter('resource', 0),
			this.getNodeParameter('operation', 0),
		);
		const outputs = await mapConcurrently(
			run.inputs,
			run.parallelRequests,
			async (_, itemIndex): Promise<INodeExecutionData[]> => {
				// One for all outputs of an item: n8n stores what is the same object once.
				const pairedItem = { item: itemIndex };
				try {
					const items = await operation.execute(new Item(run, itemIndex));
					return items.map((item) => ({ ...item, pairedItem }));
				} catch (error) {
					if (!this.continueOnFail()) throw errorOfItem(this.getNode(), error, itemIndex);
					return [failedItem(this.getNode(), error, itemIndex)];
				}
			},
		);
		return [outputs.flat()];
	}
}
