import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

/** An output item before the node pairs it with its input item. */
export type OutputItem = Pick<INodeExecutionData, 'binary' | 'json'>;

/** Output items that hold no files. */
export function jsonItems(records: IDataObject[]): OutputItem[] {
	return records.map((json) => ({ json }));
}

/** One operation of a resource: how it stands in the list, its parameters, and what it does. */
export interface Operation {
	/** `name`, `description` and `action` (what the node is called on the canvas). */
	option: Required<Pick<INodePropertyOptions, 'name' | 'description' | 'action'>>;
	/** Shown when the operation is chosen. */
	properties: INodeProperties[];
	/** Returns the output items of one input item. */
	execute(context: IExecuteFunctions, itemIndex: number): Promise<OutputItem[]>;
}

export interface Resource {
	name: string;
	/** The operation that a new node is set to. */
	initial: string;
	/** By the value that saved workflows keep, in the alphabetical order of their names. */
	operations: Record<string, Operation>;
}
