import { existsSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes an empty folder that is gone with this process at the latest. */
export async function temporaryFolder(name: string): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), `${name}-`));
	process.once('exit', () => removeFolder(folder));
	return folder;
}

export function removeFolder(folder: string): void {
	if (existsSync(folder)) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
