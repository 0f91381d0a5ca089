import { statfs } from 'node:fs/promises';

import { runCommand } from '../../support/n8n/command.cts';
import { removeFolder, temporaryFolder } from '../../support/n8n/temporary-folder.cts';

/** A disk of its own, in memory. */
export interface SmallDisk {
	folder: string;
	/** In bytes. */
	free(): Promise<number>;
	/** Makes it larger or smaller. What is on it stays. */
	resize(megabytes: number): Promise<void>;
	remove(): Promise<void>;
}

/** Mounts a disk of this size, which only root may do. */
export async function mountSmallDisk(megabytes: number): Promise<SmallDisk> {
	if (process.getuid?.() !== 0) throw new Error('Only root may mount the disk of this test');
	const folder = await temporaryFolder('small-disk');
	const mount = async (options: string) => {
		const args = ['-t', 'tmpfs', '-o', options, 'small-disk', folder];
		await runCommand('mount', args, { folder: '/' });
	};
	await mount(`size=${megabytes}m`);
	return {
		folder,
		async free() {
			const { bavail, bsize } = await statfs(folder);
			return bavail * bsize;
		},
		async resize(wanted) {
			await mount(`remount,size=${wanted}m`);
		},
		async remove() {
			// Also if something still looks at it.
			await runCommand('umount', ['--lazy', folder], { folder: '/' });
			removeFolder(folder);
		},
	};
}
