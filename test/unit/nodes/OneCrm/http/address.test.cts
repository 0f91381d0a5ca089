import fc from 'fast-check';
import { UserError } from 'n8n-workflow';
import { apiPath, apiUrl, decoded, isPathSegment } from '../../../../../nodes/OneCrm/http/address';
import { CASES } from '../../cases.cts';
import { hostilePath } from './hostile-path.cts';

const BASE = 'https://crm.example.com/sales/api.php';

/** The result of `make`, or undefined if it throws an error for the user. Rethrows anything else. */
function unlessRefused<Result>(make: () => Result): Result | undefined {
	try {
		return make();
	} catch (error) {
		if (error instanceof UserError) return undefined;
		throw error;
	}
}

describe('apiUrl', () => {
	it.each([
		['data/Account', `${BASE}/data/Account`],
		['/data/Account', `${BASE}/data/Account`],
		['api.php/data/Account', `${BASE}/data/Account`],
		['/api.php/data/Account', `${BASE}/data/Account`],
		[' data/Account\n', `${BASE}/data/Account`],
		['data/Account?filters[name]=a/../b', `${BASE}/data/Account?filters[name]=a/../b`],
		[' /data/Account', `${BASE}/data/Account`],
		['data/api.php/x', `${BASE}/data/api.php/x`],
		['api.phpx', `${BASE}/api.phpx`],
		['api.php', `${BASE}/`],
		['data/../me', `${BASE}/me`],
		['api.php?x=1', `${BASE}/?x=1`],
		[`${BASE}/me`, `${BASE}/me`],
		['', `${BASE}/`],
	])('puts %j below api.php', (path, url) => {
		expect(apiUrl(BASE, path)).toBe(url);
	});

	it.each([
		'https://evil.example/data/Account',
		'//evil.example/data',
		'/\\evil.example',
		'\\\\evil.example',
		'/\t/evil.example',
		'http://crm.example.com/sales/api.php/me',
		'https://crm.example.com:8443/sales/api.php/me',
		'https://crm.example.com/sales/api.phpx',
		'https:/index.php',
		'javascript:alert(1)',
		'../index.php',
		'data/../../index.php',
		'data/%2e%2e/%2E%2e/index.php',
		'data\\..\\..\\index.php',
		'api.php//evil.example',
		'api.php/http://evil.example',
		'..\n/index.php',
	])('refuses %j and names it', (path) => {
		expect(() => apiUrl(BASE, path)).toThrow(UserError);
		expect(() => apiUrl(BASE, path)).toThrow(`"${path}" leads outside the 1CRM API`);
	});

	it('never leads out of the base, whatever is typed', () => {
		fc.assert(
			fc.property(hostilePath, (path) => {
				const address = unlessRefused(() => apiUrl(BASE, path));
				if (address === undefined) return;
				const url = new URL(address);
				expect(url.origin).toBe('https://crm.example.com');
				expect(url.pathname).toMatch(/^\/sales\/api\.php\//);
				// Decodes once more, like a server or a proxy that resolves the decoded path.
				const decoded = url.pathname.replace(/%2e/gi, '.').replaceAll('\\', '/');
				expect(new URL(decoded, BASE).pathname).toMatch(/^\/sales\/api\.php\//);
			}),
			{ ...CASES, numRuns: 5000 },
		);
	});

	// nginx decodes slashes before it resolves dot segments. IIS treats backslashes as slashes.
	it.each(['data/..%2f..%2findex.php', 'data/..%5c..%5cindex.php'])(
		'refuses %j, which climbs out on a server that decodes first',
		(path) => {
			expect(() => apiUrl(BASE, path)).toThrow(UserError);
		},
	);
});

describe('apiPath', () => {
	it('encodes each segment', () => {
		expect(apiPath(['data', 'Contact', 'a b?c#d%'])).toBe('data/Contact/a%20b%3Fc%23d%25');
	});

	it.each(['', ' ', '.', '..', 'a/b', '/', 'a\\b', 'a\nb', '\u0000'])('refuses %j', (segment) => {
		expect(isPathSegment(segment)).toBe(false);
		expect(() => apiPath(['data', segment])).toThrow(UserError);
		expect(() => apiPath(['data', segment])).toThrow(/cannot be part of an address in 1CRM/);
	});

	it('addresses exactly the segments it was given, or refuses', () => {
		const segment = fc.oneof(hostilePath, fc.string({ unit: 'binary' }));
		const given = fc.array(segment, { minLength: 1, maxLength: 4 });
		fc.assert(
			fc.property(given, (segments) => {
				const path = unlessRefused(() => apiPath(['data', ...segments]));
				expect(path === undefined).toBe(!segments.every(isPathSegment));
				if (path === undefined) return;
				const { pathname, search, hash } = new URL(apiUrl(BASE, path));
				const received = pathname.slice('/sales/api.php/data/'.length).split('/');
				expect(received.map(decodeURIComponent)).toEqual(segments);
				expect(search + hash).toBe('');
			}),
			CASES,
		);
	});

	it('refuses half a character in words for the user', () => {
		expect(() => apiPath(['data', '\ud800'])).toThrow(UserError);
	});
});

describe('decoded', () => {
	it.each([
		['a%20b', 'a b'],
		['plain', 'plain'],
		['100%', '100%'],
		['%ff', '%ff'],
	])('says of %j that it is %j', (text, said) => {
		expect(decoded(text)).toBe(said);
	});
});
