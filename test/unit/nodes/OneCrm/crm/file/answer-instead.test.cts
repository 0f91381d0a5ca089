import { failureInstead } from '../../../../../../nodes/OneCrm/crm/file/instead';

const SUBJECT = 'The file of Note "1"';
const ADVICE = 'Try again: the file may have been replaced in the meantime';

describe('a file of another size than 1CRM says', () => {
	const failureOf = (start: string) =>
		failureInstead(
			SUBJECT,
			{ fileName: 'a.txt', mimeType: 'text/plain', fileSize: 10 },
			{ size: 7, start },
		);

	it('is told by both sizes', () => {
		expect(failureOf('line\n'.repeat(100))).toEqual({
			message: 'The file of Note "1" has 10 bytes, but 1CRM sent 7',
			description: ADVICE,
		});
	});

	it('is quoted where it is an answer in words', () => {
		expect(failureOf('<html><body>Please log in')).toEqual({
			message: 'The file of Note "1" has 10 bytes, but 1CRM sent 7',
			description: `${ADVICE}. The answer reads: Please log in`,
		});
	});

	it("is told in 1CRM's own words if it has any", () => {
		expect(failureOf('{"message": "No access"}')).toEqual({
			message: 'No access',
			description:
				'1CRM answered with a message instead of the file: The file of Note "1" has 10 bytes, but 1CRM sent 7',
		});
	});
});

describe('where 1CRM does not say the size of a file', () => {
	const failureOf = (fileName: string, mimeType: string, start: string) =>
		failureInstead(SUBJECT, { fileName, mimeType, fileSize: null }, { size: 7, start });

	it.each([
		['a.txt', 'text/plain', 'Please log in'],
		['A.TXT', 'TEXT/PLAIN', 'Please log in'],
		['a.txt', 'text/plain', 'what <html> is'],
		['a.txt', 'text/plain', '<htmlish>'],
		['a.txt', 'text/plain', '{"text": "Mine"}'],
		['a.html', 'text/html', '<html><body>Mine</body></html>'],
		['A.HTM', 'text/plain', '<html><body>Mine</body></html>'],
		['a.json', 'application/json', '{"message":"Mine"}'],
		['A.JSON', 'text/plain', '{"message":"Mine"}'],
		['a.xml', 'application/xml', '<?xml version="1.0"?><html/>'],
		['a.svg', 'image/svg+xml', '<svg/>'],
		['a.csv', 'application/csv', 'a;b'],
		['a.js', 'application/javascript', 'alert()'],
		['a.eml', 'message/rfc822', 'Subject: Please log in'],
		['a.pdf', 'application/pdf', '%PDF-1.4\n%\u0093\u008c'],
		['a.pdf', 'application/pdf', ''],
	])('%s of the type %s that begins with %j is taken for the file', (name, type, start) => {
		expect(failureOf(name, type, start)).toBeUndefined();
	});

	it.each([
		['a.pdf', 'application/pdf', 'Please log in'],
		['a.pdf', 'application/pdf', '<p>Please log in</p>'],
		['a.bin', 'application/x-text/plain', 'Please log in'],
		['a.bin', 'application/x-message/x', 'Please log in'],
		['a.txt', 'text/plain', '<html><body>Please log in'],
		['a.txt', 'text/plain', '\uFEFF \n<!DOCTYPE \n html><HTML><body>Please log in'],
		['htmlish.csv', 'text/csv', '<HTML lang="en"><body>Please log in'],
	])('%s of the type %s that begins with %j is an answer in words', (name, type, start) => {
		expect(failureOf(name, type, start)).toEqual({
			message: 'The file of Note "1" did not come: 1CRM sent an answer in words',
			description: `${ADVICE}. The answer reads: Please log in`,
		});
	});

	it.each([
		['a.txt', 'text/plain'],
		['a.pdf', 'application/pdf'],
	])('an error in JSON is taken for no %s', (name, type) => {
		expect(failureOf(name, type, '{"message":"Please log in"}')).toEqual({
			message: 'Please log in',
			description:
				'1CRM answered with a message instead of the file: The file of Note "1" did not come: 1CRM sent an answer in words',
		});
	});
});
