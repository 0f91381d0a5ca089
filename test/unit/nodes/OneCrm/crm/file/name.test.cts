import fc from 'fast-check';
import {
	nameForHeader,
	nameFromDisposition,
	safeFileName,
} from '../../../../../../nodes/OneCrm/crm/file/name';

describe('safeFileName', () => {
	it.each([
		['Angebot für "Öl" \u{1f600}.pdf', 'Angebot für "Öl" \u{1f600}.pdf'],
		['family \u{1f468}\u200d\u{1f469}.png', 'family \u{1f468}\u200d\u{1f469}.png'],
		['../../etc/passwd', 'passwd'],
		['C:\\temp\\a.txt', 'a.txt'],
		['a\r\n\u0000.txt', 'a.txt'],
		['invoice\u202efdp.exe', 'invoicefdp.exe'],
		['  a b.txt\n', 'a b.txt'],
		['folder/ .. ', 'file'],
		['..', 'file'],
		[undefined, 'file'],
	])('makes %j to %j', (name, expected) => {
		expect(safeFileName(name)).toBe(expected);
	});

	it('never gives a name that leads to another folder, whatever it gets', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (name) => {
				const safe = safeFileName(name);
				expect(safe).not.toMatch(/[/\\\p{Cc}\p{Cs}]|^\.{0,2}$/u);
			}),
		);
	});
});

describe('nameForHeader', () => {
	it('is the bytes of the name in UTF-8, each as a letter', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (text) => {
				const name = safeFileName(text);
				const header = nameForHeader(name);
				expect(header).toMatch(/^[\x20-\xff]*$/);
				expect(Buffer.from(header, 'latin1').toString('utf8')).toBe(name);
			}),
		);
	});

	it.each(['100%25.txt', 'a%20b.txt', 'plain.txt'])('keeps %j', (name) => {
		expect(nameForHeader(name)).toBe(name);
	});
});

describe('nameFromDisposition', () => {
	it.each([
		['attachment; filename="a b.pdf"', 'a b.pdf'],
		['attachment; filename=a.pdf', 'a.pdf'],
		['attachment; FileName = "a\\"b\\\\c.pdf"', 'c.pdf'],
		["attachment; filename=x; filename*=UTF-8''%E2%82%AC.pdf", '€.pdf'],
		["attachment; filename*=utf-8'de'%zz.pdf", '%zz.pdf'],
		['inline; filename="/etc/passwd"', 'passwd'],
		['attachment; filename="100%25.pdf"', '100%25.pdf'],
		['attachment; filename="\u00c3\u00bc.pdf"', 'ü.pdf'],
		['attachment; filename="\u00fc.pdf"', 'ü.pdf'],
		["attachment; filename* = UTF-8''%C3%BC.pdf; filename=x", 'ü.pdf'],
		['inline', undefined],
		[undefined, undefined],
		[['attachment; filename=a.pdf'], undefined],
	])('reads %j as %j', (header, expected) => {
		expect(nameFromDisposition(header)).toBe(expected);
	});
});
