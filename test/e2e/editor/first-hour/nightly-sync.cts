import type { StoryTeller } from '../story.cts';

const ROW = { email1: 'mia@company.example', last_name: 'Sample', title: 'Buyer' };

/** What another system has, written into 1CRM every night. */
export function nightlySync(tell: StoryTeller): void {
	tell('nightly sync: only what differs is written', async (editor, { sandbox }) => {
		const { canvas, nodeDetails, nodesPanel } = editor;
		await editor.openNewWorkflow();
		await canvas.addFirstStep();
		await nodesPanel.search('Schedule');
		await nodesPanel.choose('On a schedule');
		await nodeDetails.whenOpen('Schedule Trigger');
		await nodeDetails.close();

		await canvas.addNextStep();
		await nodesPanel.search('Edit Fields');
		await nodesPanel.choose('Edit Fields (Set)');
		await nodeDetails.whenOpen('Edit Fields');
		await nodeDetails.openDropDown('mode');
		await nodeDetails.choose('JSON');
		await nodeDetails.typeCode('jsonOutput', JSON.stringify(ROW));
		await nodeDetails.close();

		await canvas.addNextStep();
		await nodesPanel.search('1CRM');
		await nodesPanel.openNode('1CRM');
		await nodesPanel.choose('Create or update a record');
		await nodeDetails.whenOpen('Create or update a record');
		await nodeDetails.locator('module').chooseFromList('Contacts (Contact)');
		await nodeDetails.fields.mapAutomatically();
		await nodeDetails.fields.matchOn('Email');
		expect(await nodeDetails.redMarks()).toEqual([]);
		await nodeDetails.close();

		await canvas.execute();
		await canvas.whenDone(3);
		await canvas.openNode('Create or update a record');
		expect(await nodeDetails.output.table(1)).toMatchObject([{ _upsert: 'created' }]);
		await nodeDetails.close();

		sandbox.clearRequests();
		await canvas.execute();
		await canvas.openNode('Create or update a record');
		await nodeDetails.output.cell('unchanged').waitFor();
		await editor.takePicture('nightly-sync');
		expect(sandbox.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
	});
}
