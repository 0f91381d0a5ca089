import { Evidence } from '../../../../../nodes/OneCrm/http/evidence';

const VARIANCE = 0.01;

function evidence(values: number[], variance = VARIANCE): Evidence {
	const all = new Evidence();
	for (const value of values) all.add(value, variance);
	return all;
}

describe('Evidence', () => {
	it('is below a bound by so many standard errors of its mean', () => {
		// One comparison: its mean is uncertain by 0.1.
		expect(evidence([0.1]).isBelow(0.25, 1)).toBe(true);
		expect(evidence([0.1]).isBelow(0.25, 1.4)).toBe(true);
		expect(evidence([0.1]).isBelow(0.25, 1.6)).toBe(false);
		// Two that agree: by 0.1 / √2.
		expect(evidence([0.1, 0.1]).isBelow(0.25, 2)).toBe(true);
		expect(evidence([0.1, 0.1]).isBelow(0.25, 2.2)).toBe(false);
	});

	it('is less certain if comparisons contradict each other', () => {
		// Their squares are 0.08, so the variance is (0.02 + 0.08) / 3, and that of the mean half of it.
		const error = Math.sqrt(0.1 / 3 / 2);
		expect(evidence([0, 0.4]).isBelow(0.2 + 1.05 * error, 1)).toBe(true);
		expect(evidence([0, 0.4]).isBelow(0.2 + 0.95 * error, 1)).toBe(false);
	});

	it('does without the largest of three, and not of two', () => {
		expect(evidence([0, 2, 0]).isBelow(0.25, 1)).toBe(true);
		expect(evidence([2, 0, 0]).isBelow(0.25, 1)).toBe(true);
		expect(evidence([0, 2, 2]).isBelow(0.25, 1)).toBe(false);
		expect(evidence([0, 2]).isBelow(0.25, 1)).toBe(false);
	});

	it('takes no value for less than the least', () => {
		expect(evidence([-2, 0.3]).isBelow(0.25, 0)).toBe(true);
		expect(evidence([-2, 0.3]).isBelow(0.25, 0, 0)).toBe(true);
		expect(evidence([-2, 0.6]).isBelow(0.25, 0)).toBe(true);
		expect(evidence([-2, 0.6]).isBelow(0.25, 0, 0)).toBe(false);
	});

	it('is not below a bound that it equals', () => {
		expect(evidence([0.25]).isBelow(0.25, 0)).toBe(false);
	});

	it('is above a bound if the latest two are, whatever was before', () => {
		expect(evidence([0, 0, 0, 0, 1, 1], 0.0001).isAbove(0.35)).toBe(true);
		expect(evidence([1, 1, 1, 1, 0, 0], 0.0001).isAbove(0.35)).toBe(false);
	});

	it('is above a bound by one standard error', () => {
		const error = 0.1 / Math.sqrt(2);
		expect(evidence([0.5, 0.5]).isAbove(0.5 - 1.05 * error)).toBe(true);
		expect(evidence([0.5, 0.5]).isAbove(0.5 - 0.95 * error)).toBe(false);
	});

	it('remembers how much comparisons have differed, also before it was cleared', () => {
		const calm = evidence([0.5, 0.5]);
		expect(calm.isAbove(0.4)).toBe(true);
		const restless = evidence([0, 1, 0, 1]);
		restless.clear();
		restless.add(0.5, VARIANCE);
		restless.add(0.5, VARIANCE);
		expect(restless.count).toBe(2);
		// For three differences, and nothing for the fourth.
		const squares = 1 / 2 + 1 / 6 + (3 / 4) * (2 / 3) ** 2;
		const error = Math.sqrt((2 * VARIANCE + squares) / (2 + 4) / 2);
		expect(restless.isAbove(0.5 - 1.05 * error)).toBe(true);
		expect(restless.isAbove(0.5 - 0.95 * error)).toBe(false);
	});

	it('remembers the latest eight', () => {
		const all = evidence([100, 1, 1, 1, 1, 1, 1, 1]);
		expect(all.count).toBe(8);
		expect(all.mean).toBe(107 / 8);
		all.add(1, VARIANCE);
		expect(all.count).toBe(8);
		expect(all.mean).toBe(1);
	});

	it('forgets what it is told to', () => {
		const all = evidence([1, 1]);
		all.clear();
		expect(all.count).toBe(0);
		all.add(3, VARIANCE);
		expect(all.mean).toBe(3);
	});
});
