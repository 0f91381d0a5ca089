import { answerInstead } from '../../../../../nodes/OneCrm/http/quotation';

describe('an answer instead of a file', () => {
	it.each([
		['{"message":"No access"}', 'The answer reads: No access'],
		['\n<!DOCTYPE html><html><body>Please log in', 'The answer reads: Please log in'],
		['Closed for maintenance', 'The answer reads: Closed for maintenance'],
		['%PDF-1.4\n%\u0093\u008c', undefined],
		['a line of a text\n'.repeat(20), undefined],
		['', undefined],
	])('is quoted where it is one: %j', (text, quotation) => {
		expect(answerInstead(text)).toBe(quotation);
	});
});
