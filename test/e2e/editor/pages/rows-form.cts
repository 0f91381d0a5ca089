import type { Locator, Page } from 'playwright-core';

import { DropDown } from './drop-down.cts';
import { ResourceLocator } from './resource-locator.cts';

/** A collection of rows that are entered in a form, e.g. the lines of a quote. Works on the row that was added last. */
export class RowsForm {
	private readonly view: Locator;

	private readonly dropDown: DropDown;

	constructor(
		private readonly page: Page,
		/** What the editor calls a row, e.g. `Line`. */
		private readonly rowName: string,
	) {
		this.view = page.getByTestId('ndv');
		this.dropDown = new DropDown(page);
	}

	async add(): Promise<void> {
		await this.view
			.getByTestId('fixed-collection-add')
			.filter({ hasText: `Add ${this.rowName}` })
			.click();
	}

	async type(name: string, text: string): Promise<void> {
		await this.input(name).locator('input, textarea').fill(text);
	}

	/** Opens a list, chooses an entry of it, and returns all of them. */
	async choose(name: string, entry: string): Promise<string[]> {
		await this.input(name).getByRole('combobox').click();
		const entries = await this.dropDown.names();
		await this.dropDown.choose(entry);
		return entries;
	}

	locator(name: string): ResourceLocator {
		return new ResourceLocator(this.page, name);
	}

	async scrollIntoView(): Promise<void> {
		await this.input('unitPrice').scrollIntoViewIfNeeded();
	}

	private input(name: string): Locator {
		return this.view.getByTestId(`parameter-input-${name}`).last();
	}
}
