import type { BrowserContext } from 'playwright-core';

import type { Stage } from '../../support/n8n/stage.cts';
import { Editor } from './editor.cts';
import { takeFailurePicture } from './pictures.cts';

/** What the stories share: a browser that is signed in to an n8n, and the servers behind it. */
export interface Scene {
	stage: Stage;
	browser: BrowserContext;
}

type Story = (editor: Editor, stage: Stage) => Promise<void>;

/** Registers a test that describes what a user does, in its own tab. A failed test saves a picture. */
export type StoryTeller = (name: string, story: Story) => void;

const STORY_LIMIT = 3 * 60_000;

/** Stories are registered before their scene is set, so that it is asked for when they run. */
export function storyTeller(scene: () => Scene): StoryTeller {
	return (name, story) => {
		it(
			name,
			async () => {
				const { stage, browser } = scene();
				const page = await browser.newPage();
				try {
					await story(new Editor(page, stage.server.url), stage);
				} catch (error) {
					await takeFailurePicture(page, name);
					throw error;
				} finally {
					await page.close();
				}
			},
			STORY_LIMIT,
		);
	};
}
