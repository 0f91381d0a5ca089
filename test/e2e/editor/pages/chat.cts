import type { Page } from 'playwright-core';

/** n8n's own chat with an agent, below the canvas. */
export class Chat {
	constructor(private readonly page: Page) {}

	async open(): Promise<void> {
		const button = this.page.getByTestId('workflow-chat-button');
		// n8n remembers whether it was open.
		if ((await button.innerText()).includes('Open chat')) await button.click();
	}

	/** Asks a question, and waits until the answer contains `expected`. */
	async ask(question: string, expected: string): Promise<void> {
		await this.page.getByTestId('chat-input').fill(question);
		await this.page.keyboard.press('Enter');
		await this.page
			.locator('.chat-message-from-bot')
			.filter({ hasText: expected })
			.first()
			.waitFor();
	}

	/** n8n opens every other workflow with the panel until it is closed. */
	async close(): Promise<void> {
		const button = this.page.getByRole('button', { name: 'Collapse panel' }).first();
		await button.click();
		await button.waitFor({ state: 'hidden' });
	}
}
