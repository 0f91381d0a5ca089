import type { INode } from 'n8n-workflow';

import type { WorkflowDefinition } from '../support/n8n/definitions.cts';

/**
 * The trigger and the nodes that items reach from it by first outputs alone, in the order of the workflow.
 * Behind another output (false, error) is what a run need not come to.
 */
export function nodesOnTheMainRoad(
	{ nodes, connections }: Pick<WorkflowDefinition, 'nodes' | 'connections'>,
	trigger: INode,
): INode[] {
	const reached = new Set([trigger.name]);
	// A set's iteration comes to what is added while it goes on.
	for (const name of reached) {
		for (const { node } of connections[name]?.main?.[0] ?? []) reached.add(node);
	}
	return nodes.filter(({ name, disabled }) => reached.has(name) && !disabled);
}
