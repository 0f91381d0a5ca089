import type { INode, INodeParameters } from 'n8n-workflow';

import type { SavedCredential, WorkflowDefinition } from '../../support/n8n/definitions.cts';
import { PACKAGE_NAME } from '../../support/n8n/stage.cts';
import { inModule, ONE_CRM, triggerWorkflow } from '../../support/n8n/workflows.cts';

const BULK = 'Webhook';
const ITEMS = 'Split Out';

/** Makes an account for every new contact, named by the contact's ID, so that each event leaves its trace. */
export function eventWorkflow(credential: SavedCredential): WorkflowDefinition {
	const parameters = { event: 'created', module: inModule('Contact'), options: {} };
	const { nodes, ...definition } = triggerWorkflow(
		'An account for each contact',
		parameters,
		credential,
	);
	const create = oneCrm(credential, {
		resource: 'record',
		operation: 'create',
		module: inModule('Account'),
		fields: { mappingMode: 'defineBelow', value: { name: '={{ $json.recordId }}' } },
	});
	return { ...definition, nodes: [...nodes, create], connections: chain([nodes[0], create]) };
}

export const GET_CHANGES = 'Get Changes';

/**
 * Starts with a call of `/webhook/<path>`, and writes a lead for each contact that has changed, with the contact's ID
 * as its name. What is returned twice is written once.
 */
export function changesWorkflow(
	path: string,
	options: INodeParameters,
	credential: SavedCredential,
): WorkflowDefinition {
	const webhook = webhookNode(path);
	const changes = {
		resource: 'record',
		operation: 'getChanges',
		module: inModule('Contact'),
		options,
	};
	const write = {
		resource: 'record',
		operation: 'upsert',
		module: inModule('Lead'),
		fields: {
			mappingMode: 'defineBelow',
			value: { last_name: '={{ $json.recordId }}' },
			matchingColumns: ['last_name'],
		},
	};
	const nodes = [webhook, oneCrm(credential, changes, GET_CHANGES), oneCrm(credential, write)];
	return { name: path, nodes, connections: chain(nodes), settings: { executionOrder: 'v1' } };
}

/** Writes the items that are posted to `/webhook/<path>`, all in one run. */
export function bulkWorkflow(
	path: string,
	parameters: INodeParameters,
	credential: SavedCredential,
): WorkflowDefinition {
	const nodes = [
		webhookNode(path),
		node(ITEMS, 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.items', options: {} }),
		oneCrm(credential, { resource: 'record', ...parameters }),
	];
	return { name: path, nodes, connections: chain(nodes), settings: { executionOrder: 'v1' } };
}

/** The action node, under its own name or another one. */
function oneCrm(
	{ id, name, type }: SavedCredential,
	parameters: INodeParameters,
	nodeName = ONE_CRM,
): INode {
	const credentials = { [type]: { id, name } };
	return { ...node(nodeName, `${PACKAGE_NAME}.oneCrm`, 1, parameters), credentials };
}

function webhookNode(path: string): INode {
	const parameters = { path, httpMethod: 'POST', options: {} };
	return { ...node(BULK, 'n8n-nodes-base.webhook', 2, parameters), webhookId: path };
}

function node(name: string, type: string, typeVersion: number, parameters: INodeParameters): INode {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}

function chain(nodes: INode[]): WorkflowDefinition['connections'] {
	return Object.fromEntries(
		nodes
			.slice(0, -1)
			.map(({ name }, index) => [
				name,
				{ main: [[{ node: nodes[index + 1].name, type: 'main' as const, index: 0 }]] },
			]),
	);
}
