import { join } from 'node:path';

import { changeRecord } from '../../../support/change-record.cts';
import { STICKY_NOTE } from '../../../support/n8n/definitions.cts';
import { PROJECT_FOLDER } from '../../../support/n8n/stage.cts';
import { importExamples } from '../../example.cts';
import type { StoryTeller } from '../story.cts';

const EXAMPLE = '1CRM: call new leads';

/** The trigger in a test. */
export function trigger(tell: StoryTeller): void {
	tell('a test event runs the example workflow in the editor', async (editor, stage) => {
		const { canvas, nodeDetails } = editor;
		const { client, credential, sandbox } = stage;
		const examples = await importExamples(join(PROJECT_FOLDER, 'examples'), client, [credential]);
		const { id, definition } = examples.find((example) => example.definition.name === EXAMPLE)!;
		await editor.openWorkflow(id);

		await canvas.openNode('When a lead is created');
		await nodeDetails.execute();
		await nodeDetails.whenListening();
		await editor.takePicture('listening');
		await changeRecord(sandbox, definition.nodes[0], { first_name: 'Mia', last_name: 'Sample' });
		const [event] = await nodeDetails.output.table(1);
		expect(event).toMatchObject({ event: 'created', module: 'Lead' });
		await editor.takePicture('test-event');
		await nodeDetails.close();

		await canvas.executeUntilTriggerListens();
		await changeRecord(sandbox, definition.nodes[0], { first_name: 'Mia', last_name: 'Sample' });
		const steps = definition.nodes.filter(({ type }) => type !== STICKY_NOTE);
		await canvas.whenDone(steps.length);
		await canvas.deselect();
		await editor.takePicture('workflow');
		expect(sandbox.records('Task').at(-1)).toMatchObject({ name: 'Call Mia Sample' });

		await canvas.openNode('Create a task to call');
		await nodeDetails.output.table(1);
		await editor.takePicture('create-a-record');
	});
}
