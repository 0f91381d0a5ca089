import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { Random } from '../../sandbox/random.cts';
import { clientOf } from '../../support/client.cts';
import { sandboxCredential } from '../../support/engine/engine.cts';
import { forkProgram } from '../../support/forked.cts';
import type { Activation } from './activating-process.cts';
import { triggerWithSandbox } from './trigger-with-sandbox.cts';

const ROUNDS = 50;

const random = new Random(50);

describe('Two processes that activate the same workflow at once', () => {
	const { sandbox, trigger } = triggerWithSandbox();
	let processes: ChildProcess[];

	beforeAll(() => {
		processes = [1, 2].map(() => forkProgram(join(__dirname, 'activating-process.cts')));
	});
	afterAll(() => {
		for (const child of processes) child.kill();
	});

	/** Activates in both; n8n keeps what is saved last. */
	async function activateInBoth(): Promise<void> {
		const before = trigger.staticData;
		await Promise.all(
			processes.map(async (child) => {
				child.send({
					credential: sandboxCredential(sandbox),
					origin: new URL(trigger.address).origin,
					staticData: before,
					pauses: [random.whole(0, 40), random.whole(0, 40)],
				} satisfies Activation);
				const [saved] = (await once(child, 'message')) as [IDataObject];
				trigger.staticData = saved;
			}),
		);
	}

	it('leave webhooks that work each time, and none when the workflow is unpublished', async () => {
		for (let round = 1; round <= ROUNDS; round++) {
			sandbox.latency = random.whole(0, 10);
			await activateInBoth();
			await clientOf(sandbox).post('/data/Contact', { data: { last_name: `Aalto ${round}` } });
			await sandbox.settle();
			await trigger.settle();
			expect([round, trigger.executions.length]).toEqual([round, round]);
			await trigger.deactivate();
			expect([round, sandbox.webhooks]).toEqual([round, []]);
		}
	});
});
