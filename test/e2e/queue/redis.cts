import { freePort } from '../../support/free-port.cts';
import { removeFolder } from '../../support/n8n/temporary-folder.cts';
import { type BackgroundProgram, startBackgroundProgram } from './background-program.cts';
import { ownFolder } from './own-user.cts';

/** Starts a Redis that keeps everything in memory. */
export async function startRedis(redisServer: string): Promise<BackgroundProgram> {
	const [folder, port] = await Promise.all([ownFolder('redis'), freePort()]);
	const args = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'];
	const redis = await startBackgroundProgram(redisServer, args, folder, port);
	return {
		...redis,
		async stop() {
			await redis.stop();
			removeFolder(folder);
		},
	};
}
