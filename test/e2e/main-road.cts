import type { INode } from 'n8n-workflow';

import type { WorkflowDefinition } from '../support/n8n/definitions.cts';

/**
 * The trigger and the nodes that items reach from it through first outputs only, in the order of the
 * workflow. A run doesn't need to reach the nodes behind other outputs (false, error).
 */
export function nodesOnTheMainRoad(
	{ nodes, connections }: Pick<WorkflowDefinition, 'nodes' | 'connections'>,
	trigger: INode,
): INode[] {
	const reached = new Set([trigger.name]);
	// Iterating over a set includes what is added meanwhile.
	for (const name of reached) {
		for (const { node } of connections[name]?.main?.[0] ?? []) reached.add(node);
	}
	return nodes.filter(({ name, disabled }) => reached.has(name) && !disabled);
}
