import { answerInstead, quotation, snippet } from '../../../../../nodes/OneCrm/http/quotation';

describe('an answer instead of a file', () => {
	it.each([
		['{"message":"No access"}', 'The answer reads: No access'],
		['\n<!DOCTYPE html><html><body>Please log in', 'The answer reads: Please log in'],
		['Closed for maintenance', 'The answer reads: Closed for maintenance'],
		['%PDF-1.4\n%\u0093\u008c', undefined],
		['a line of a text\n'.repeat(20), undefined],
		[`${'\uFEFF'} <b>Log in</b>${' '.repeat(300)}`, 'The answer reads: Log in'],
		[`  {"message":"${'x'.repeat(300)}"}`, `The answer reads: ${'x'.repeat(200)}`],
		['x'.repeat(200), `The answer reads: ${'x'.repeat(200)}`],
		['x'.repeat(201), undefined],
		['a <b>', 'The answer reads: a'],
		[`${'a line of a text\n'.repeat(20)}<b>`, undefined],
		['tab\tand\nline', 'The answer reads: tab and line'],
		['\u0000', undefined],
		['', undefined],
	])('is quoted where it is one: %j', (text, quotation) => {
		expect(answerInstead(text)).toBe(quotation);
	});
});

describe('what a person reads in a page', () => {
	it.each([
		['<p>One</p><p>Two</p>', 'One Two'],
		['One<br/>Two<!-- three -->', 'One Two'],
		['1 < 2 and 3 <4> <', '1 < 2 and 3 <4> <'],
		['<HEAD><title>Title</title></HEAD><body>Body', 'Body'],
		['<head >x</head>a<script src="y">b</script>c<style>d</style>e', 'a c e'],
		['<header>Header</header><scripts>S</scripts>', 'Header S'],
		['<head>no end', 'no end'],
		['a<style>b<style>c', 'a b c'],
		['<script>"</p>" + x</script>read', 'read'],
		['before <a href="no end', 'before'],
		['before <script>x</script', 'before x'],
		['{"message":"Said"}', 'Said'],
		['"Said"', 'Said'],
		['text <p>', 'text'],
		['<style>a</style>b<style>c</style>d', 'b d'],
		['<style>a<p>b</p><style>c</p>', 'a b c'],
		['<p>a</p><head>b<p>c', 'a b c'],
	])('of %j is %j', (page, text) => {
		expect(quotation(page)).toBe(`The answer reads: ${text}`);
	});

	it.each(['', ' \n', '<html></html>', '<head><title>Title</title></head>'])(
		'of %j is nothing',
		(page) => {
			expect(quotation(page)).toBeUndefined();
		},
	);

	it('is looked for in the first hundred thousand characters', () => {
		expect(quotation(`${' '.repeat(99_995)}12345678`)).toBe('The answer reads: 12345');
		expect(snippet(`${' '.repeat(99_995)}12345678`)).toBe('12345');
	});

	it('begins on one line, with at most 200 characters', () => {
		expect(snippet(' a\n\t b ')).toBe('a b');
		expect(snippet('a '.repeat(200))).toHaveLength(200);
	});
});
