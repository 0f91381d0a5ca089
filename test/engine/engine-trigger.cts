import type { Server } from 'node:http';
import express from 'express';
import { HookContext, WebhookContext, WorkflowExecute } from 'n8n-core';
import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IWebhookData,
	Workflow,
} from 'n8n-workflow';
import { createRunExecutionData, NodeHelpers } from 'n8n-workflow';
import { builtPackage, TRIGGER_NODE } from '../support/engine/built-package.cts';
import type { Engine } from '../support/engine/engine.cts';
import { readBody } from './webhook-body.cts';

export interface TriggerOptions {
	/** The node's own part of its address; two triggers have two. */
	webhookId?: string;
	/** Whether it listens for a test event, as the editor's button does. */
	isTest?: boolean;
	/** That of its workflow. */
	workflowId?: string;
	/**
	 * Runs the executions as in queue mode: in another process than the one that receives the deliveries. The node keeps
	 * what it knows by workflow, so in place of another process the workflow has another id.
	 */
	hasWorkers?: boolean;
	/** Another trigger, whose address in n8n this one wants to use as well. It gets no deliveries. */
	inPlaceOf?: EngineTrigger;
}

type WebhookMethod = 'checkExists' | 'create' | 'delete';

/** n8n loads a workflow for each thing that it does, and keeps the static data in between. */
interface LoadedWorkflow {
	workflow: Workflow;
	node: INode;
}

/**
 * The trigger node in n8n's engine, with a server on loopback in place of n8n's for the deliveries. What
 * surrounds the node (when static data is read and saved, how a body is parsed) follows n8n 2.41.
 */
export class EngineTrigger {
	/** What n8n has stored for the node. */
	staticData: IDataObject = {};

	/** The items of the node in each execution that a delivery has started. */
	readonly executions: INodeExecutionData[][] = [];

	/** How many deliveries have come in. */
	received = 0;

	/** How n8n stores an execution; the delivery is answered afterwards, with 500 if it fails. */
	store: () => Promise<void> = async () => {};

	private readonly underWay = new Set<Promise<void>>();

	private server: Server | undefined;

	private readonly webhookId: string;

	private readonly isTest: boolean;

	private readonly workflowId: string;

	private readonly hasWorkers: boolean;

	private readonly inPlaceOf: EngineTrigger | undefined;

	private constructor(
		private readonly engine: Engine,
		private readonly nodeType: INodeType,
		public parameters: INodeParameters,
		options: TriggerOptions,
	) {
		const { webhookId = 'trigger-path', isTest = false, workflowId = 'workflow' } = options;
		this.webhookId = webhookId;
		this.isTest = isTest;
		this.workflowId = workflowId;
		this.hasWorkers = options.hasWorkers ?? false;
		this.inPlaceOf = options.inPlaceOf;
	}

	static async start(
		engine: Engine,
		parameters: INodeParameters,
		options: TriggerOptions = {},
	): Promise<EngineTrigger> {
		const { nodeTypes } = await builtPackage();
		const nodeType = NodeHelpers.getVersionedNodeType(nodeTypes.getByName(TRIGGER_NODE));
		const trigger = new EngineTrigger(engine, nodeType, parameters, options);
		if (!options.inPlaceOf) await trigger.listen();
		return trigger;
	}

	/** Where the deliveries go, without query. */
	get address(): string {
		return `${this.origin}${this.path}`;
	}

	/** The address for deliveries to its webhooks, with everything else that they have in common. */
	get ownAddress(): string {
		return `${this.address}?workflow=${this.workflowId}`;
	}

	/** The webhooks that the node keeps in its static data. */
	get keptWebhooks(): unknown[] {
		const { registration } = this.staticData as { registration?: { webhooks: unknown[] } };
		return registration?.webhooks ?? [];
	}

	/** As n8n does it once; it repeats that some times when it fails. */
	async activate(): Promise<void> {
		const loaded = this.load();
		try {
			if (!(await this.call(loaded, 'checkExists'))) await this.call(loaded, 'create');
		} catch (error) {
			// n8n logs errors that happen here.
			await this.call(loaded, 'delete').catch(() => undefined);
			throw error;
		} finally {
			this.save(loaded);
		}
	}

	async deactivate(): Promise<void> {
		const loaded = this.load();
		try {
			await this.call(loaded, 'delete');
		} finally {
			this.save(loaded);
		}
	}

	async checkExists(): Promise<boolean> {
		return await this.call(this.load(), 'checkExists');
	}

	/** Registers the webhooks, and stops before n8n has saved the node's static data. */
	async activateAndCrash(): Promise<void> {
		await this.call(this.load(), 'create');
	}

	async stop(): Promise<void> {
		const { server } = this;
		if (!server) return;
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}

	/** Resolves when every delivery that has come in is dealt with; the node answers earlier. */
	async settle(): Promise<void> {
		await Promise.all(this.underWay);
	}

	private async call({ workflow, node }: LoadedWorkflow, method: WebhookMethod): Promise<boolean> {
		const run = this.nodeType.webhookMethods?.default?.[method];
		if (!run) throw new Error(`The trigger has no ${method}`);
		const isRemoval = method === 'delete';
		const context = new HookContext(
			workflow,
			node,
			this.additionalData(),
			isRemoval ? 'internal' : this.isTest ? 'manual' : 'trigger',
			isRemoval ? 'update' : this.isTest ? 'manual' : 'activate',
			this.webhookData(),
		);
		return await run.call(context);
	}

	private load(id = this.workflowId): LoadedWorkflow {
		const node = this.engine.node('1CRM Trigger', TRIGGER_NODE, this.parameters);
		node.webhookId = this.webhookId;
		const workflow = this.engine.workflow([node], {}, { id, staticData: {} });
		Object.assign(workflow.getStaticData('node', node), structuredClone(this.staticData));
		workflow.staticData.__dataChanged = false;
		return { workflow, node: workflow.getNode(node.name) ?? node };
	}

	/** All of the static data, and only if some were changed. */
	private save({ workflow, node }: LoadedWorkflow): void {
		if (workflow.staticData.__dataChanged !== true) return;
		const staticData = JSON.stringify(workflow.getStaticData('node', node));
		this.staticData = JSON.parse(staticData) as IDataObject;
	}

	private additionalData() {
		const additionalData = this.engine.additionalData(`${this.origin}/webhook`);
		additionalData.webhookTestBaseUrl = `${this.origin}/webhook-test`;
		return additionalData;
	}

	/** What n8n knows of the node's webhook when a delivery comes in. */
	private webhookData(): IWebhookData {
		return {
			httpMethod: 'POST',
			node: '1CRM Trigger',
			path: this.path,
			webhookDescription: { httpMethod: 'POST', name: 'default', path: 'webhook' },
			workflowId: this.workflowId,
			workflowExecuteAdditionalData: this.additionalData(),
			isTest: this.isTest,
		};
	}

	private get path(): string {
		return `/webhook${this.isTest ? '-test' : ''}/${this.webhookId}/webhook`;
	}

	private get origin(): string {
		if (this.inPlaceOf) return this.inPlaceOf.origin;
		const address = this.server?.address();
		return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
	}

	private async listen(): Promise<void> {
		const app = express();
		// As in n8n: `token[]=1` in an address becomes a list.
		app.set('query parser', 'extended');
		app.post(this.path, readBody, (request, response, next) => {
			this.received++;
			const receiving = this.receive(request, response).catch(next);
			this.underWay.add(receiving);
			void receiving.finally(() => this.underWay.delete(receiving));
		});
		await new Promise<void>((resolve) => {
			this.server = app.listen(0, '127.0.0.1', () => resolve());
		});
	}

	private async receive(request: express.Request, response: express.Response): Promise<void> {
		const loaded = this.load();
		const additionalData = this.additionalData();
		additionalData.httpRequest = request;
		additionalData.httpResponse = response;
		const context = new WebhookContext(
			loaded.workflow,
			loaded.node,
			additionalData,
			this.isTest ? 'manual' : 'webhook',
			this.webhookData(),
			[],
			null,
		);
		const result = (await this.nodeType.webhook?.call(context)) ?? {};
		if (result.workflowData) {
			try {
				await this.store();
				// n8n creates a second workflow on the same static data, which loses the mark.
				loaded.workflow.staticData.__dataChanged = false;
			} catch {
				response.status(500).json({ message: 'The execution could not be stored' });
				return;
			}
		}
		const { noWebhookResponse, webhookResponse } = result;
		this.save(loaded);
		if (!noWebhookResponse) response.status(200).json(webhookResponse);
		if (result.workflowData) await this.execute(result.workflowData);
	}

	/** Runs the workflow with the node's items for a delivery. n8n loads the workflow again for that. */
	private async execute(main: INodeExecutionData[][]): Promise<void> {
		const id = this.hasWorkers ? `${this.workflowId} in a worker` : this.workflowId;
		const { workflow, node } = this.load(id);
		const runExecutionData = createRunExecutionData({
			executionData: { nodeExecutionStack: [{ node, data: { main }, source: null }] },
		});
		const mode = this.isTest ? 'manual' : 'webhook';
		const execution = new WorkflowExecute(this.additionalData(), mode, runExecutionData);
		const { data } = await execution.processRunExecutionData(workflow);
		const { error, runData } = data.resultData;
		if (error) throw error;
		this.executions.push(runData[node.name][0].data?.main[0] ?? []);
	}
}
