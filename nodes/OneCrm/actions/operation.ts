import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Item } from '../item/item';
import type { OutputItem } from '../item/output';

/** One operation of a resource: its entry in the list, its parameters, and what it does. */
export interface Operation {
	/** `name`, `description` and `action` (what the node is called on the canvas). */
	option: Required<Pick<INodePropertyOptions, 'name' | 'description' | 'action'>>;
	/** Shown when the operation is chosen. */
	properties: INodeProperties[];
	/**
	 * What an operation that writes changes, by ids. Items that change the same thing take turns, in their order. Empty
	 * for what is new. `undefined` for an item that only reads, missing for an operation that only reads.
	 */
	targets?(item: Item): string[] | undefined;
	/** Returns the output items of one input item. */
	execute(item: Item): Promise<OutputItem[]>;
}

export interface Resource {
	name: string;
	/** The operation that a new node is set to. */
	initial: string;
	/** By the value that saved workflows keep, in the alphabetical order of their names. */
	operations: Record<string, Operation>;
}
