import type { Locator, Page } from 'playwright-core';

import { DropDown } from './drop-down.cts';

/** The fields of a record and the values to write into them. */
export class FieldMapper {
	constructor(private readonly page: Page) {}

	async addField(label: string): Promise<void> {
		await this.page.getByRole('button', { name: 'Add field to send' }).click();
		await this.page.getByRole('menuitem', { name: label, exact: true }).click();
	}

	/** Takes the values from fields of the input that have the same names. */
	async mapAutomatically(): Promise<void> {
		await this.page.getByTestId('mapping-mode-select').getByRole('combobox').click();
		await new DropDown(this.page).choose('Map Automatically');
	}

	/** Chooses a field that a record is found by. */
	async matchOn(label: string): Promise<void> {
		await this.page.getByTestId('matching-column-select').getByRole('combobox').first().click();
		await new DropDown(this.page).choose(label);
	}

	/** Fills in a text field. */
	async type(name: string, text: string): Promise<void> {
		await this.field(name).locator('input, textarea').fill(text);
	}

	/** Opens the drop-down of a field, and returns its entries. */
	async openDropDown(name: string): Promise<string[]> {
		await this.field(name).getByRole('combobox').click();
		return await new DropDown(this.page).names();
	}

	async chooseInDropDown(entry: string): Promise<void> {
		await new DropDown(this.page).choose(entry);
	}

	async switchOn(name: string): Promise<void> {
		await this.field(name).locator('.el-switch').click();
	}

	/** Opens the calendar of a field and chooses a day of the month that it shows. */
	async chooseDay(name: string, day: number): Promise<void> {
		await this.field(name).getByRole('combobox').click();
		const calendar = this.page.locator('.el-date-picker:visible');
		await calendar.locator('td.available').getByText(String(day), { exact: true }).first().click();
		await calendar.getByRole('button', { name: 'OK' }).click();
		await calendar.waitFor({ state: 'hidden' });
	}

	field(name: string): Locator {
		return this.page.getByTestId(`parameter-input-${name}`);
	}
}
