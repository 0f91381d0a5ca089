import type { Locator, Page } from 'playwright-core';

/** An open list of n8n's select boxes; only one is open at a time. */
export class DropDown {
	private readonly entries: Locator;

	constructor(page: Page) {
		this.entries = page.locator('.el-select-dropdown__item:visible');
	}

	/** Whether entries appear within a moment. */
	async opens(): Promise<boolean> {
		return await this.entries
			.first()
			.waitFor({ timeout: 3000 })
			.then(
				() => true,
				() => false,
			);
	}

	/** The entries without their descriptions, as soon as there are any. */
	async names(): Promise<string[]> {
		await this.entries.first().waitFor();
		return (await this.entries.allInnerTexts()).map((text) => text.split('\n')[0]);
	}

	/** Chooses an entry, and waits until the list is closed: its entries would be taken for those of the next one. */
	async choose(name: string): Promise<void> {
		await this.entries.getByText(name, { exact: true }).first().click();
		// A list of which several entries can be chosen stays open.
		await this.entries
			.first()
			.waitFor({ state: 'hidden', timeout: 3000 })
			.catch(() => {});
	}
}
