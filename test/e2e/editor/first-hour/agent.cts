import type { StoryTeller } from '../story.cts';

/** The node as a tool of an agent. */
export function aiAgent(tell: StoryTeller): void {
	tell('1CRM is attached as a tool, and the model may fill in its parameters', async (editor) => {
		const { canvas, nodeDetails, nodesPanel } = editor;
		await editor.openNewWorkflow();
		await canvas.addFirstStep();
		await nodesPanel.search('AI Agent');
		await nodesPanel.choose('AI Agent');
		await nodeDetails.whenOpen('AI Agent');
		await nodeDetails.close();
		await canvas.showAll();

		await canvas.addAtPort('Tool');
		await nodesPanel.search('1CRM');
		expect(await nodesPanel.list('1CRM Tool')).toEqual(['1CRM Tool']);
		await nodesPanel.choose('1CRM Tool');
		await nodeDetails.whenOpen('Search records in 1CRM');
		await nodeDetails.locator('module').chooseFromList('Contacts (Contact)');
		await nodeDetails.letModelFill('filterText');
		await editor.takePicture('tool');
		await nodeDetails.close();

		await canvas.node('Search records in 1CRM').waitFor();
		await canvas.tidyUp();
		await canvas.showAll();
		await canvas.deselect();
		await editor.takePicture('ai-agent');
	});
}
