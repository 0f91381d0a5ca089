import fc from 'fast-check';

/** What the parts of an address mean to a URL parser, in the spellings that checks tend to forget. */
const FRAGMENTS = [
	...['..', '.', '%2e%2e', '%2E%2e', '.%2e', '%2e', '..;', '...'],
	...['/', '//', '///', '\\', '\\\\', '/\\', '\\/'],
	...['\t', '\n', '\r', '\u0000', '\u0001', ' ', '\u00a0', '\ufeff'],
	...[
		'http:',
		'https:',
		'HTTPS://',
		'file:///',
		'javascript:',
		'data:',
		'ftp://',
		'//evil.example',
	],
	...['https://evil.example/', 'https:evil.example', 'https://crm.example.com.evil.example/'],
	...['http://crm.example.com/sales/api.php/', 'https://crm.example.com:444/sales/api.php/'],
	...['https://crm.example.com/sales/api.php/', 'https://crm.example.com/sales/', 'sales'],
	...['api.php', 'api.php/', '/api.php', 'api.phpx', 'index.php', 'data', 'Account', '1'],
	...['?', '#', '@', ':', '&', '=', '%', '%00', '%09', 'evil.example'],
];

/** Paths as a careless or malicious user may type them. */
export const hostilePath = fc
	.array(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...FRAGMENTS) }, fc.string()), {
		maxLength: 8,
	})
	.map((fragments) => fragments.join(''));
