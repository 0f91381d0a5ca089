import type { Page } from 'playwright-core';

/** Takes a workflow into operation, which n8n calls publishing. */
export class Publication {
	constructor(private readonly page: Page) {}

	async publish(): Promise<void> {
		await this.page.getByTestId('workflow-open-publish-modal-button').click();
		await this.page.getByTestId('workflow-publish-button').click();
		const confirmation = this.page.getByTestId('activation-modal');
		await confirmation.getByRole('button', { name: 'Got it' }).click();
		await confirmation.waitFor({ state: 'hidden' });
	}
}
