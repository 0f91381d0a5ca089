import { convertValues, optionsCollection } from '../../../../../nodes/OneCrm/item/options';
import { itemWith, runWith } from './parameters.cts';

describe('parallel requests', () => {
	const read = (value: unknown) =>
		runWith({ 'options.parallelRequests': value }).crm.http.slots.width;

	it('begin with 8 unless another number is set', () => {
		expect(runWith({}).crm.http.slots.width).toBe(8);
		expect([1, 20, '3', 2.9].map(read)).toEqual([1, 20, 3, 2]);
	});

	it('are a usable number whatever an expression gives', () => {
		expect(['many', NaN, 0, null, ''].map(read)).toEqual([8, 8, 8, 8, 8]);
		expect([-5, 0.5].every((value) => read(value) >= 1)).toBe(true);
		expect([51, 100_000, Infinity].map(read)).toEqual([50, 50, 50]);
	});
});

describe('the time-out', () => {
	const read = (value: unknown) => itemWith({ 'options.timeout': value }).timeoutSeconds;

	it('is 60 seconds unless another is set', () => {
		expect(itemWith({}).timeoutSeconds).toBe(60);
		expect([5, '7', 0.5].map(read)).toEqual([5, 7, 0.5]);
		expect([0, -1, '', null].map(read)).toEqual([60, 60, 60, 60]);
	});

	it.each(['soon', NaN, true, [5], {}])('is refused as %j', (value) => {
		expect(() => read(value)).toThrow(/^'Timeout' must be a number, not "/);
	});
});

describe('an option that is on or off', () => {
	const read = (value: unknown) =>
		itemWith({ 'options.convertValues': value }).isOptionOn(convertValues);

	it('is on or off in all the ways in which an expression may say so', () => {
		expect([true, 'true', 'TRUE ', 1, '1', 'yes', 'on'].map(read)).toEqual(Array(7).fill(true));
		expect([false, 'false', 0, '0', 'no', 'off'].map(read)).toEqual(Array(6).fill(false));
		expect([undefined, null, ''].map(read)).toEqual([false, false, false]);
	});

	it.each(['maybe', 2, NaN, {}, [true]])('is refused as %j', (value) => {
		expect(() => read(value)).toThrow(/^'Convert Values' must be true or false, not "/);
	});
});

describe('the options of an operation', () => {
	it('are its own and those of every operation, by their names', () => {
		const own = {
			displayName: 'Return Record',
			name: 'returnRecord',
			type: 'boolean',
			default: false,
		};
		const { options } = optionsCollection(own as Parameters<typeof optionsCollection>[0]);
		expect(options?.map(({ name }) => name)).toEqual([
			'parallelRequests',
			'returnRecord',
			'timeout',
		]);
	});
});
