import type { Locator, Page } from 'playwright-core';

/** The messages that n8n shows in the corner of the window. */
export class Notifications {
	private readonly closeButtons: Locator;

	constructor(page: Page) {
		this.closeButtons = page.locator('.el-notification__closeBtn');
	}

	async dismiss(): Promise<void> {
		while ((await this.closeButtons.count()) > 0) {
			// It may go by itself, or move when another goes.
			await this.closeButtons
				.first()
				.click({ timeout: 1000 })
				.catch(() => undefined);
		}
	}
}
