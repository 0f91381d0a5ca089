import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo } from '../sent.cts';
import { calls, ids, modules } from './bad-input/addresses.cts';
import { fields, values } from './bad-input/fields.cts';
import { files } from './bad-input/files.cts';
import { filters } from './bad-input/filters.cts';
import { RECORD_ID } from './bad-input/row.cts';

const BAD_INPUTS = [...modules, ...ids, ...fields, ...values, ...filters, ...calls, ...files];

const { sandbox, engine } = engineWithSandbox();

beforeEach(() => {
	sandbox.clear('Task');
	sandbox.clear('Contact');
	sandbox.insert('Contact', { id: RECORD_ID, last_name: 'Berg', title: 'Engineer' });
	sandbox.insert('Contact', { id: 'to-delete', last_name: 'Holm' });
});

const stored = () => JSON.stringify([sandbox.records('Contact'), sandbox.records('Task')]);

describe.each(BAD_INPUTS)('$what', ({ parameters, good, bad, message, sends = [] }) => {
	it('is refused in clear words, and nothing is sent or changed', async () => {
		const before = stored();
		const error = await engine.failure(parameters, { items: [bad] });
		expect(error.message).toMatch(message);
		expect(error.context.itemIndex).toBe(0);
		expect(sentTo(sandbox)).toEqual(sends);
		expect(stored()).toBe(before);
	});

	it('lets the other items go through when the node continues', async () => {
		const { items } = await engine.run(
			{ ...parameters, options: { ...(parameters.options as object), parallelRequests: 1 } },
			{ items: [bad, good, bad], continueOnFail: true },
		);
		const of = (index: number) =>
			items.filter(({ pairedItem }) => (pairedItem as { item: number }).item === index);
		for (const index of [0, 2]) {
			const [failed, ...more] = of(index);
			expect(more).toEqual([]);
			expect(failed.json.error).toMatch(message);
			expect(failed.error?.context).toMatchObject({ itemIndex: index });
		}
		expect(of(1).map(({ json }) => json.error)).toEqual(of(1).map(() => undefined));
		const [path] = sentTo(sandbox).filter((request) => !sends.includes(request));
		expect(sentTo(sandbox)).toEqual([...sends, path, ...sends]);
	});
});
