import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { isGone, leaveNothingOf } from './leftovers.cts';

/** Makes an empty folder that is gone with this process at the latest. */
export async function temporaryFolder(name: string): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), `${name}-`));
	leaveNothingOf(folder);
	return folder;
}

/** Removes a folder with all that is in it. */
export function removeFolder(folder: string): void {
	rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	isGone(folder);
}
