import type { Locator, Page } from 'playwright-core';

/** The panel at the right in which nodes are found and chosen. */
export class NodesPanel {
	private readonly names: Locator;

	private readonly items: Locator;

	constructor(private readonly page: Page) {
		this.items = page.getByTestId('item-iterator-item');
		this.names = this.items.getByTestId('node-creator-item-name');
	}

	async search(text: string): Promise<void> {
		await this.page.getByTestId('node-creator-search-bar').fill(text);
	}

	/** The listed names, as soon as `expected` is among them. */
	async list(expected: string): Promise<string[]> {
		await this.item(expected).waitFor();
		return await this.names.allInnerTexts();
	}

	/** Shows the actions of a node. */
	async openNode(name: string): Promise<void> {
		await this.item(name).click();
		await this.page.getByTestId('node-creator-category-item').first().waitFor();
		// The list before is still there while it slides away.
		await this.item(name).waitFor({ state: 'detached' });
	}

	async showActions(): Promise<void> {
		await this.category('Actions').click();
	}

	category(name: string): Locator {
		return this.page.getByTestId('node-creator-category-item').filter({ hasText: name });
	}

	/** Adds a node by a click on it or on one of its actions or events. */
	async choose(name: string): Promise<void> {
		await this.item(name).click();
	}

	async drag(name: string, target: Locator): Promise<void> {
		await this.item(name).dragTo(target, { targetPosition: { x: 300, y: 500 } });
	}

	private item(name: string): Locator {
		return this.items.filter({ has: this.page.getByText(name, { exact: true }) }).first();
	}
}
