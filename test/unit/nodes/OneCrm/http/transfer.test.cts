import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { TimeLimits } from '../../../../../nodes/OneCrm/http/limits';

describe('Transfer', () => {
	it('is cut off when nothing has moved for its time', async () => {
		const transfer = new TimeLimits().forFile(0.01);
		await once(transfer.signal, 'abort');
		expect(transfer.isStalled).toBe(true);
	});

	it.each([
		['goes on as long as pieces pass', 1024, false],
		['is cut off when they are mere drops', 1, true],
	])('%s', async (_, bytes, isCutOff) => {
		const timers: AbortController[] = [];
		vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
			const timer = new AbortController();
			timers.push(timer);
			return timer.signal;
		});
		const transfer = new TimeLimits().forFile(60);
		const source = new PassThrough();
		const passed = transfer.through(source);
		for (let piece = 0; piece < 5; piece++) {
			source.write(Buffer.alloc(bytes));
			await once(passed, 'readable');
			passed.read();
			// A minute has gone by.
			timers.at(-1)?.abort();
		}
		expect(transfer.signal.aborted).toBe(isCutOff);
		transfer.end();
	});

	it('is left alone when it is over', async () => {
		const transfer = new TimeLimits().forFile(0.01);
		transfer.end();
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(transfer).toMatchObject({ isStalled: false, signal: { aborted: false } });
	});

	it('is cut off with its execution, which is no stall', () => {
		const cancelling = new AbortController();
		const transfer = new TimeLimits(cancelling.signal).forFile(60);
		cancelling.abort();
		expect(transfer.signal.aborted).toBe(true);
		expect(transfer.isStalled).toBe(false);
		transfer.end();
	});

	it('begins cut off when its execution has been cancelled already', () => {
		const transfer = new TimeLimits(AbortSignal.abort()).forFile(60);
		expect(transfer.signal.aborted).toBe(true);
		transfer.end();
	});

	it('hands every piece on, and tells when they break off', async () => {
		const transfer = new TimeLimits().forFile(60);
		const pieces = [Buffer.from('a'), Buffer.from('b')];
		expect(await transfer.through(Readable.from(pieces)).toArray()).toEqual(pieces);
		expect(transfer.isBroken).toBe(false);
		const broken = new PassThrough();
		const passed = transfer.through(broken);
		broken.destroy(new Error('Gone'));
		await expect(passed.toArray()).rejects.toThrow('Gone');
		expect(transfer.isBroken).toBe(true);
		transfer.end();
	});
});
