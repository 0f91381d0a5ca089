import type { Locator, Page } from 'playwright-core';

/** The canvas with the nodes of a workflow. */
export class Canvas {
	private readonly nodes: Locator;

	constructor(private readonly page: Page) {
		this.nodes = page.getByTestId('canvas-node');
	}

	async whenEmpty(): Promise<void> {
		await this.page.getByTestId('canvas-add-button').waitFor();
	}

	/** Opens the nodes panel by the plus of an empty canvas. */
	async addFirstStep(): Promise<void> {
		await this.page.getByTestId('canvas-plus-button').click();
	}

	/** Opens the nodes panel by the plus beside the canvas. */
	async addStep(): Promise<void> {
		await this.page.getByTestId('node-creator-plus-button').click();
	}

	/** Opens the nodes panel for the step after the last one. */
	async addNextStep(): Promise<void> {
		await this.page.getByTestId('canvas-handle-plus').last().click();
	}

	/** Opens the nodes panel for what can be attached to a port below a node, e.g. "Tool". */
	async addAtPort(port: string): Promise<void> {
		await this.page
			.getByTestId('canvas-node-input-handle')
			.filter({ hasText: port })
			.getByTestId('canvas-handle-plus-wrapper')
			.click();
	}

	node(name: string): Locator {
		return this.nodes.filter({ has: this.page.getByText(name, { exact: true }) });
	}

	async openNode(name: string): Promise<void> {
		await this.node(name).dblclick();
	}

	/** Brings the whole workflow into sight. */
	async showAll(): Promise<void> {
		await this.nodes.first().waitFor();
		await this.page.getByTestId('zoom-to-fit').click();
	}

	/** Lets n8n arrange the nodes. */
	async tidyUp(): Promise<void> {
		await this.page.getByTestId('tidy-up-button').click();
	}

	async deselect(): Promise<void> {
		await this.surface().click({ position: { x: 300, y: 150 } });
	}

	/** The ground below the nodes, on which they are dropped. */
	surface(): Locator {
		return this.page.locator('.vue-flow__pane');
	}

	/** Runs the workflow by hand, and waits until its trigger listens. */
	async executeUntilTriggerListens(): Promise<void> {
		await this.page.getByTestId('execute-workflow-button').click();
		await this.page.getByTestId('stop-execution-waiting-for-webhook-button').waitFor();
	}

	/** Runs the workflow by hand. */
	async execute(): Promise<void> {
		await this.page.getByTestId('execute-workflow-button').click();
	}

	/** Waits until it has so many nodes. */
	async whenItHas(count: number): Promise<void> {
		await this.nodes.nth(count - 1).waitFor();
	}

	/** The names of the nodes that n8n marks as wrong. */
	async markedNodes(): Promise<string[]> {
		const marked = this.nodes.filter({ has: this.page.getByTestId('node-issues') });
		return await marked.allInnerTexts();
	}

	/** Removes all nodes. */
	async clear(): Promise<void> {
		await this.page.keyboard.press('ControlOrMeta+a');
		await this.page.keyboard.press('Delete');
		await this.whenEmpty();
	}

	/** Waits until so many nodes have run and none has failed. */
	async whenDone(count: number): Promise<void> {
		await this.nodes
			.getByTestId('canvas-node-status-success')
			.nth(count - 1)
			.waitFor();
	}
}
