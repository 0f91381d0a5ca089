import type { Locator, Page } from 'playwright-core';

import { DropDown } from './drop-down.cts';
import { FieldMapper } from './field-mapper.cts';
import { Output } from './output.cts';
import { ResourceLocator } from './resource-locator.cts';

/** The view of one node: its input, its parameters, its output. */
export class NodeDetails {
	readonly fields: FieldMapper;

	readonly output: Output;

	private readonly view: Locator;

	private readonly dropDown: DropDown;

	constructor(private readonly page: Page) {
		this.view = page.getByTestId('ndv');
		this.fields = new FieldMapper(page);
		this.output = new Output(page);
		this.dropDown = new DropDown(page);
	}

	async whenOpen(title: string): Promise<void> {
		const name = this.view.getByTestId('node-title-container');
		await name.filter({ hasText: title }).waitFor();
	}

	async close(): Promise<void> {
		await this.view.getByTestId('ndv-close-button').click();
		await this.view.waitFor({ state: 'hidden' });
	}

	locator(parameter: string): ResourceLocator {
		return new ResourceLocator(this.page, parameter);
	}

	parameter(name: string): Locator {
		return this.view.getByTestId(`parameter-input-${name}`);
	}

	/** Opens the list of a parameter, and returns its entries. */
	async openDropDown(parameter: string): Promise<string[]> {
		const arrow = this.parameter(parameter).locator('.el-select__caret').first();
		// n8n closes a list whose entries it begins to load.
		do await arrow.click();
		while (!(await this.dropDown.opens()));
		return await this.dropDown.names();
	}

	async choose(entry: string): Promise<void> {
		await this.dropDown.choose(entry);
	}

	/** Adds an option, or another setting of a collection, whose name begins like this. */
	async addOption(name: string): Promise<void> {
		await this.view.getByTestId('collection-parameter-add').last().click();
		const options = this.page.getByTestId('collection-parameter-option').filter({ visible: true });
		await options.filter({ hasText: name }).first().click();
		await options.first().waitFor({ state: 'hidden' });
	}

	async switchOn(parameter: string): Promise<void> {
		await this.parameter(parameter).locator('.el-switch:not(.is-checked)').click();
	}

	/** Writes into a field for code. */
	async typeCode(parameter: string, text: string): Promise<void> {
		await this.parameter(parameter).locator('.cm-content').fill(text);
	}

	/** The labels of the parameters that n8n marks as wrong. */
	async redMarks(): Promise<string[]> {
		const items = this.view.getByTestId('parameter-item');
		const marked = items.filter({ has: this.page.getByTestId('parameter-issues') });
		return await marked.allInnerTexts();
	}

	/** Drags a field of the input to a parameter. */
	async mapInput(name: string, target: Locator): Promise<void> {
		const field = this.view.getByTestId('run-data-schema-item').getByText(name, { exact: true });
		await field.first().dragTo(target);
	}

	async addFilter(): Promise<void> {
		await this.view.getByTestId('fixed-collection-add').click();
	}

	/** Opens the dialog of a new credential. */
	async createCredential(): Promise<void> {
		await this.view.getByTestId('node-credentials-select').click();
		await this.page.getByTestId('node-credentials-select-item-new').click();
	}

	/** Opens the dialog of the chosen credential. */
	async editCredential(): Promise<void> {
		await this.view.getByTestId('credential-edit-button').click();
	}

	chosenCredential(): Locator {
		return this.view.getByTestId('node-credentials-select').locator('input');
	}

	/** Runs the node after n8n has processed the typed text, which takes it a moment. */
	async execute(): Promise<void> {
		const issues = this.page.getByTestId('canvas-node').getByTestId('node-issues');
		await issues.waitFor({ state: 'detached' });
		await this.view.getByTestId('node-execute-button').click();
	}

	/** Leaves a parameter of a tool to the model of the agent. */
	async letModelFill(parameter: string): Promise<void> {
		const input = this.page.getByTestId(`parameter-input-${parameter}`);
		const item = this.view.getByTestId('parameter-item').filter({ has: input });
		await item.getByTestId('from-ai-override-button').click();
	}

	/** What is said while a trigger waits for an event. */
	async whenListening(): Promise<void> {
		await this.view.getByText('Listening for test event').waitFor();
	}
}
