import type { Locator, Page } from 'playwright-core';

/** The dialog in which a credential is entered and tested. */
export class CredentialDialog {
	private readonly dialog: Locator;

	constructor(page: Page) {
		this.dialog = page.getByTestId('editCredential-modal');
	}

	async fill(values: Record<string, string>): Promise<void> {
		for (const [name, value] of Object.entries(values)) {
			await this.dialog.getByTestId(`parameter-input-${name}`).locator('input').fill(value);
		}
	}

	/** Saves the credential, which n8n then tests. */
	async save(): Promise<void> {
		await this.dialog.getByTestId('credential-save-button').click();
	}

	/** Waits until the test has failed, and returns the reason that the dialog shows on demand. */
	async failure(): Promise<string> {
		const moreDetails = this.dialog.getByText('More details');
		await moreDetails.click();
		await moreDetails.waitFor({ state: 'hidden' });
		return await this.dialog.getByTestId('node-credentials-config-container').innerText();
	}

	async whenTested(): Promise<void> {
		await this.dialog
			.getByTestId('credentials-config-container-test-success')
			.filter({ visible: true })
			.waitFor();
	}

	async whenClosed(): Promise<void> {
		await this.dialog.waitFor({ state: 'hidden' });
	}

	async close(): Promise<void> {
		await this.dialog.locator('.el-dialog__headerbtn').click();
		await this.whenClosed();
	}
}
