import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../e2e/stage.cts';

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

const FILES = [
	'credentials/OneCrmApi.credentials.js',
	'nodes/OneCrm/OneCrm.node.js',
	'nodes/OneCrmTrigger/OneCrmTrigger.node.js',
].map((file) => join(PROJECT_FOLDER, 'dist', file));

/** How long a fresh process takes to load the built package, and how much heap it then holds. */
export function loadPackage(): { milliseconds: number; kilobytes: number } {
	const args = ['--expose-gc', '--eval', PROGRAM, ...FILES];
	const printed = execFileSync(process.execPath, args, { cwd: PROJECT_FOLDER, encoding: 'utf8' });
	const [milliseconds, bytes] = JSON.parse(printed) as [number, number];
	return { milliseconds: Math.round(milliseconds), kilobytes: Math.round(bytes / 1024) };
}
