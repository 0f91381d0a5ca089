import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { runCommand, runNpm } from './command.cts';

/** Packs what npm would publish or deliver for `what` (a folder or `name@version`) into `folder`. */
export async function packTarball(what: string, folder: string): Promise<string> {
	const output = await runNpm(['pack', what, '--silent', '--ignore-scripts'], { folder });
	return join(folder, output.trim());
}

/** Unpacks an npm tarball, whose files are all in one top folder, into `folder`. */
export async function unpackTarball(tarball: string, folder: string): Promise<void> {
	await mkdir(folder, { recursive: true });
	await runCommand('tar', ['-xzf', tarball, '--strip-components=1'], { folder });
}
