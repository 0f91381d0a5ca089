import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runCommand } from '../n8n/command.cts';
import { removeFolder } from '../temporary-folder.cts';

// On every Linux, and it owns nothing. By number, because its group has different names.
const NOBODY = '65534';

/**
 * The command that runs a server for this process alone. PostgreSQL refuses to run as root, so that root
 * hands over to a user without rights. The server ends with this process, even if that is killed.
 */
export function underOwnUser(program: string, args: string[]): [string, string[]] {
	const isRoot = process.getuid?.() === 0;
	const user = isRoot ? [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'] : [];
	return ['setpriv', [...user, '--pdeathsig=KILL', program, ...args]];
}

/** Makes an empty folder that belongs to the user whom the servers run as, and is gone with this process at the latest. */
export async function ownFolder(name: string): Promise<string> {
	const [command, args] = underOwnUser('mktemp', ['-d', join(tmpdir(), `${name}-XXXXXX`)]);
	const folder = (await runCommand(command, args, { folder: tmpdir() })).trim();
	process.once('exit', () => removeFolder(folder));
	return folder;
}
