import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { STICKY_NOTE, type WorkflowDefinition } from '../../../support/n8n/definitions.cts';
import { PROJECT_FOLDER } from '../../../support/n8n/stage.cts';
import type { StoryTeller } from '../story.cts';

const FOLDER = join(PROJECT_FOLDER, 'examples');

/** The examples, as somebody imports them who has downloaded them. */
export function examples(tell: StoryTeller): void {
	tell('examples: each is imported from its file, and nothing is marked', async (editor) => {
		const { canvas, workflowMenu } = editor;
		const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.json')).sort();
		expect(files).not.toEqual([]);
		await editor.openNewWorkflow();
		for (const name of files) {
			const file = join(FOLDER, name);
			const { nodes } = JSON.parse(await readFile(file, 'utf8')) as WorkflowDefinition;
			const steps = nodes.filter(({ type }) => type !== STICKY_NOTE);
			await workflowMenu.importFromFile(file);
			await canvas.whenItHas(steps.length);
			expect({ name, marked: await canvas.markedNodes() }).toEqual({ name, marked: [] });
			if (name !== files.at(-1)) await canvas.clear();
		}
		await canvas.showAll();
		await editor.takePicture('imported-example');
	});
}
