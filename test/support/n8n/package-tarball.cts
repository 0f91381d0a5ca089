import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { packTarball, unpackTarball } from './tarball.cts';

/** Packs a package of n8n nodes, which has been built, into `destination`, as npm would publish it. */
export async function packPackage(packageFolder: string, destination: string): Promise<string> {
	await mkdir(destination, { recursive: true });
	return await packTarball(packageFolder, destination);
}

/** Installs a packed package where n8n stores community packages, and replaces an earlier one. */
export async function installPackage(
	tarball: string,
	packageName: string,
	userFolder: string,
): Promise<void> {
	const folder = join(userFolder, '.n8n', 'nodes', 'node_modules', packageName);
	await rm(folder, { recursive: true, force: true });
	await unpackTarball(tarball, folder);
}
