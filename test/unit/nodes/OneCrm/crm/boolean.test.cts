import { readBoolean } from '../../../../../nodes/OneCrm/crm/boolean';

it.each([true, 1, 1n, '1', 'true', 'True', 'yes', 'on', ' YES '])('%o means yes', (value) => {
	expect(readBoolean(value)).toBe(true);
});

it.each([false, 0, 0n, '0', 'false', 'False', 'no', 'off', '\tNo\n'])('%o means no', (value) => {
	expect(readBoolean(value)).toBe(false);
});

it.each(['', ' ', 2, -1, NaN, 'y', 'n', 'maybe', null, undefined, {}, [], [1], ['no']])(
	'%o means neither',
	(value) => {
		expect(readBoolean(value)).toBeUndefined();
	},
);
