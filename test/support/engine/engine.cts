import { ExecutionLifecycleHooks, LoadOptionsContext, WorkflowExecute } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IConnections,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	IRun,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	NodeError,
	NodeExecutionHint,
	ResourceMapperFields,
} from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import type { Authentication } from '../../../nodes/OneCrm/http/credentials';
import type { Sandbox } from '../../sandbox/sandbox.cts';
import type { BuiltPackage } from './built-package.cts';
import { ACTION_NODE, builtPackage, CREDENTIAL_TYPE, MANUAL_TRIGGER } from './built-package.cts';
import { CredentialStore } from './credential-store.cts';

/** The result of a node: its items, or the error that stopped it. */
export interface NodeRun {
	items: INodeExecutionData[];
	error?: NodeError;
	/** What n8n shows above the items. */
	hints: NodeExecutionHint[];
}

/** A published workflow, as n8n's database has it. */
export interface PublishedWorkflow {
	id: string;
	staticData: IDataObject;
}

interface RunOptions {
	/** The input items. One empty item by default. */
	items?: INodeExecutionData[];
	continueOnFail?: boolean;
	signal?: AbortSignal;
	/** The workflow that a schedule runs. By default the node is run by hand. */
	published?: PublishedWorkflow;
}

/** The credential of a sandbox's user, as typed into n8n. */
export function sandboxCredential(
	sandbox: Sandbox,
	authentication: Authentication = 'basic',
): ICredentialDataDecryptedObject {
	const { url: domain, username, password, clientId, clientSecret } = sandbox;
	const client = { clientId, clientSecret };
	return authentication === 'clientCredentials'
		? { domain, authentication, ...client }
		: { domain, authentication, username, password, ...client };
}

/** n8n's execution engine with the built package and one credential. */
export class Engine {
	readonly credentials: CredentialStore;

	timezone = 'Europe/Vienna';

	private constructor(
		private readonly built: BuiltPackage,
		credential: ICredentialDataDecryptedObject,
	) {
		this.credentials = new CredentialStore(built.credentialType, credential);
	}

	static async start(credential: ICredentialDataDecryptedObject): Promise<Engine> {
		return new Engine(await builtPackage(), credential);
	}

	/** Runs the action node on items. Throws only when the engine itself is broken. */
	async run(parameters: INodeParameters, options: RunOptions = {}): Promise<NodeRun> {
		const start = { ...this.node('Start', MANUAL_TRIGGER, {}), credentials: undefined };
		const node = this.node('1CRM', ACTION_NODE, parameters);
		if (options.continueOnFail) node.onError = 'continueRegularOutput';
		const connections: IConnections = {
			Start: { main: [[{ node: '1CRM', type: 'main', index: 0 }]] },
		};
		const run = await this.runWorkflow(
			[start, node],
			connections,
			{
				Start: options.items ?? [{ json: {} }],
			},
			options,
		);
		const [task] = run.data.resultData.runData['1CRM'] ?? [];
		const error = (task?.error ?? run.data.resultData.error) as NodeError | undefined;
		return { items: task?.data?.main[0] ?? [], error, hints: task?.hints ?? [] };
	}

	/** The JSON of an operation's items. Throws the node's error if there is one. */
	async items(parameters: INodeParameters, options: RunOptions = {}): Promise<IDataObject[]> {
		const { items, error } = await this.run(parameters, options);
		if (error) throw error;
		return items.map(({ json }) => json);
	}

	/** The error of an operation that must fail. */
	async failure(parameters: INodeParameters, options: RunOptions = {}): Promise<NodeError> {
		const { items, error } = await this.run(parameters, options);
		if (!error) throw new Error(`No failure but ${JSON.stringify(items.map(({ json }) => json))}`);
		return error;
	}

	/** Runs nodes, beginning with the first one, whose items are pinned. */
	async runWorkflow(
		nodes: INode[],
		connections: IConnections,
		pinData: Record<string, INodeExecutionData[]>,
		{ signal, published }: Pick<RunOptions, 'signal' | 'published'> = {},
	): Promise<IRun> {
		const workflow = this.workflow(nodes, connections, published);
		const mode = published ? 'trigger' : 'manual';
		const execution = new WorkflowExecute(this.additionalData(), mode);
		const running = execution.run({
			workflow,
			startNode: workflow.getNode(nodes[0].name) ?? undefined,
			pinData: pinData as IWorkflowBase['pinData'],
		});
		signal?.addEventListener('abort', () => running.cancel());
		const run = await running;
		// As n8n does it: read when an execution begins, stored when it ends, whether it fails or not.
		if (published && workflow.staticData.__dataChanged) {
			published.staticData = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
		}
		return run;
	}

	/** What a list of the editor shows for a resource locator. */
	async listSearch(
		method: string,
		parameters: INodeParameters,
		{
			filter,
			paginationToken,
			path = 'parameters.module',
		}: { filter?: string; paginationToken?: string; path?: string } = {},
	): Promise<INodeListSearchResult> {
		const { context, methods } = this.loader(parameters, path);
		const search = methods?.listSearch?.[method];
		if (!search) throw new Error(`The node has no list ${method}`);
		return await search.call(context, filter, paginationToken);
	}

	/** What a drop-down of the editor shows. */
	async loadOptions(
		method: string,
		parameters: INodeParameters,
		path = 'parameters.returnFields',
		nodeType = ACTION_NODE,
	): Promise<INodePropertyOptions[]> {
		const { context, methods } = this.loader(parameters, path, nodeType);
		const load = methods?.loadOptions?.[method];
		if (!load) throw new Error(`The node has no options ${method}`);
		return await load.call(context);
	}

	/** The fields that the editor's mapper shows. */
	async mapperFields(method: string, parameters: INodeParameters): Promise<ResourceMapperFields> {
		const { context, methods } = this.loader(parameters, 'parameters.fields');
		const map = methods?.resourceMapping?.[method];
		if (!map) throw new Error(`The node has no mapping ${method}`);
		return await map.call(context);
	}

	private loader(parameters: INodeParameters, path: string, nodeType = ACTION_NODE) {
		const node = this.node('1CRM', nodeType, parameters);
		const additionalData = this.additionalData();
		additionalData.currentNodeParameters = parameters;
		const workflow = this.workflow([node], {});
		const context = new LoadOptionsContext(workflow, node, additionalData, path);
		const { methods } = this.built.nodeTypes.getByNameAndVersion(nodeType);
		return { context, methods };
	}

	/** A node with the credential, of the version that a new one gets. */
	node(name: string, type: string, parameters: INodeParameters): INode {
		const { description } = this.built.nodeTypes.getByNameAndVersion(type);
		return {
			id: name,
			name,
			type,
			typeVersion: description.defaultVersion ?? 1,
			position: [0, 0],
			parameters,
			credentials: { [CREDENTIAL_TYPE]: { id: '1', name: '1CRM' } },
		};
	}

	workflow(
		nodes: INode[],
		connections: IConnections,
		{ id, staticData }: PublishedWorkflow = { id: 'workflow', staticData: {} },
	): Workflow {
		return new Workflow({
			id,
			staticData: JSON.parse(JSON.stringify(staticData)) as IDataObject,
			name: 'Workflow',
			nodes,
			connections,
			active: false,
			nodeTypes: this.built.nodeTypes,
			settings: { timezone: this.timezone },
		});
	}

	/** What n8n's server provides to the engine, as far as the nodes of this package need it. */
	additionalData(webhookBaseUrl = 'http://127.0.0.1:5678/webhook'): IWorkflowExecuteAdditionalData {
		const base = 'http://127.0.0.1:5678';
		const workflowData: IWorkflowBase = {
			id: 'workflow',
			name: 'Workflow',
			active: false,
			isArchived: false,
			activeVersionId: null,
			createdAt: new Date(0),
			updatedAt: new Date(0),
			nodes: [],
			connections: {},
		};
		return {
			credentialsHelper: this.credentials,
			hooks: new ExecutionLifecycleHooks('manual', 'execution', workflowData),
			executionId: 'execution',
			currentNodeExecutionIndex: 0,
			restApiUrl: `${base}/rest`,
			instanceBaseUrl: base,
			formBaseUrl: `${base}/form`,
			formWaitingBaseUrl: `${base}/form-waiting`,
			formTestBaseUrl: `${base}/form-test`,
			webhookBaseUrl,
			webhookWaitingBaseUrl: `${base}/webhook-waiting`,
			webhookTestBaseUrl: `${base}/webhook-test`,
			mcpBaseUrl: `${base}/mcp`,
			mcpTestBaseUrl: `${base}/mcp-test`,
			variables: {},
			logAiEvent: () => undefined,
			// The engine needs nothing else for what these nodes do.
		} as unknown as IWorkflowExecuteAdditionalData;
	}
}
