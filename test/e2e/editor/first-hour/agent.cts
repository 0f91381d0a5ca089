import { startServices } from '../../services/services.cts';
import type { Editor } from '../editor.cts';
import type { StoryTeller } from '../story.cts';

/** The node as the tool of an agent that may only read. */
export function agent(tell: StoryTeller): void {
	tell('agent: the model fills in a search, and only reads', async (editor, stage) => {
		const { client, sandbox } = stage;
		const services = await startServices(client);
		try {
			const [contact] = sandbox.records('Contact');
			await buildAgent(editor);
			await editor.chat.open();
			sandbox.clearRequests();
			await editor.chat.ask(`Who is "${contact.last_name}"?`, String(contact.id));
			await editor.takePicture('ai-agent');
			await editor.chat.close();
			const { requests } = sandbox;
			expect(requests.some(({ path }) => path === '/data/Contact')).toBe(true);
			expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
		} finally {
			await services.stop();
		}
	});
}

async function buildAgent(editor: Editor): Promise<void> {
	const { canvas, nodeDetails, nodesPanel } = editor;
	await editor.openNewWorkflow();
	await canvas.addFirstStep();
	await nodesPanel.search('AI Agent');
	await nodesPanel.choose('AI Agent');
	await nodeDetails.whenOpen('AI Agent');
	await nodeDetails.close();
	await canvas.showAll();

	await canvas.addAtPort('Chat Model');
	await nodesPanel.search('OpenAI Chat Model');
	await nodesPanel.choose('OpenAI Chat Model');
	await nodeDetails.whenOpen('OpenAI Chat Model');
	await nodeDetails.close();

	await canvas.addAtPort('Tool');
	await nodesPanel.search('1CRM');
	expect(await nodesPanel.list('1CRM Tool')).toEqual(['1CRM Tool']);
	await nodesPanel.choose('1CRM Tool');
	await nodeDetails.whenOpen('Search records in 1CRM');
	await nodeDetails.locator('module').chooseFromList('Contacts (Contact)');
	await nodeDetails.letModelFill('filterText');
	expect(await nodeDetails.redMarks()).toEqual([]);
	await editor.takePicture('tool');
	await nodeDetails.close();
	await canvas.node('Search records in 1CRM').waitFor();
	await canvas.tidyUp();
	await canvas.showAll();
}
