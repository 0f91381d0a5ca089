import type { StoryTeller } from '../story.cts';

/** Filters: their values are suggested, and one without a value is refused. */
export function searching(tell: StoryTeller): void {
	tell('the values of a filter are suggested, and the matches are shown', async (editor, stage) => {
		const { nodeDetails } = editor;
		const expected = stage.sandbox
			.records('Contact')
			.filter(({ lead_source: source }) => source === 'Conference');
		await editor.addFirstAction('Search records');
		await nodeDetails.locator('module').chooseFromList('Contacts (Contact)');
		await nodeDetails.addFilter();
		expect(await nodeDetails.openDropDown('filter')).toContain('Lead Source (lead_source)');
		await nodeDetails.choose('Lead Source (lead_source)');

		const value = nodeDetails.locator('value');
		await value.setMode('From list');
		expect(await value.openList()).toContain('Conference');
		await editor.takePicture('filter-values');
		await value.choose('Conference');

		await nodeDetails.execute();
		const found = await nodeDetails.output.table(expected.length);
		expect(found.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
		await editor.takePicture('search-records');
	});

	tell(
		'a filter without a value is refused, as it would match everything',
		async (editor, stage) => {
			const { nodeDetails } = editor;
			await editor.addFirstAction('Search records');
			await nodeDetails.locator('module').chooseFromList('Contacts (Contact)');
			await nodeDetails.addFilter();
			await nodeDetails.openDropDown('filter');
			await nodeDetails.choose('Last Name (last_name)');
			stage.sandbox.clearRequests();
			await nodeDetails.execute();
			expect(await nodeDetails.output.failure()).toContain("'Last Name'");
			await editor.takePicture('filter-refused');
			expect(stage.sandbox.requests.filter(({ path }) => path.includes('/data/'))).toEqual([]);
		},
	);
}
