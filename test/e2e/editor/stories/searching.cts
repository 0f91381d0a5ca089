import type { StoryTeller } from '../story.cts';

/** Filters that would match everything. */
export function searching(tell: StoryTeller): void {
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
