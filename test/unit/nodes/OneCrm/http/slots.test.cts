import fc from 'fast-check';
import { CrmError } from '../../../../../nodes/OneCrm/http/errors';
import type { Attempt } from '../../../../../nodes/OneCrm/http/send';
import type { Width } from '../../../../../nodes/OneCrm/http/slots';
import { FixedWidth, Slots } from '../../../../../nodes/OneCrm/http/slots';
import { node } from './node.cts';

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

it('tell the width how each attempt has ended', async () => {
	const endings: string[] = [];
	const begun: Array<[string | undefined, number]> = [];
	const width: Width = {
		width: 3,
		limitFor: () => 3,
		begin: (kind, underWay) => {
			begun.push([kind(), underWay]);
			return { kind: kind(), underWay, changes: 0, at: 0 };
		},
		end: (_, ending) => endings.push(ending),
	};
	const slots = new Slots(width);
	expect(slots.width).toBe(3);
	const error = new CrmError(node, { message: 'No' });
	const attempts: Array<Attempt<string>> = [
		{ answer: { statusCode: 200, headers: {}, body: 'x' } },
		{ end: { status: 429 }, error },
		{ end: { status: 400 }, error },
	];
	await slots.use(true, async () => {
		for (const attempt of attempts) {
			expect(
				await slots.watch(
					() => 'GET',
					async () => await Promise.resolve(attempt),
				),
			).toBe(attempt);
		}
	});
	expect(begun).toEqual([
		['GET', 1],
		['GET', 1],
		['GET', 1],
	]);
	expect(endings).toEqual(['answered', 'refused', 'other']);
});

it('tell nothing to a width that does not learn', async () => {
	const width = new FixedWidth(2);
	const end = vi.spyOn(width, 'end');
	const attempt: Attempt<string> = { answer: { statusCode: 200, headers: {}, body: 'x' } };
	await new Slots(width).watch(
		() => 'GET',
		async () => await Promise.resolve(attempt),
	);
	expect(end).not.toHaveBeenCalled();
	expect(width.limitFor()).toBe(2);
});
