import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { Page } from 'playwright-core';

import { PROJECT_FOLDER } from '../../support/n8n/stage.cts';

const OUTPUT_FOLDER = join(__dirname, 'output');
export const IMAGES_FOLDER = join(PROJECT_FOLDER, 'docs', 'images');

export const COLOR_SCHEMES = ['dark', 'light'] as const;
export type ColorScheme = (typeof COLOR_SCHEMES)[number];

/** The pictures that README and docs show. */
const DOCUMENTATION_PICTURES = new Set([
	'create-a-record',
	'credential-accepted',
	'quote-with-lines',
	'search-records',
	'test-event',
	'tool',
]);

/** The size of the browser's page, and therefore of its pictures. */
export const VIEWPORT = { width: 1280, height: 720 };

/** Removes the pictures of an earlier run. */
export async function removePictures(): Promise<void> {
	await rm(OUTPUT_FOLDER, { recursive: true, force: true });
}

/** Whether the pictures of the documentation are renewed: `npm run pictures` sets this environment variable. */
export function isUpdating(): boolean {
	return Boolean(process.env.UPDATE_PICTURES);
}

/**
 * Saves what the page shows, in light and dark, as `<name>.light.png` and `<name>.dark.png` in `output`, and renews
 * the pictures of the documentation if that is wanted.
 */
export async function takePicture(page: Page, name: string): Promise<void> {
	const files = await takeFrame(page, name);
	if (!isUpdating() || !DOCUMENTATION_PICTURES.has(name)) return;
	for (const colorScheme of COLOR_SCHEMES) {
		await copyFile(files[colorScheme], join(IMAGES_FOLDER, `${name}.${colorScheme}.png`));
	}
}

/** Saves what the page shows in each color scheme, and returns the paths of the files. */
export async function takeFrame(page: Page, name: string): Promise<Record<ColorScheme, string>> {
	const files = { dark: '', light: '' };
	for (const colorScheme of COLOR_SCHEMES) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		files[colorScheme] = await picture(page, `${name}.${colorScheme}.png`);
	}
	return files;
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
