import axios from 'axios';
import type { Turn } from './contest.cts';
import type { FloorJob } from './floor.cts';

/**
 * Does the jobs that it receives, and answers with the time of each. Ends together with the process that
 * started it.
 */
process.on('message', async (job: FloorJob) => {
	const startedAt = performance.now();
	const cpuBefore = process.cpuUsage();
	await work(job);
	const { user, system } = process.cpuUsage(cpuBefore);
	const turn: Turn = {
		milliseconds: Math.round(performance.now() - startedAt),
		cpuMilliseconds: Math.round((user + system) / 1000),
	};
	process.send?.(turn);
});

async function work({ url, username, password, parallel, chains }: FloorJob): Promise<void> {
	let next = 0;
	const lane = async () => {
		while (next < chains.length) {
			for (const { method, path, data } of chains[next++]) {
				await axios.request({
					method,
					url: `${url}/api.php/${path}`,
					data,
					auth: { username, password },
					proxy: false,
				});
			}
		}
	};
	await Promise.all(Array.from({ length: parallel }, lane));
}
