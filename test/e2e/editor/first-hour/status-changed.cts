import type { Sandbox } from '../../../sandbox/sandbox.cts';
import { recordsClient } from '../../../support/client.cts';
import { poll } from '../../../support/n8n/poll.cts';
import type { Stage } from '../../../support/n8n/stage.cts';
import type { Editor } from '../editor.cts';
import type { StoryTeller } from '../story.cts';

const NOTE = 'Call today';

/** A workflow that writes to the record that started it, and doesn't start itself. */
export function statusChanged(tell: StoryTeller): void {
	tell('trigger: a changed status starts a workflow that writes back', async (editor, stage) => {
		const { canvas, publication } = editor;
		const { client, sandbox } = stage;
		await editor.film.begin();
		await listenForStatus(editor, sandbox);
		await writeBack(editor);
		await canvas.showAll();
		await editor.film.frame('Publish the workflow');
		await publication.publish();

		const id = editor.workflowId();
		try {
			const tests = (await client.executions(id)).length;
			const lead = sandbox.insert('Lead', { last_name: 'Sample', status: 'New' });
			sandbox.clearRequests();
			await changeLead(stage, lead, { status: 'Assigned' });
			const { id: writing } = await client.waitForExecution(id, tests + 1);
			await untilQuiet(stage, id);
			expect(sandbox.record('Lead', lead)).toMatchObject({ description: NOTE });
			// Both changes were delivered, and only the first one led to a change.
			const changes = sandbox.requests.filter(({ method }) => method === 'PATCH');
			expect(changes).toHaveLength(2);
			expect(sandbox.deliveries.slice(-2).map(({ status }) => status)).toEqual([200, 200]);

			await editor.openExecution(id, writing);
			await canvas.whenDone(2);
			await editor.takePicture('executions');
			await editor.film.frame('The status of a lead changes in 1CRM: done', { pause: true });
			await editor.film.save('first-workflow');
		} finally {
			await client.deactivate(id);
		}
		expect(sandbox.webhooks.filter(({ model }) => model === 'Lead')).toEqual([]);
	});
}

/** Builds the trigger, and lets it catch one event. */
async function listenForStatus(editor: Editor, sandbox: Sandbox): Promise<void> {
	const { canvas, film, nodeDetails, nodesPanel } = editor;
	await editor.openNewWorkflow();
	await film.frame('A new workflow in n8n');
	await canvas.addFirstStep();
	await nodesPanel.search('1CRM');
	await film.frame('Search for 1CRM');
	await nodesPanel.openNode('1CRM');
	await film.frame('Start when a record is updated');
	await nodesPanel.choose('On record updated');
	await nodeDetails.whenOpen('1CRM Trigger');
	const modules = await nodeDetails.locator('module').openList();
	expect(modules).toContain('Leads (Lead)');
	await nodeDetails.locator('module').search('lead', 'Leads');
	await film.frame('Choose the module');
	await nodeDetails.locator('module').choose('Leads (Lead)');
	await nodeDetails.addOption('Only If Changed');
	await nodeDetails.openDropDown('onlyIfChanged');
	await film.frame('Start only if the status has changed');
	await nodeDetails.choose('Status (status)');
	expect(await nodeDetails.redMarks()).toEqual([]);
	await editor.takePicture('trigger');

	await nodeDetails.execute();
	await nodeDetails.whenListening();
	await film.frame('Let 1CRM send an event');
	const lead = sandbox.insert('Lead', { first_name: 'Mia', last_name: 'Sample', status: 'New' });
	await recordsClient(sandbox, 'Lead').patch(`/${lead}`, { data: { status: 'Assigned' } });
	const [event] = await nodeDetails.output.table(1);
	expect(event).toMatchObject({ event: 'updated', recordId: lead });
	await film.frame('The event, with the whole record');
	await nodeDetails.close();
}

/** Adds a step that writes to the record of the event, and runs it. */
async function writeBack(editor: Editor): Promise<void> {
	const { canvas, film, nodeDetails, nodesPanel } = editor;
	await canvas.addNextStep();
	await nodesPanel.search('1CRM');
	await nodesPanel.openNode('1CRM');
	await nodesPanel.choose('Update a record');
	await nodeDetails.whenOpen('Update a record');
	await nodeDetails.locator('module').chooseFromList('Leads (Lead)');
	await nodeDetails.mapInput('recordId', nodeDetails.locator('recordId').field);
	await nodeDetails.fields.addField('Description');
	await nodeDetails.fields.type('description', NOTE);
	expect(await nodeDetails.redMarks()).toEqual([]);
	await film.frame('Write to the same record');
	await nodeDetails.execute();
	expect(await nodeDetails.output.table(1)).toMatchObject([{ description: NOTE }]);
	await editor.takePicture('write-back');
	await film.frame('It is written');
	await nodeDetails.close();
}

async function changeLead({ sandbox }: Stage, id: string, data: object): Promise<void> {
	await recordsClient(sandbox, 'Lead').patch(`/${id}`, { data });
}

/** Waits until what was delivered has been answered, and whatever it has started has ended. */
async function untilQuiet({ client, sandbox }: Stage, workflowId: string): Promise<void> {
	await poll('the end of all executions', 30_000, async () => {
		await sandbox.settle();
		const executions = await client.executions(workflowId);
		return executions.every(({ status }) => status === 'success') || undefined;
	});
}
