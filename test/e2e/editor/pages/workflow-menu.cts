import type { Page } from 'playwright-core';

/** The menu beside the name of a workflow. */
export class WorkflowMenu {
	constructor(private readonly page: Page) {}

	async importFromFile(path: string): Promise<void> {
		await this.page.getByTestId('workflow-menu').first().click();
		await this.page.getByTestId('workflow-menu-item-import').click();
		const chooser = this.page.waitForEvent('filechooser');
		await this.page.getByTestId('workflow-menu-item-import-from-file').click();
		await (await chooser).setFiles(path);
	}
}
