import { once } from 'node:events';
import { TimeLimits } from '../../../../../nodes/OneCrm/http/limits';

it('is shared by requests of an execution that begin together and wait equally long', () => {
	const limits = new TimeLimits();
	const limit = limits.forRequest(60);
	expect(limits.forRequest(60)).toBe(limit);
	expect(new TimeLimits().forRequest(60)).not.toBe(limit);
	expect(limits.forRequest(30)).not.toBe(limit);
});

it('is another one a moment later', () => {
	const limits = new TimeLimits();
	const limit = limits.forRequest(60);
	const now = performance.now();
	vi.spyOn(performance, 'now').mockReturnValue(now + 300);
	expect(limits.forRequest(60)).not.toBe(limit);
});

it('is shared by no more than may listen to a signal without a warning', () => {
	const limits = new TimeLimits();
	const ofMany = new Set(Array.from({ length: 32 }, () => limits.forRequest(60)));
	expect(ofMany.size).toBe(4);
});

it('listens once to the end of an execution, as long as anything is under way', () => {
	const { signal } = new AbortController();
	const added = vi.spyOn(signal, 'addEventListener');
	const removed = vi.spyOn(signal, 'removeEventListener');
	const limits = new TimeLimits(signal);
	const underWay = Array.from({ length: 32 }, (_, index) =>
		index % 2 === 0 ? limits.forRequest(60) : limits.forFile(60),
	);
	expect(added).toHaveBeenCalledTimes(1);
	for (const limit of underWay.slice(1)) limit.end();
	expect(removed).not.toHaveBeenCalled();
	underWay[0].end();
	expect(removed).toHaveBeenCalledTimes(1);
});

it('cuts off no sooner than the last that shares it has had its time', async () => {
	const began = performance.now();
	const limit = new TimeLimits().forRequest(0.02);
	await once(limit.signal, 'abort');
	expect(limit.isStalled).toBe(true);
	expect(performance.now() - began).toBeGreaterThanOrEqual(265);
});

it('ends with the execution, without having taken too long', async () => {
	const cancel = new AbortController();
	const limit = new TimeLimits(cancel.signal).forRequest(60);
	cancel.abort();
	expect(limit.signal.aborted).toBe(true);
	expect(limit.isStalled).toBe(false);
	expect(new TimeLimits(cancel.signal).forRequest(60).signal.aborted).toBe(true);
});
