import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { chosenOperation, properties } from './actions';
import { failedItem, nodeError } from './nodeError';
import { readParallelRequests } from './actions/options';
import { getFields, getFileFields, getFilters, getSortFields } from './field/loaders';
import { getCreateFields, getUpdateFields, getUpsertFields } from './field/mapper';
import { searchFileModules } from './file/module';
import { getFilterOperators } from './filter/operators';
import { searchFilterValues } from './filter/values';
import { searchLinks } from './link/search';
import { searchModules } from './module/search';
import { searchDocuments, searchRecords } from './record/search';
import { inOrder } from './transport/parallel';

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
		loadOptions: { getFields, getFileFields, getFilterOperators, getFilters, getSortFields },
		resourceMapping: { getCreateFields, getUpdateFields, getUpsertFields },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = chosenOperation(this);
		const outputs = await inOrder(
			this.getInputData(),
			readParallelRequests(this, 0),
			async (_, itemIndex): Promise<INodeExecutionData[]> => {
				// One for all outputs of an item: n8n stores what is the same object once.
				const pairedItem = { item: itemIndex };
				try {
					const items = await operation.execute(this, itemIndex);
					return items.map((item) => ({ ...item, pairedItem }));
				} catch (error) {
					if (!this.continueOnFail()) throw nodeError(this.getNode(), error, itemIndex);
					return [failedItem(this.getNode(), error, itemIndex)];
				}
			},
		);
		return [outputs.flat()];
	}
}
