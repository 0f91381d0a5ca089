import type { StoryTeller } from '../story.cts';

/** The panel of nodes, and the way from there to the canvas. */
export function findingNodes(tell: StoryTeller): void {
	tell('a search for 1CRM shows its events and actions', async (editor) => {
		const { canvas, nodesPanel } = editor;
		await editor.openNewWorkflow();
		await canvas.addFirstStep();
		await nodesPanel.search('1CRM');
		expect(await nodesPanel.list('1CRM')).toEqual(['1CRM']);

		await nodesPanel.openNode('1CRM');
		expect(await nodesPanel.list('On record created')).toEqual([
			'On record created',
			'On record created or updated',
			'On record updated',
		]);

		await nodesPanel.showActions();
		expect(await nodesPanel.list('Search records')).toEqual(
			expect.arrayContaining(['Create a record', 'Create or update a record', 'Upload a file']),
		);
		await editor.takePicture('actions');
	});

	tell('a click and a drag put both nodes on the canvas', async (editor) => {
		const { canvas, nodeDetails, nodesPanel } = editor;
		await editor.openNewWorkflow();
		await canvas.addFirstStep();
		await nodesPanel.search('1CRM');
		await nodesPanel.openNode('1CRM');
		await nodesPanel.choose('On record created');
		await nodeDetails.whenOpen('1CRM Trigger');
		await nodeDetails.close();

		await canvas.addStep();
		await nodesPanel.search('1CRM');
		await nodesPanel.openNode('1CRM');
		await nodesPanel.drag('Get a record', canvas.surface());
		await nodeDetails.whenOpen('Get a record');
		await nodeDetails.close();
		await canvas.showAll();
		await canvas.node('1CRM Trigger').waitFor();
		await canvas.node('Get a record').waitFor();
		await editor.takePicture('both-nodes');
	});
}
