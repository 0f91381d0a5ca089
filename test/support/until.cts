import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for something that the test has started in another part of the process. */
export async function until(isSo: () => boolean, longest = 120_000): Promise<void> {
	for (const end = Date.now() + longest; !isSo(); await sleep(1)) {
		if (Date.now() > end) throw new Error(`Waited without success until ${isSo.toString()}`);
	}
}
