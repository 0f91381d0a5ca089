import type {
	ICredentialDataDecryptedObject,
	INodeListSearchResult,
	INodePropertyOptions,
	INodeTypeDescription,
	ResourceMapperFields,
} from 'n8n-workflow';

import type {
	CredentialDefinition,
	DynamicParameterRequest,
	Owner,
	SavedCredential,
	SavedWorkflow,
	WorkflowDefinition,
} from './definitions.cts';
import {
	hasData,
	isFinished,
	readExecution,
	type Execution,
	type ExecutionSummary,
	type StoredExecution,
} from './execution.cts';
import { poll } from './poll.cts';
import type { ReleaseLine } from './release-line.cts';
import { RestSession } from './rest-session.cts';

const WAIT_LIMIT = 60_000;

/** Drives an n8n through the REST API that its editor uses. */
export class N8nClient {
	private readonly session: RestSession;

	constructor(
		url: string,
		private readonly releaseLine: ReleaseLine,
	) {
		this.session = new RestSession(url);
	}

	/** Signs in as the owner, and creates that account if n8n has none yet. */
	async signIn(owner: Owner): Promise<void> {
		const { userManagement } = await this.session.request<{
			userManagement: { showSetupOnFirstLoad: boolean };
		}>('GET', '/settings');
		if (userManagement.showSetupOnFirstLoad) {
			await this.session.request('POST', '/owner/setup', owner);
		} else {
			const { email: emailOrLdapLoginId, password } = owner;
			await this.session.request('POST', '/login', { emailOrLdapLoginId, password });
		}
	}

	/** A key for n8n's public API, with these rights. */
	async createApiKey(scopes: string[]): Promise<string> {
		const key = { label: `Key ${Date.now()}`, scopes, expiresAt: null };
		const { rawApiKey } = await this.session.request<{ rawApiKey: string }>(
			'POST',
			'/api-keys',
			key,
		);
		return rawApiKey;
	}

	/** The descriptions of all nodes, as the editor gets them. */
	async nodeTypes(): Promise<INodeTypeDescription[]> {
		return await this.session.readFile('/types/nodes.json');
	}

	async credentials(): Promise<SavedCredential[]> {
		return await this.session.request('GET', '/credentials');
	}

	async createCredential(credential: CredentialDefinition): Promise<SavedCredential> {
		const saved = await this.session.request<SavedCredential>('POST', '/credentials', credential);
		return { id: saved.id, name: saved.name, type: saved.type };
	}

	async updateCredential(id: string, credential: CredentialDefinition): Promise<void> {
		await this.session.request('PATCH', `/credentials/${id}`, credential);
	}

	async deleteCredential(id: string): Promise<void> {
		await this.session.request('DELETE', `/credentials/${id}`);
	}

	/** Tests a saved credential as its dialog does, with the saved data or with changed data. */
	async testCredential(
		credential: SavedCredential,
		changedData?: ICredentialDataDecryptedObject,
	): Promise<{ status: 'OK' | 'Error'; message: string }> {
		// n8n expects the data that it returned, with blanked-out secrets, and fills in the secrets.
		const { data } = await this.session.request<CredentialDefinition>(
			'GET',
			`/credentials/${credential.id}?includeData=true`,
		);
		const credentials = { ...credential, data: changedData ?? data };
		return await this.session.request('POST', '/credentials/test', { credentials });
	}

	/** All workflows that are not archived, without their nodes. */
	async workflows(): Promise<Array<Pick<SavedWorkflow, 'id' | 'name' | 'active'>>> {
		const filter = encodeURIComponent(JSON.stringify({ isArchived: false }));
		return await this.session.request('GET', `/workflows?filter=${filter}`);
	}

	async workflow(id: string): Promise<SavedWorkflow> {
		return await this.session.request('GET', `/workflows/${id}`);
	}

	async createWorkflow(workflow: WorkflowDefinition): Promise<SavedWorkflow> {
		// n8n 1.x stores no workflow that does not say whether it is active.
		return await this.session.request('POST', '/workflows', { active: false, ...workflow });
	}

	async updateWorkflow(id: string, changes: Partial<WorkflowDefinition>): Promise<SavedWorkflow> {
		return await this.session.request('PATCH', `/workflows/${id}`, changes);
	}

	/** Activates a workflow and resolves once its triggers listen. */
	async activate(id: string): Promise<void> {
		await this.requestActivation(id);
		await this.releaseLine.waitForActivation(this.session, id);
	}

	/** Asks for a workflow to be activated, and resolves when n8n answers: 2.x before the triggers listen. */
	async requestActivation(id: string): Promise<void> {
		await this.releaseLine.requestActivation(this.session, id);
	}

	/** Deactivates a workflow and resolves once its triggers have gone. */
	async deactivate(id: string): Promise<void> {
		await this.releaseLine.deactivate(this.session, id);
	}

	/** Runs a workflow from its only trigger or the named one, and resolves when it has finished. */
	async runWorkflow(id: string, triggerName?: string, limit = WAIT_LIMIT): Promise<Execution> {
		return await this.finishedExecution(await this.startWorkflow(id, triggerName), limit);
	}

	/** Starts a workflow from its only trigger or the named one, and returns the ID of its execution. */
	async startWorkflow(id: string, triggerName?: string): Promise<string> {
		const workflow = await this.workflow(id);
		const name = triggerName ?? manualTriggerOf(workflow);
		const { executionId } = await this.session.request<{ executionId: string }>(
			'POST',
			`/workflows/${id}/run`,
			{ ...this.releaseLine.runOf(workflow), triggerToStartFrom: { name } },
		);
		return executionId;
	}

	/**
	 * Resolves when an execution has finished. n8n doesn't read the execution's data for that, which would take
	 * time and memory. `interval` is in milliseconds: each look takes n8n time, too.
	 */
	async untilFinished(
		workflowId: string,
		executionId: string,
		limit: number,
		interval?: number,
	): Promise<void> {
		const find = async () => {
			const executions = await this.executions(workflowId);
			return executions.find((execution) => execution.id === executionId && isFinished(execution));
		};
		await poll(`the end of execution ${executionId}`, limit, find, interval);
	}

	/** Listens for one event of a trigger, as the editor's button does. */
	async listen(id: string, triggerName: string): Promise<void> {
		const answer = await this.session.request<{ waitingForWebhook?: boolean }>(
			'POST',
			`/workflows/${id}/run`,
			{
				...this.releaseLine.runOf(await this.workflow(id)),
				triggerToStartFrom: { name: triggerName },
			},
		);
		if (!answer.waitingForWebhook) throw new Error('n8n does not listen for a test event');
	}

	/** Stops listening for a test event. */
	async stopListening(id: string): Promise<void> {
		await this.session.request('DELETE', `/test-webhook/${id}`);
	}

	async execution(id: string): Promise<Execution> {
		return readExecution(await this.storedExecution(id));
	}

	/** Deletes an execution with the files that it has stored. */
	async deleteExecution(id: string): Promise<void> {
		await this.session.request('POST', '/executions/delete', { ids: [id] });
	}

	/**
	 * Runs a failed execution again from the node that failed, with the workflow as it is saved now or as it was then.
	 * Resolves at its end.
	 */
	async retryExecution(id: string, workflow: 'saved' | 'original' = 'saved'): Promise<void> {
		const loadWorkflow = workflow === 'saved';
		await this.session.request('POST', `/executions/${id}/retry`, { loadWorkflow });
	}

	/** The last 100 executions of a workflow, newest first. */
	async executions(workflowId: string): Promise<ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.session.request<{ results: ExecutionSummary[] }>(
			'GET',
			`/executions?filter=${filter}&limit=100`,
		);
		return results;
	}

	/** Waits until a workflow has finished `count` executions, and returns the last of them. */
	async waitForExecution(workflowId: string, count = 1, limit = WAIT_LIMIT): Promise<Execution> {
		const { id } = await poll(`execution ${count} of the workflow`, limit, async () => {
			const finished = (await this.executions(workflowId)).filter(isFinished);
			return finished.at(-count);
		});
		return await this.finishedExecution(id, limit);
	}

	/** The choices of a parameter that loads its options. */
	async options(request: DynamicParameterRequest): Promise<INodePropertyOptions[]> {
		return await this.session.request('POST', '/dynamic-node-parameters/options', request);
	}

	/** The list of a resource locator. */
	async resourceLocatorResults(request: DynamicParameterRequest): Promise<INodeListSearchResult> {
		const path = '/dynamic-node-parameters/resource-locator-results';
		return await this.session.request('POST', path, request);
	}

	/** The fields of a resource mapper. */
	async resourceMapperFields(request: DynamicParameterRequest): Promise<ResourceMapperFields> {
		const path = '/dynamic-node-parameters/resource-mapper-fields';
		return await this.session.request('POST', path, request);
	}

	private async finishedExecution(id: string, limit: number): Promise<Execution> {
		return await poll(`execution ${id}`, limit, async () => {
			const stored = await this.storedExecution(id);
			return isFinished(stored) && hasData(stored) ? readExecution(stored) : undefined;
		});
	}

	private async storedExecution(id: string): Promise<StoredExecution> {
		return await this.session.request('GET', `/executions/${id}`);
	}
}

function manualTriggerOf({ id, nodes }: SavedWorkflow): string {
	const trigger = nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
	if (!trigger) throw new Error(`Workflow ${id} has no Manual Trigger`);
	return trigger.name;
}
