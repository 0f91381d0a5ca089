import { safeMimeType } from '../../../../../../nodes/OneCrm/crm/file/mimeType';

it.each([
	'text/plain',
	'image/svg+xml',
	'application/vnd.ms-excel.sheet.macroEnabled.12',
	'application/x_y-z',
	'text/plain; charset=utf-8',
	'text/plain;',
	'text/plain ',
	'text/plain  ;name="a b~"',
])('%j is kept as the type of a file', (type) => {
	expect(safeMimeType(type)).toBe(type);
});

it.each([
	...['', 'nonsense', '/plain', 'text/', 'text /plain', 'ünknown/type'],
	...['x: text/plain', 'text/plain x', 'text/plain\r\nX: 1', 'text/plain; a\u007f'],
	...['text/plain; \r\nX: 1', undefined, null, 7, ['text/plain']],
])('%j is no type that a header can hold', (type) => {
	expect(safeMimeType(type)).toBe('application/octet-stream');
});
