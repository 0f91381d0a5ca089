import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { n8n } from '../../package.json';
import { PROJECT_FOLDER } from '../support/n8n/stage.cts';
import { median, section, spread } from './table.cts';

/** What n8n has loaded already when it comes to the nodes, then the clock, then the package. */
const PROGRAM = `
require('n8n-workflow');
global.gc();
const heapBefore = process.memoryUsage().heapUsed;
const startedAt = performance.now();
for (const file of process.argv.slice(1)) require(file);
const milliseconds = performance.now() - startedAt;
global.gc();
console.log(JSON.stringify([milliseconds, process.memoryUsage().heapUsed - heapBefore]));
`;

const FILES = [...n8n.credentials, ...n8n.nodes].map((file) => join(PROJECT_FOLDER, file));

/** A section on how long new processes take to load the built package, and how much heap they use then. */
export function packageLoadSection(rounds: number): string {
	const loads = Array.from({ length: rounds }, loadPackage);
	const times = loads.map(({ milliseconds }) => milliseconds);
	const heap = `${median(loads.map(({ kilobytes }) => kilobytes))} kB`;
	return section(
		'Loading the package',
		['median', 'spread', 'heap'],
		[[`${median(times)} ms`, spread(times), heap]],
	);
}

function loadPackage(): { milliseconds: number; kilobytes: number } {
	const args = ['--expose-gc', '--eval', PROGRAM, ...FILES];
	const printed = execFileSync(process.execPath, args, { cwd: PROJECT_FOLDER, encoding: 'utf8' });
	const [milliseconds, bytes] = JSON.parse(printed) as [number, number];
	return { milliseconds: Math.round(milliseconds), kilobytes: Math.round(bytes / 1024) };
}
