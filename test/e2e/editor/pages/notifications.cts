import type { Locator, Page } from 'playwright-core';

/** The messages that n8n shows in the corner of the window. */
export class Notifications {
	private readonly closeButtons: Locator;

	constructor(page: Page) {
		this.closeButtons = page.locator('.el-notification__closeBtn');
	}

	async dismiss(): Promise<void> {
		for (const button of await this.closeButtons.all()) {
			// It may have gone by itself meanwhile.
			await button.click({ timeout: 1000 }).catch(() => undefined);
		}
		await this.closeButtons.first().waitFor({ state: 'detached' });
	}
}
