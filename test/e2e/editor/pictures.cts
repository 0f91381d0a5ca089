import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { Page } from 'playwright-core';

import { PROJECT_FOLDER } from '../../support/n8n/stage.cts';

const OUTPUT_FOLDER = join(__dirname, 'output');
const IMAGES_FOLDER = join(PROJECT_FOLDER, 'docs', 'images');

/** The pictures that README and docs show. */
const DOCUMENTATION_PICTURES = new Set([
	'create-a-record',
	'credential-accepted',
	'quote-with-lines',
	'search-records',
	'test-event',
	'tool',
	'workflow',
]);

/** The size of the browser's page, and therefore of its pictures. */
export const VIEWPORT = { width: 1280, height: 720 };

/** Removes the pictures of an earlier run. */
export async function removePictures(): Promise<void> {
	await rm(OUTPUT_FOLDER, { recursive: true, force: true });
}

/**
 * Saves what the page shows, in light and dark, as `<name>.light.png` and `<name>.dark.png` in `output`.
 * If the environment variable `UPDATE_PICTURES` is set, also renews the pictures of the documentation.
 */
export async function takePicture(page: Page, name: string): Promise<void> {
	for (const colorScheme of ['dark', 'light'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		const file = await picture(page, `${name}.${colorScheme}.png`);
		if (process.env.UPDATE_PICTURES && DOCUMENTATION_PICTURES.has(name)) {
			await copyFile(file, join(IMAGES_FOLDER, `${name}.${colorScheme}.png`));
		}
	}
}

/** Saves what the page shows when a story fails. */
export async function takeFailurePicture(page: Page, story: string): Promise<string> {
	return await picture(page, `failed-${story.replace(/\W+/g, '-')}.png`);
}

async function picture(page: Page, fileName: string): Promise<string> {
	await mkdir(OUTPUT_FOLDER, { recursive: true });
	const path = join(OUTPUT_FOLDER, fileName);
	await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
	return path;
}
