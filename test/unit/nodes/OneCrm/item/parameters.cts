import type { IExecuteFunctions } from 'n8n-workflow';
import { Item } from '../../../../../nodes/OneCrm/item/item';
import { Run } from '../../../../../nodes/OneCrm/item/run';

/** A run of a node with these parameters. For every other parameter, n8n returns the fallback. */
export function runWith(parameters: Record<string, unknown>): Run {
	const context = {
		getNode: () => ({ parameters }),
		getNodeParameter: (name: string, _: number, fallback?: unknown) =>
			name in parameters ? parameters[name] : fallback,
	};
	return new Run(context as unknown as IExecuteFunctions, []);
}

/** Its first item. */
export function itemWith(parameters: Record<string, unknown>): Item {
	return new Item(runWith(parameters), 0);
}
