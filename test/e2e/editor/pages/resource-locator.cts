import type { Locator, Page } from 'playwright-core';

import { DropDown } from './drop-down.cts';

/** A parameter that takes one thing from a list, or by another mode such as its address. */
export class ResourceLocator {
	private readonly field: Locator;

	private readonly entries: Locator;

	private readonly modes: DropDown;

	constructor(
		private readonly page: Page,
		name: string,
	) {
		this.field = page.getByTestId(`resource-locator-${name}`);
		this.entries = page.getByTestId('rlc-item').filter({ visible: true });
		this.modes = new DropDown(page);
	}

	async setMode(mode: string): Promise<void> {
		await this.field.getByTestId('rlc-mode-selector').click();
		await this.modes.choose(mode);
	}

	/** Opens the list and gives its entries once they have been loaded. */
	async openList(): Promise<string[]> {
		await this.field.getByTestId('rlc-input-container').click();
		return await this.loadedEntries();
	}

	/** Searches in the open list and gives what is found, as soon as `expected` is the first of it. */
	async search(text: string, expected: string): Promise<string[]> {
		await this.page.getByTestId('rlc-search').filter({ visible: true }).fill(text);
		await this.entries.first().filter({ hasText: expected }).waitFor();
		return await this.loadedEntries();
	}

	async choose(entry: string): Promise<void> {
		await this.entries.filter({ hasText: entry }).first().click();
	}

	async chooseFromList(entry: string): Promise<void> {
		await this.openList();
		await this.choose(entry);
	}

	async type(text: string): Promise<void> {
		await this.field
			.locator('input[data-test-id=rlc-input], [data-test-id=rlc-input] input')
			.fill(text);
	}

	/** Waits until n8n has taken in a pasted address, and offers to open it. */
	async whenAddressTaken(): Promise<void> {
		await this.field.getByTestId('rlc-open-resource-link').waitFor();
	}

	private async loadedEntries(): Promise<string[]> {
		await this.entries.first().waitFor();
		return await this.entries.allInnerTexts();
	}
}
