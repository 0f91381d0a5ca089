import { releaseLine1 } from './release-line-1.cts';
import { releaseLine2 } from './release-line-2.cts';
import type { ReleaseLine } from './release-line.cts';

/** The versions of n8n that this package is tested with: the newest first, the oldest last. */
export const TESTED_VERSIONS = ['2.41.1', '1.123.81'];

const RELEASE_LINES: Record<string, ReleaseLine> = { 1: releaseLine1, 2: releaseLine2 };

/**
 * The version of n8n that the environment variable N8N_VERSION asks for: an exact version such as `1.120.4`,
 * the tested version of a line such as `1.123.x`, or `oldest`. By default, the newest tested version.
 */
export function chosenVersion(wanted = process.env.N8N_VERSION): string {
	if (!wanted) return TESTED_VERSIONS[0];
	if (wanted === 'oldest') return TESTED_VERSIONS[TESTED_VERSIONS.length - 1];
	if (/^\d+\.\d+\.\d+$/.test(wanted)) return wanted;
	const tested = TESTED_VERSIONS.find((version) => lineOf(version) === wanted);
	if (tested) return tested;
	throw new Error(
		`N8N_VERSION is "${wanted}". Set it to an exact version such as 1.120.4, to one of ${TESTED_VERSIONS.map(lineOf).join(', ')}, or to oldest`,
	);
}

/** Throws unless N8N_VERSION asks for an n8n 2, which is all that `tests` know how to drive. */
export function requireNewestLine(tests: string): void {
	if (isVersion2()) return;
	throw new Error(`${tests} run in n8n 2 only, and N8N_VERSION asks for ${chosenVersion()}`);
}

/** Whether N8N_VERSION asks for an n8n 2. */
export function isVersion2(): boolean {
	return lineNumber(chosenVersion()) === '2';
}

/** What the versions of n8n with the same first number have in common. */
export function releaseLineOf(version: string): ReleaseLine {
	const line = RELEASE_LINES[lineNumber(version)];
	if (!line) throw new Error(`This project can't install and control n8n ${version}`);
	return line;
}

function lineNumber(version: string): string {
	return version.split('.')[0];
}

function lineOf(version: string): string {
	return version.replace(/\d+$/, 'x');
}
