import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runCommand } from '../../support/n8n/command.cts';
import { leaveNothingOf } from '../../support/n8n/leftovers.cts';

// On every Linux, and it owns nothing. By number, because its group has different names.
const NOBODY = '65534';

/**
 * The command that runs a server for this process only. PostgreSQL refuses to run as root, so root switches
 * to a user without rights.
 */
export function underOwnUser(program: string, args: string[]): [string, string[]] {
	if (process.getuid?.() !== 0) return [program, args];
	const user = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
	return ['setpriv', [...user, program, ...args]];
}

/** Makes an empty folder that belongs to the user whom the servers run as, and is gone with this process at the latest. */
export async function ownFolder(name: string): Promise<string> {
	const [command, args] = underOwnUser('mktemp', ['-d', join(tmpdir(), `${name}-XXXXXX`)]);
	const folder = (await runCommand(command, args, { folder: tmpdir() })).trim();
	leaveNothingOf(folder);
	return folder;
}
