import type { Locator, Page } from 'playwright-core';

import { DropDown } from './drop-down.cts';

/** In milliseconds: much longer than a list takes. */
const WAKE_LIMIT = 10_000;

/** A resource locator: a parameter that accepts a choice from a list, or another mode such as an address. */
export class ResourceLocator {
	readonly field: Locator;

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

	/** Opens the list and returns its entries once they are loaded. */
	async openList(): Promise<string[]> {
		await this.field.getByTestId('rlc-input-container').click();
		await this.wakeList();
		return await this.loadedEntries();
	}

	/** Searches in the open list and returns the results, as soon as `expected` is the first of them. */
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

	/** Waits until n8n has processed a pasted address and offers to open it. */
	async whenAddressTaken(): Promise<void> {
		await this.field.getByTestId('rlc-open-resource-link').waitFor();
	}

	/** If a parameter changes just when the list has opened, n8n loads nothing more until somebody searches in it. */
	private async wakeList(): Promise<void> {
		const loading = this.entries.first().waitFor({ timeout: WAKE_LIMIT });
		const isLoaded = await loading.then(
			() => true,
			() => false,
		);
		if (isLoaded) return;
		const search = this.page.getByTestId('rlc-search').filter({ visible: true });
		await search.fill('a');
		await search.fill('');
	}

	private async loadedEntries(): Promise<string[]> {
		await this.entries.first().waitFor();
		return await this.entries.allInnerTexts();
	}
}
