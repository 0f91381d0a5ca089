import type { INode, INodeParameters } from 'n8n-workflow';
import type { SavedCredential, WorkflowDefinition } from './definitions.cts';
import { PACKAGE_NAME } from './stage.cts';

const START = 'Start';
export const ONE_CRM = '1CRM';
export const TRIGGER = '1CRM Trigger';

const TRIGGER_NODE = `${PACKAGE_NAME}.oneCrmTrigger`;

/** As a new trigger gets it in the editor. */
const TRIGGER_VERSION = 1.1;

/** A workflow that runs the action node once when it is started by hand. */
export function manualWorkflow(
	name: string,
	parameters: INodeParameters,
	credential: SavedCredential,
): WorkflowDefinition {
	const start = node(START, 'n8n-nodes-base.manualTrigger', {});
	const action = node(ONE_CRM, `${PACKAGE_NAME}.oneCrm`, parameters, credential);
	return {
		name,
		nodes: [start, action],
		connections: { [START]: { main: [[{ node: ONE_CRM, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

/** A workflow of several action nodes, `1CRM 1`, `1CRM 2` and so on, each with the items of the one before. */
export function chainWorkflow(
	name: string,
	chain: INodeParameters[],
	credential: SavedCredential,
): WorkflowDefinition {
	const start = node(START, 'n8n-nodes-base.manualTrigger', {});
	const actions = chain.map((parameters, index) =>
		node(`${ONE_CRM} ${index + 1}`, `${PACKAGE_NAME}.oneCrm`, parameters, credential),
	);
	const nodes = [start, ...actions];
	const connections = actions.map((action, index) => [
		nodes[index].name,
		{ main: [[{ node: action.name, type: 'main' as const, index: 0 }]] },
	]);
	return {
		name,
		nodes,
		connections: Object.fromEntries(connections),
		settings: { executionOrder: 'v1' },
	};
}

/** A workflow with only the trigger node. */
export function triggerWorkflow(
	name: string,
	parameters: INodeParameters,
	credential: SavedCredential,
): WorkflowDefinition {
	const trigger = node(TRIGGER, TRIGGER_NODE, parameters, credential);
	return { name, nodes: [trigger], connections: {}, settings: { executionOrder: 'v1' } };
}

/** The value of a module that is typed by name. */
export function inModule(name: string): INodeParameters {
	return { __rl: true, mode: 'name', value: name };
}

function node(
	name: string,
	type: string,
	parameters: INodeParameters,
	credential?: SavedCredential,
): INode {
	return {
		id: name,
		name,
		type,
		typeVersion: type === TRIGGER_NODE ? TRIGGER_VERSION : 1,
		position: [0, 0],
		parameters,
		...(credential && {
			webhookId: crypto.randomUUID(),
			credentials: { [credential.type]: { id: credential.id, name: credential.name } },
		}),
	};
}
