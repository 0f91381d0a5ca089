import fc from 'fast-check';
import { mapConcurrently } from '../../../../../nodes/OneCrm/http/parallel';

// Each case finishes its work in a different order.
const CASES = { seed: 1, numRuns: 300 };

const inputs = fc.array(fc.integer(), { maxLength: 20 });
const width = fc.integer({ min: -1, max: 25 });

describe('mapConcurrently', () => {
	it('gives the results in the order of the inputs, however the work ends', async () => {
		await fc.assert(
			fc.asyncProperty(fc.scheduler(), inputs, width, async (scheduler, values, lanes) => {
				const results = mapConcurrently(
					values,
					{ width: lanes },
					async (value, index) => await scheduler.schedule(Promise.resolve([value, index])),
				);
				await scheduler.waitFor(results);
				expect(await results).toEqual(values.map((value, index) => [value, index]));
			}),
			CASES,
		);
	});

	it('has as many under way as it may, and never more', async () => {
		await fc.assert(
			fc.asyncProperty(fc.scheduler(), inputs, width, async (scheduler, values, lanes) => {
				let underWay = 0;
				let peak = 0;
				const running = mapConcurrently(values, { width: lanes }, async () => {
					peak = Math.max(peak, ++underWay);
					await scheduler.schedule(Promise.resolve());
					underWay--;
				});
				await scheduler.waitFor(running);
				expect(peak).toBe(Math.min(values.length, Math.max(1, lanes)));
			}),
			CASES,
		);
	});

	it('throws the error of the earliest failed input, when nothing is under way any more', async () => {
		const failing = fc.array(fc.boolean(), { minLength: 1, maxLength: 20 });
		await fc.assert(
			fc.asyncProperty(fc.scheduler(), failing, width, async (scheduler, fails, lanes) => {
				fc.pre(fails.includes(true));
				const failed: number[] = [];
				let underWay = 0;
				let startedAfterFailure = 0;
				const running = mapConcurrently(fails, { width: lanes }, async (mustFail, index) => {
					if (failed.length > 0) startedAfterFailure++;
					underWay++;
					await scheduler.schedule(Promise.resolve());
					underWay--;
					if (!mustFail) return;
					failed.push(index);
					throw new Error(String(index));
				}).catch((error: Error) => ({ thrown: error.message, underWay }));
				await scheduler.waitFor(running);
				expect(await running).toEqual({ thrown: String(Math.min(...failed)), underWay: 0 });
				expect(startedAfterFailure).toBe(0);
			}),
			CASES,
		);
	});

	it('follows a bound that changes meanwhile', async () => {
		const bound = { width: 2 };
		const finish: Array<() => void> = [];
		const settled = () => new Promise((resolve) => setImmediate(resolve));
		const running = mapConcurrently(Array.from({ length: 9 }), bound, async () => {
			await new Promise<void>((resolve) => finish.push(resolve));
		});
		const underWay = () => finish.length;
		const end = async (count: number) => {
			for (const next of finish.splice(0, count)) next();
			await settled();
		};
		expect(underWay()).toBe(2);
		bound.width = 4;
		await end(1);
		expect(underWay()).toBe(4);
		bound.width = 1;
		await end(3);
		expect(underWay()).toBe(1);
		await end(1);
		expect(underWay()).toBe(1);
		bound.width = 9;
		await end(1);
		// Six were begun before, so three are left.
		expect(underWay()).toBe(3);
		await end(3);
		await running;
	});

	it('has nothing to do for no input', async () => {
		expect(await mapConcurrently([], { width: 8 }, async () => 1)).toEqual([]);
	});
});
