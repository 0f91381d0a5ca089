import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	NodeError,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { chosenOperation, properties } from './actions';
import type { Operation } from './actions/operation';
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
import {
	getCreateFields,
	getHeaderFields,
	getUpdateFields,
	getUpsertFields,
} from './editor/mapperFields';
import { searchDocumentModules, searchFileModules, searchModules } from './editor/modules';
import { searchDocuments, searchInvoices, searchProducts, searchRecords } from './editor/records';
import { getPaymentTypes, getTaxCodes } from './editor/salesDocument';
import { asNodeError, errorOfItem } from './http/errors';
import { sentences } from './http/failure';
import { mapConcurrently } from './http/parallel';
import { Item } from './item/item';
import { failedItem } from './item/output';
import { Progress } from './item/progress';
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
			searchDocumentModules,
			searchDocuments,
			searchFileModules,
			searchFilterValues,
			searchInvoices,
			searchLinks,
			searchModules,
			searchProducts,
			searchRecords,
		},
		loadOptions: {
			getActivityStatuses,
			getFields,
			getFileFields,
			getFilterOperators,
			getFilters,
			getPaymentTypes,
			getPersonalFields,
			getSortFields,
			getTaxCodes,
		},
		resourceMapping: { getCreateFields, getHeaderFields, getUpdateFields, getUpsertFields },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = chosenOperation(
			this.getNodeParameter('resource', 0),
			this.getNodeParameter('operation', 0),
		);
		const run = new Run(this, operation.properties);
		const progress = new Progress(run.inputs.length, !this.continueOnFail());
		const outputs = await mapConcurrently(
			run.inputs,
			run.crm.http.slots,
			async (_, itemIndex): Promise<INodeExecutionData[]> => {
				try {
					const item = new Item(run, itemIndex);
					item.checkOptions();
					return await executeItem(operation, item, progress);
				} catch (error) {
					if (this.continueOnFail()) return [failedItem(this.getNode(), error, itemIndex)];
					throw errorOfItem(this.getNode(), error, itemIndex);
				}
			},
		).catch(async (error: NodeError) => {
			for (const undo of run.undoings) await undo();
			error.description = sentences(error.description ?? undefined, progress.summary);
			throw asNodeError(this.getNode(), error);
		});
		run.showHints();
		return [outputs.flat()];
	}
}

/** The outputs of an item. Items that change the same thing take turns, in their order. */
async function executeItem(
	operation: Operation,
	item: Item,
	progress: Progress,
): Promise<INodeExecutionData[]> {
	const targets = operation.targets?.(item);
	const execute = async (): Promise<INodeExecutionData[]> => {
		// Once an item has stopped the run, those that still wait for their turn do nothing.
		if (progress.hasStopped) return [];
		const outputs: INodeExecutionData[] = await progress.watch(
			item.index,
			async () => await operation.execute(item),
		);
		if (targets !== undefined) progress.finish(item.index);
		// One object for all outputs of an item: n8n stores the same object only once.
		const pairedItem = { item: item.index };
		for (const output of outputs) output.pairedItem = pairedItem;
		return outputs;
	};
	if (targets === undefined || targets.length === 0) return await execute();
	const keys = targets.map((id) => `target ${id.toLowerCase()}`);
	return await item.crm.serializeByKey(keys, execute);
}
