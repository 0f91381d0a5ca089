import type { Locator, Page } from 'playwright-core';

/** The right side of a node's view: the output of the node, or why it failed. */
export class Output {
	private readonly panel: Locator;

	constructor(page: Page) {
		this.panel = page.getByTestId('output-panel');
	}

	/** Waits for a table with this number of items, and returns the texts of its rows by column. */
	async table(count: number): Promise<Array<Record<string, string>>> {
		const items = count === 1 ? '1 item' : `${count} items`;
		await this.panel.getByTestId('ndv-items-count').getByText(items, { exact: true }).waitFor();
		await this.panel.getByTestId('radio-button-table').click();
		await this.panel
			.locator('tbody tr')
			.nth(count - 1)
			.waitFor();
		const columns = await this.panel.locator('thead th').allInnerTexts();
		const rows = await this.panel.locator('tbody tr').all();
		return await Promise.all(
			rows.map(async (row) => {
				const cells = await row.locator('td').allInnerTexts();
				return Object.fromEntries(columns.map((column, index) => [column.trim(), cells[index]]));
			}),
		);
	}

	/** Shows the first item with its parts one below the other. */
	async showSchema(): Promise<void> {
		await this.panel.getByTestId('radio-button-schema').click();
	}

	cell(text: string): Locator {
		return this.panel.getByRole('cell', { name: text, exact: true }).first();
	}

	/** Waits until the node has failed, and returns the message with the advice below it. */
	async failure(): Promise<string> {
		await this.panel.getByTestId('node-error-message').waitFor();
		const texts = this.panel.locator(
			'[data-test-id=node-error-message], [data-test-id=node-error-description]',
		);
		return (await texts.allInnerTexts()).join('\n');
	}
}
