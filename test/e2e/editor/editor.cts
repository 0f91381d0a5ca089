import type { Page } from 'playwright-core';

import { Film } from './film.cts';
import { Canvas } from './pages/canvas.cts';
import { Chat } from './pages/chat.cts';
import { CredentialDialog } from './pages/credential-dialog.cts';
import { NodeDetails } from './pages/node-details.cts';
import { NodesPanel } from './pages/nodes-panel.cts';
import { Notifications } from './pages/notifications.cts';
import { Publication } from './pages/publication.cts';
import { WorkflowMenu } from './pages/workflow-menu.cts';
import { takePicture } from './pictures.cts';

/** n8n's editor as its user sees it, in one tab of the browser. */
export class Editor {
	readonly canvas: Canvas;

	readonly nodesPanel: NodesPanel;

	readonly nodeDetails: NodeDetails;

	readonly credentialDialog: CredentialDialog;

	readonly publication: Publication;

	readonly workflowMenu: WorkflowMenu;

	readonly chat: Chat;

	readonly film: Film;

	private readonly notifications: Notifications;

	constructor(
		readonly page: Page,
		private readonly url: string,
	) {
		this.canvas = new Canvas(page);
		this.nodesPanel = new NodesPanel(page);
		this.nodeDetails = new NodeDetails(page);
		this.credentialDialog = new CredentialDialog(page);
		this.publication = new Publication(page);
		this.workflowMenu = new WorkflowMenu(page);
		this.chat = new Chat(page);
		this.notifications = new Notifications(page);
		this.film = new Film(page, this.notifications);
	}

	async signIn({ email, password }: { email: string; password: string }): Promise<void> {
		await this.page.goto(`${this.url}/signin`);
		await this.page.locator('input[type=email]').fill(email);
		await this.page.locator('input[type=password]').fill(password);
		await this.page.getByRole('button', { name: 'Sign in' }).click();
		await this.page.waitForURL('**/home/**');
	}

	async openNewWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.canvas.whenEmpty();
	}

	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.canvas.showAll();
	}

	/** Opens an execution in the list of executions of its workflow. */
	async openExecution(workflowId: string, id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${workflowId}/executions/${id}`);
	}

	/** The id that n8n gave the open workflow when it was first saved. */
	workflowId(): string {
		const [, id] = /\/workflow\/([^/?]+)/.exec(this.page.url()) ?? [];
		if (!id) throw new Error(`${this.page.url()} isn't the address of a workflow`);
		return id;
	}

	/** Starts a workflow with one 1CRM node, chosen by the name of its action, and opens it. */
	async addFirstAction(action: string): Promise<void> {
		await this.openNewWorkflow();
		await this.canvas.addFirstStep();
		await this.nodesPanel.search('1CRM');
		await this.nodesPanel.openNode('1CRM');
		await this.nodesPanel.showActions();
		await this.nodesPanel.choose(action);
		await this.nodeDetails.whenOpen(action);
	}

	async takePicture(name: string): Promise<void> {
		await this.notifications.dismiss();
		await takePicture(this.page, name);
	}
}
