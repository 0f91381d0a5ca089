import fc from 'fast-check';
import {
	nameForHeader,
	nameFromDisposition,
	nameFromServer,
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

describe('nameFromServer', () => {
	it('gives back what was sent, whether the server decodes it or not', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (text) => {
				const name = safeFileName(text);
				expect(nameFromServer(nameForHeader(name))).toBe(name);
				if (/[^\x20-\x7e]/.test(name)) expect(nameFromServer(name)).toBe(name);
			}),
		);
	});

	it.each([
		['100%25.txt', '100%25.txt'],
		['100% sure.txt', '100% sure.txt'],
		['a%20b.txt', 'a%20b.txt'],
		['%2e%2e%2fa', '%2e%2e%2fa'],
		['..%2F%C3%BC', 'ü'],
	])('gives of %j %j', (name, expected) => {
		expect(nameFromServer(name)).toBe(expected);
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
		['inline', undefined],
		[undefined, undefined],
		[['a'], undefined],
	])('reads %j as %j', (header, expected) => {
		expect(nameFromDisposition(header)).toBe(expected);
	});
});
