import { UserError } from 'n8n-workflow';
import { readLimit } from '../../../../../nodes/OneCrm/item/limit';
import { itemWith } from './parameters.cts';

describe('the limit', () => {
	it('is 50 unless it is set', () => {
		expect(readLimit(itemWith({}))).toBe(50);
		expect(readLimit(itemWith({ limit: 1 }))).toBe(1);
		expect(readLimit(itemWith({ limit: '1000' }))).toBe(1000);
	});

	it('does not count when all are wanted', () => {
		expect(readLimit(itemWith({ returnAll: true, limit: 5 }))).toBe(Infinity);
	});

	it.each([0, -1, 1.5, 'many', NaN, Infinity, null])('cannot be %j', (limit) => {
		expect(() => readLimit(itemWith({ limit }))).toThrow(UserError);
		expect(() => readLimit(itemWith({ limit }))).toThrow("'Limit' must be a whole number");
	});
});
