import type { StoryTeller } from '../story.cts';

/** The choice of a record. */
export function records(tell: StoryTeller): void {
	tell('a record is chosen from the list or by the address of its page', async (editor, stage) => {
		const { nodeDetails } = editor;
		const [first, second] = stage.sandbox.records('Account');
		await editor.addFirstAction('Get a record');
		await nodeDetails.locator('module').chooseFromList('Accounts (Account)');

		const record = nodeDetails.locator('recordId');
		await record.openList();
		const found = await record.search(String(first.name), String(first.name));
		expect(found[0]).toContain(first.name);
		await editor.takePicture('records');
		await record.choose(String(first.name));
		await nodeDetails.execute();
		expect(await nodeDetails.output.table(1)).toEqual([
			expect.objectContaining({ id: first.id, name: first.name }),
		]);

		const { domain } = stage.sandbox;
		const page = `https://${domain}/index.php?module=Accounts&action=DetailView&record=${second.id}`;
		await record.setMode('By URL');
		await record.type(page);
		await record.whenAddressTaken();
		await editor.takePicture('record-by-url');
		await nodeDetails.execute();
		await nodeDetails.output.cell(String(second.name)).waitFor();
	});

	tell('a record that is not there is named, with advice', async (editor) => {
		const { nodeDetails } = editor;
		await editor.addFirstAction('Get a record');
		await nodeDetails.locator('module').chooseFromList('Contacts (Contact)');
		const record = nodeDetails.locator('recordId');
		await record.setMode('By ID');
		await record.type('0815');
		await nodeDetails.execute();
		expect(await nodeDetails.output.failure()).toMatch(
			/^Contact "0815" was not found\nCheck the record's ID/,
		);
		await editor.takePicture('not-found');
	});
}
