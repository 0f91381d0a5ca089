import type { Server } from 'node:http';
import express from 'express';
import { HookContext, WebhookContext } from 'n8n-core';
import type { IDataObject, INodeExecutionData, INodeParameters, IWebhookData } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { builtPackage, TRIGGER_NODE } from './built-package.cts';
import type { Engine } from './engine.cts';

/** Anything behind this address starts a workflow, as in n8n. */
const WEBHOOK_PATH = '/webhook/trigger-path/webhook';

/**
 * The trigger node in n8n's engine, with a server on loopback in place of n8n's for the deliveries. The
 * static data stays between activations, as n8n stores it with the workflow.
 */
export class EngineTrigger {
	/** What n8n stores for the node. */
	staticData: IDataObject = {};

	/** The items of each execution that a delivery has started. */
	readonly executions: INodeExecutionData[][] = [];

	private readonly underWay = new Set<Promise<void>>();

	private server: Server | undefined;

	private constructor(
		private readonly engine: Engine,
		public parameters: INodeParameters,
	) {}

	static async start(engine: Engine, parameters: INodeParameters): Promise<EngineTrigger> {
		const trigger = new EngineTrigger(engine, parameters);
		await trigger.listen();
		return trigger;
	}

	/** Where the deliveries go, without query. */
	get address(): string {
		return `${this.origin}${WEBHOOK_PATH}`;
	}

	/** As n8n does it when a workflow is activated. */
	async activate(): Promise<void> {
		if (!(await this.checkExists())) await this.call('create');
	}

	async deactivate(): Promise<void> {
		await this.call('delete');
	}

	async checkExists(): Promise<boolean> {
		return await this.call('checkExists');
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

	private async call(method: 'checkExists' | 'create' | 'delete'): Promise<boolean> {
		const { workflow, node, additionalData } = this.setUp();
		const { nodeTypes } = await builtPackage();
		const { webhookMethods } = NodeHelpers.getVersionedNodeType(nodeTypes.getByName(TRIGGER_NODE));
		const run = webhookMethods?.default?.[method];
		if (!run) throw new Error(`The trigger has no ${method}`);
		const context = new HookContext(
			workflow,
			node,
			additionalData,
			'trigger',
			'activate',
			this.webhookData(),
		);
		try {
			return await run.call(context);
		} finally {
			this.staticData = context.getWorkflowStaticData('node');
		}
	}

	private setUp() {
		const node = this.engine.node('1CRM Trigger', TRIGGER_NODE, this.parameters);
		node.webhookId = 'trigger-path';
		const workflow = this.engine.workflow([node], {});
		Object.assign(workflow.getStaticData('node', node), this.staticData);
		return {
			node: workflow.getNode(node.name) ?? node,
			workflow,
			additionalData: this.additionalData(),
		};
	}

	private additionalData() {
		return this.engine.additionalData(`${this.origin}/webhook`);
	}

	/** What n8n knows of the node's webhook when a delivery comes in. */
	private webhookData(): IWebhookData {
		return {
			httpMethod: 'POST',
			node: '1CRM Trigger',
			path: WEBHOOK_PATH,
			webhookDescription: { httpMethod: 'POST', name: 'default', path: 'webhook' },
			workflowId: 'workflow',
			workflowExecuteAdditionalData: this.additionalData(),
		};
	}

	private get origin(): string {
		const address = this.server?.address();
		return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
	}

	private async listen(): Promise<void> {
		const app = express();
		// As n8n has it: `token[]=1` in an address gives a list.
		app.set('query parser', 'extended');
		app.use(
			express.json({ limit: '16mb', strict: false }),
			express.urlencoded({ extended: true }),
			express.text(),
		);
		app.post(WEBHOOK_PATH, (request, response, next) => {
			const receiving = this.receive(request, response).catch(next);
			this.underWay.add(receiving);
			void receiving.finally(() => this.underWay.delete(receiving));
		});
		await new Promise<void>((resolve) => {
			this.server = app.listen(0, '127.0.0.1', () => resolve());
		});
	}

	private async receive(request: express.Request, response: express.Response): Promise<void> {
		const { workflow, node, additionalData } = this.setUp();
		const { nodeTypes } = await builtPackage();
		const type = NodeHelpers.getVersionedNodeType(nodeTypes.getByName(TRIGGER_NODE));
		additionalData.httpRequest = request;
		additionalData.httpResponse = response;
		const context = new WebhookContext(
			workflow,
			node,
			additionalData,
			'trigger',
			this.webhookData(),
			[],
			null,
		);
		const result = await type.webhook?.call(context);
		this.staticData = context.getWorkflowStaticData('node');
		if (result?.workflowData) this.executions.push(...result.workflowData);
		if (!response.headersSent) response.status(200).json({ message: 'Workflow was started' });
	}
}
