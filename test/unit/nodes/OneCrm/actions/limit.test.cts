import { UserError } from 'n8n-workflow';
import { readLimit } from '../../../../../nodes/OneCrm/actions/limit';
import { nodeWith } from './parameters.cts';

describe('the limit', () => {
	it('is 50 unless it is set', () => {
		expect(readLimit(nodeWith({}), 0)).toBe(50);
		expect(readLimit(nodeWith({ limit: 1 }), 0)).toBe(1);
		expect(readLimit(nodeWith({ limit: '1000' }), 0)).toBe(1000);
	});

	it('does not count when all are wanted', () => {
		expect(readLimit(nodeWith({ returnAll: true, limit: 5 }), 0)).toBe(Infinity);
	});

	it.each([0, -1, 1.5, 'many', NaN, Infinity, null])('cannot be %j', (limit) => {
		expect(() => readLimit(nodeWith({ limit }), 0)).toThrow(UserError);
		expect(() => readLimit(nodeWith({ limit }), 0)).toThrow("'Limit' takes a whole number");
	});
});
