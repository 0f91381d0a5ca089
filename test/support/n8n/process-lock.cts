import { link, readFile, rm, writeFile } from 'node:fs/promises';

import { systemErrorCode } from './system-error.cts';

/** Releases the lock. */
export type Release = () => Promise<void>;

/** Takes the lock, a file that names its process, or returns the id of the running process that has it. */
export async function tryLock(file: string): Promise<Release | number> {
	// A link gets its content in one step, so nobody reads a lock that doesn't name a process yet.
	const own = `${file}.${process.pid}`;
	await writeFile(own, String(process.pid));
	try {
		await link(own, file);
		return async () => await rm(file, { force: true });
	} catch (error) {
		if (systemErrorCode(error) !== 'EEXIST') throw error;
	} finally {
		await rm(own, { force: true });
	}
	const holder = Number(await readFile(file, 'utf8').catch(() => undefined));
	if (isAlive(holder)) return holder;
	await rm(file, { force: true });
	return await tryLock(file);
}

function isAlive(processId: number): boolean {
	if (!Number.isInteger(processId)) return false;
	try {
		process.kill(processId, 0);
		return true;
	} catch (error) {
		return systemErrorCode(error) === 'EPERM';
	}
}
