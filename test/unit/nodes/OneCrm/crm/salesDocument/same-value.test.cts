import { isSameValue } from '../../../../../../nodes/OneCrm/crm/salesDocument/sameValue';

it.each([
	['12.5', '12.50'],
	[12.5, '12.500'],
	['0', 0],
	['-99', '-99'],
	['Pump', ' Pump '],
	['Pump &amp; Seal', 'Pump & Seal'],
	['', null],
	[undefined, null],
])('1CRM writes %j also as %j', (stored, sent) => {
	expect(isSameValue(stored, sent)).toBe(true);
	expect(isSameValue(sent, stored)).toBe(true);
});

it.each([
	['12.5', '12.51'],
	['1', '10'],
	['Pump', 'pump'],
	['12', 'twelve'],
	['', '0'],
	[null, 0],
	['', 'Pump'],
])('%j is another value than %j', (stored, sent) => {
	expect(isSameValue(stored, sent)).toBe(false);
	expect(isSameValue(sent, stored)).toBe(false);
});
