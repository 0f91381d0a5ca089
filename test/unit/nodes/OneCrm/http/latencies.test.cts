import { Latencies } from '../../../../../nodes/OneCrm/http/latencies';

/** The latencies of answers of some kinds, in milliseconds. */
function latencies(kinds: Record<string, number[]>): Latencies {
	const all = new Latencies();
	for (const [kind, times] of Object.entries(kinds)) {
		for (const milliseconds of times) all.add(kind, milliseconds);
	}
	return all;
}

/** How many times as long answers took as others. */
function times(one: Latencies, other: Latencies): number | undefined {
	const logarithm = one.over(other);
	return logarithm === undefined ? undefined : Math.exp(logarithm);
}

describe('Latencies', () => {
	it('are compared by their factor', () => {
		expect(times(latencies({ list: [20, 20] }), latencies({ list: [10] }))).toBeCloseTo(2);
		expect(times(latencies({ list: [10, 40] }), latencies({ list: [20, 20] }))).toBeCloseTo(1);
	});

	it('are compared kind by kind, as far as there are answers of both', () => {
		const one = latencies({ list: [300], record: [30], file: [1] });
		const other = latencies({ list: [100], record: [10, 10], module: [1000] });
		expect(times(one, other)).toBeCloseTo(3);
	});

	it('give a kind more weight the more answers there are of it', () => {
		const one = latencies({ list: [80, 80, 80], record: [10] });
		const other = latencies({ list: [10, 10, 10], record: [10] });
		// Three of each have the weight 9 / 6, one of each has 1 / 2.
		expect(one.over(other)).toBeCloseTo((1.5 * Math.log(8)) / 2);
	});

	it('say nothing where no kind is in both', () => {
		expect(times(latencies({ list: [1] }), latencies({ record: [1] }))).toBeUndefined();
		expect(times(new Latencies(), new Latencies())).toBeUndefined();
	});

	it('count as a hundredth of a millisecond at least', () => {
		expect(times(latencies({ list: [0] }), latencies({ list: [0.01] }))).toBeCloseTo(1);
	});

	it('are put together without a change to either', () => {
		const one = latencies({ list: [10] });
		const other = latencies({ list: [40], record: [5] });
		const both = one.and(other);
		expect(times(both, latencies({ list: [20], record: [5] }))).toBeCloseTo(1);
		expect(times(one, latencies({ list: [10] }))).toBeCloseTo(1);
		expect(times(other, latencies({ list: [40], record: [5] }))).toBeCloseTo(1);
	});

	it('are empty until there is an answer', () => {
		expect(new Latencies().isEmpty).toBe(true);
		expect(latencies({ list: [1] }).isEmpty).toBe(false);
	});

	it('are as uncertain as answers of one kind differ', () => {
		const e = Math.E;
		expect(latencies({ list: [1, e ** 2] }).variance).toBeCloseTo(1);
		expect(latencies({ list: [1, 1, e ** 2, e ** 2] }).variance).toBeCloseTo(1 / 3);
		// Two kinds that differ from each other only.
		expect(latencies({ list: [7, 7], record: [90, 90] }).variance).toBeCloseTo(0);
		expect(latencies({ list: [1, e ** 2], record: [5, 5] }).variance).toBeCloseTo(2 / 2 / 4);
	});

	it('are quite uncertain where no kind has two answers', () => {
		expect(latencies({ list: [1], record: [5] }).variance).toBe(1);
		expect(new Latencies().variance).toBe(1);
	});

	it('are never more than certain, although logarithms are rounded', () => {
		expect(latencies({ list: Array<number>(50).fill(0.3) }).variance).toBeGreaterThanOrEqual(0);
	});
});
