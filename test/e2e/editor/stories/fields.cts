import type { StoryTeller } from '../story.cts';

/** The choice of a module, and its fields. */
export function fields(tell: StoryTeller): void {
	tell('the module is found by a search in the list', async (editor) => {
		await editor.addFirstAction('Create a record');
		const module = editor.nodeDetails.locator('module');
		const modules = await module.openList();
		expect(modules).toEqual(expect.arrayContaining(['Accounts (Account)', 'Cases (aCase)']));
		await editor.takePicture('modules');

		expect(await module.search('opport', 'Opportunities')).toEqual(['Opportunities (Opportunity)']);
		await module.choose('Opportunities');
		await editor.nodeDetails.fields.field('amount').waitFor();
	});
}
