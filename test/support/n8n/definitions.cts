import type {
	IConnections,
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeCredentialsDetails,
	INodeExecutionData,
	INodeParameters,
	IWorkflowSettings,
} from 'n8n-workflow';

/** The type of a node that is a note on the canvas and does nothing. */
export const STICKY_NOTE = 'n8n-nodes-base.stickyNote';

export interface Owner {
	email: string;
	firstName: string;
	lastName: string;
	password: string;
}

export interface CredentialDefinition {
	name: string;
	type: string;
	data: ICredentialDataDecryptedObject;
}

export interface SavedCredential {
	id: string;
	name: string;
	type: string;
}

export interface WorkflowDefinition {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	/** The items that nodes return without being run. */
	pinData?: Record<string, INodeExecutionData[]>;
	meta?: IDataObject;
}

/** Whether an example says on its note that it needs n8n 2. */
export function saysVersion2({ nodes }: Pick<WorkflowDefinition, 'nodes'>): boolean {
	return nodes.some(
		({ type, parameters }) =>
			type === STICKY_NOTE && /you need n8n 2\b/.test(String(parameters.content)),
	);
}

export interface SavedWorkflow extends WorkflowDefinition {
	id: string;
	versionId: string;
	active: boolean;
	isArchived: boolean;
}

/** Which dynamic list of a node is asked for, and with which of its parameters set. */
export interface DynamicParameterRequest {
	nodeTypeAndVersion: { name: string; version: number };
	/** The parameter that shows the list, such as `module`. */
	path: string;
	methodName: string;
	currentNodeParameters: INodeParameters;
	credentials?: Record<string, INodeCredentialsDetails>;
	filter?: string;
	paginationToken?: string;
}
