import fc from 'fast-check';
import { FixedWidth, Slots } from '../../../../../nodes/OneCrm/http/slots';

// Each case finishes its requests in a different order.
const CASES = { seed: 1, numRuns: 300 };

it('let as many requests go at once as there are, in the order of the calls', async () => {
	const count = fc.integer({ min: 1, max: 30 });
	await fc.assert(
		fc.asyncProperty(fc.scheduler(), count, count, async (scheduler, width, requests) => {
			const slots = new Slots(new FixedWidth(width));
			const begun: number[] = [];
			let underWay = 0;
			let peak = 0;
			const running = Promise.all(
				Array.from(
					{ length: requests },
					async (_, index) =>
						await slots.use(true, async () => {
							begun.push(index);
							peak = Math.max(peak, ++underWay);
							await scheduler.schedule(Promise.resolve());
							underWay--;
							return index;
						}),
				),
			);
			await scheduler.waitFor(running);
			expect(await running).toEqual(begun);
			expect(begun).toEqual([...begun].sort((a, b) => a - b));
			expect(peak).toBe(Math.min(width, requests));
		}),
		CASES,
	);
});

it('give the slot of a request that fails to the next', async () => {
	const slots = new Slots(new FixedWidth(1));
	const failing = slots.use(true, async () => await Promise.reject(new Error('refused')));
	const next = slots.use(true, async () => await Promise.resolve('done'));
	await expect(failing).rejects.toThrow('refused');
	expect(await next).toBe('done');
});
