import type { IConnections, INode } from 'n8n-workflow';
import type { WorkflowDefinition } from '../support/n8n/definitions.cts';

export type ChainNode = Omit<INode, 'id' | 'position'>;

/** A workflow whose nodes form one chain. */
export function chainOf(name: string, chain: ChainNode[]): WorkflowDefinition {
	const connections: IConnections = {};
	for (const [index, { name: node }] of chain.slice(1).entries()) {
		connections[chain[index].name] = { main: [[{ node, type: 'main', index: 0 }]] };
	}
	return {
		name,
		nodes: chain.map((node, index) => ({ ...node, id: node.name, position: [index * 200, 0] })),
		connections,
		settings: { executionOrder: 'v1' },
	};
}
