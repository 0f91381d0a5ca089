import { execFile } from 'node:child_process';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { Page } from 'playwright-core';

import type { Notifications } from './pages/notifications.cts';
import {
	COLOR_SCHEMES,
	IMAGES_FOLDER,
	type ColorScheme,
	isUpdating,
	takeFrame,
} from './pictures.cts';

const SCREEN = { width: 1024, height: 640 };

/** How long a frame is shown, in milliseconds, and the one at which the film rests. */
const FRAME = 1600;
const PAUSE = 5000;

/** What README has room for. */
const LARGEST_SIZE = 1.5e6;

/**
 * An animated picture of the page in light and dark: frames with captions, which `img2webp` joins (Debian's package
 * webp). Only made if the pictures of the documentation are renewed.
 */
export class Film {
	private readonly frames: Array<{ files: Record<ColorScheme, string>; duration: number }> = [];

	constructor(
		private readonly page: Page,
		private readonly notifications: Notifications,
	) {}

	/** Makes the page so small that its texts can be read in README. Throws if the film could not be saved. */
	async begin(): Promise<void> {
		if (isUpdating()) await img2webp('-version');
		await this.page.setViewportSize(SCREEN);
	}

	/** Adds what the page shows. */
	async frame(caption: string, { pause = false } = {}): Promise<void> {
		if (!isUpdating()) return;
		await this.notifications.dismiss();
		const style = await this.page.addStyleTag({ content: captionStyle(caption) });
		const files = await takeFrame(this.page, `frame-${this.frames.length}`);
		await style.evaluate((element: { remove?: () => void }) => element.remove?.());
		this.frames.push({ files, duration: pause ? PAUSE : FRAME });
	}

	/** Saves `<name>.light.webp` and `<name>.dark.webp` among the pictures of the documentation. */
	async save(name: string): Promise<void> {
		if (!isUpdating()) return;
		await mkdir(IMAGES_FOLDER, { recursive: true });
		for (const scheme of COLOR_SCHEMES) {
			const file = join(IMAGES_FOLDER, `${name}.${scheme}.webp`);
			const frames = this.frames.flatMap(({ files, duration }) => [
				...['-d', String(duration)],
				files[scheme],
			]);
			await img2webp('-loop', '0', '-min_size', ...frames, '-o', file);
			const { size } = await stat(file);
			if (size > LARGEST_SIZE) throw new Error(`${file} has ${size} bytes, which is too much`);
		}
	}
}

/** Runs `img2webp`. If the machine doesn't have it, throws an error that says how to install it. */
async function img2webp(...options: string[]): Promise<void> {
	await promisify(execFile)('img2webp', options).catch((error: unknown) => {
		throw new Error(
			'The film needs img2webp. Install it ("apt-get install webp" on Debian and Ubuntu)',
			{
				cause: error,
			},
		);
	});
}

/** A line above the page that says what happens. */
function captionStyle(caption: string): string {
	return `body::after {
		content: ${JSON.stringify(caption)};
		position: fixed; top: 10px; left: 50%; transform: translateX(-50%); z-index: 99999; padding: 10px 24px;
		border-radius: 8px; background: #1f6fb8; color: #fff; font: 600 22px sans-serif; white-space: nowrap;
	}`;
}
