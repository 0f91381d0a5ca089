import fc from 'fast-check';
import { Decimal } from '../../../../../nodes/OneCrm/crm/decimal';
import { decimal } from './decimals.cts';

const amounts = fc
	.tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.integer({ min: 0, max: 8 }))
	.map(([units, decimals]) => Decimal.ofUnits(units, decimals));

describe('reading', () => {
	it.each([
		['12.50', '12.5'],
		[' -3 ', '-3'],
		['+7', '7'],
		['.5', '0.5'],
		['.125', '0.125'],
		['-.5', '-0.5'],
		[12n, '12'],
		['9'.repeat(100), '9'.repeat(100)],
		['5.', '5'],
		['1e-7', '0.0000001'],
		['1.5E3', '1500'],
		[1e-7, '0.0000001'],
		[1e21, '1000000000000000000000'],
		[0.1, '0.1'],
		['-0.00', '0'],
		['100', '100'],
		['000.10', '0.1'],
	])('reads %o', (written, text) => {
		expect(decimal(written).toString()).toBe(text);
	});

	it.each([
		[''],
		[' '],
		['1,5'],
		['1 000'],
		['1.2.3'],
		['.'],
		['e5'],
		['0x10'],
		['1e9999'],
		['9'.repeat(101)],
		[NaN],
		[Infinity],
		[null],
		[undefined],
		[true],
		[[1]],
		[{}],
	])('does not take %o for a number', (written) => {
		expect(Decimal.parse(written)).toBeUndefined();
	});
});

describe('arithmetic', () => {
	it('is exact where floats are not', () => {
		expect(decimal('0.1').times(decimal(3)).toString()).toBe('0.3');
		expect(decimal('0.1').plus(decimal('0.2')).equals(decimal('0.3'))).toBe(true);
		expect(Decimal.sum(Array.from({ length: 1000 }, () => decimal('0.3'))).toFixed(2)).toBe(
			'300.00',
		);
	});

	it.each([
		['0.005', 2, '0.01'],
		['-0.005', 2, '-0.01'],
		['0.0049999', 2, '0.00'],
		['1.005', 2, '1.01'],
		['99.99999', 2, '100.00'],
		['2.5', 0, '3'],
		['-2.5', 0, '-3'],
		['7', 3, '7.000'],
		['-0.001', 2, '0.00'],
	])('rounds %s half up to %d decimals', (value, decimals, text) => {
		expect(decimal(value).toFixed(decimals)).toBe(text);
	});

	it.each([
		['2380', '0.8', '2975.00'],
		['1', '3', '0.33'],
		['2', '3', '0.67'],
		['-2', '3', '-0.67'],
		['1', '-3', '-0.33'],
		['0.01', '2', '0.01'],
	])('divides %s by %s', (value, divisor, text) => {
		expect(decimal(value).dividedBy(decimal(divisor), 2).toFixed(2)).toBe(text);
	});

	it('refuses to divide by zero', () => {
		expect(() => decimal(1).dividedBy(Decimal.ZERO, 2)).toThrow(new RangeError('Division by zero'));
	});

	it('takes a percentage exactly', () => {
		expect(decimal('248.40').percent(decimal('12.5')).toString()).toBe('31.05');
	});

	it('tells what is zero and what is negative', () => {
		const signs = ['-0.01', '-0.00', '0', '0.01'].map((value) => decimal(value));
		expect(signs.map(({ isZero }) => isZero)).toEqual([false, true, true, false]);
		expect(signs.map(({ isNegative }) => isNegative)).toEqual([true, false, false, false]);
	});

	it.each([
		['12.5', 2, 1250n],
		['-0.005', 2, -1n],
		['12.5', 0, 13n],
		['1234', -2, 12n],
	])('says how many units %s has with %d decimals', (value, decimals, units) => {
		expect(decimal(value).unitsOf(decimals)).toBe(units);
	});

	it('compares whatever the number of decimals', () => {
		expect(decimal('1.50').compare(decimal('1.5'))).toBe(0);
		expect(decimal('-1').compare(decimal('0.01'))).toBe(-1);
		expect(decimal('2').compare(decimal('1.99'))).toBe(1);
	});

	it('keeps the laws of arithmetic', () => {
		fc.assert(
			fc.property(amounts, amounts, amounts, (a, b, c) => {
				expect(a.plus(b).minus(b).equals(a)).toBe(true);
				expect(a.times(b.plus(c)).equals(a.times(b).plus(a.times(c)))).toBe(true);
				expect(decimal(a.toString()).equals(a)).toBe(true);
			}),
		);
	});

	it('rounds by no more than half a unit', () => {
		const half = decimal('0.005');
		fc.assert(
			fc.property(amounts, (amount) => {
				const error = amount.round(2).minus(amount);
				expect(error.compare(half)).toBeLessThanOrEqual(0);
				expect(error.compare(half.negated())).toBeGreaterThanOrEqual(0);
			}),
		);
	});
});
