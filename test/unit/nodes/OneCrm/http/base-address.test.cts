import fc from 'fast-check';
import { UserError } from 'n8n-workflow';
import { apiBaseUrl, isLoopback } from '../../../../../nodes/OneCrm/http/address';
import { CASES } from '../../cases.cts';
import { hostilePath } from './hostile-path.cts';

describe('apiBaseUrl', () => {
	it.each([
		['demo.1crmcloud.com', 'https://demo.1crmcloud.com/api.php'],
		[' demo.1crmcloud.com/ ', 'https://demo.1crmcloud.com/api.php'],
		['HTTPS://Demo.1crmcloud.com', 'https://demo.1crmcloud.com/api.php'],
		['crm.example.com:8443/1crm', 'https://crm.example.com:8443/1crm/api.php'],
		['https://crm.example.com/1crm/sales//', 'https://crm.example.com/1crm/sales/api.php'],
		[
			'crm.example.com/1crm/index.php?module=Accounts&record=1',
			'https://crm.example.com/1crm/api.php',
		],
		['crm.example.com/api.php/data/Account', 'https://crm.example.com/api.php'],
		['crm.example.com/1crm/API.PHP', 'https://crm.example.com/1crm/api.php'],
		['crm.example.com?return=https://other.example', 'https://crm.example.com/api.php'],
		['crm.example.com?x=1#y', 'https://crm.example.com/api.php'],
		['http://localhost:8080/crm', 'http://localhost:8080/crm/api.php'],
		['http://127.0.0.1:8080', 'http://127.0.0.1:8080/api.php'],
		['http://[::1]', 'http://[::1]/api.php'],
		['münchen.example', 'https://xn--mnchen-3ya.example/api.php'],
	])('reads %j', (domain, baseUrl) => {
		expect(apiBaseUrl(domain)).toBe(baseUrl);
	});

	it.each(['', '  ', 'my crm', 'https://', 'https://a b.example', '?x', 'host:port'])(
		'finds no host in %j',
		(domain) => {
			expect(() => apiBaseUrl(domain)).toThrow(UserError);
			expect(() => apiBaseUrl(domain)).toThrow("'Domain' is not an address");
		},
	);

	it.each(['http://crm.example.com', 'HTTP://127.0.0.1.evil.example', 'http://10.0.0.1'])(
		'takes %j only where http is allowed',
		(domain) => {
			expect(() => apiBaseUrl(domain)).toThrow(/send your password unencrypted to .*'Allow HTTP'/);
			expect(apiBaseUrl(domain, true)).toMatch(/^http:\/\/.*\/api\.php$/);
		},
	);

	it('knows no other scheme', () => {
		expect(() => apiBaseUrl('ftp://crm.example.com', true)).toThrow(
			"'Domain' begins with ftp://. 1CRM is reached over https://",
		);
	});

	it('refuses a login in the address without repeating it', () => {
		for (const login of ['admin:s3cret', 'admin', ':s3cret']) {
			expect(() => apiBaseUrl(`https://${login}@crm.example.com`)).toThrow(
				"'Domain' contains a user name or password",
			);
		}
		expect(() => apiBaseUrl('https://admin:s3cret@crm.example.com')).not.toThrow(/s3cret/);
	});

	it('gives an address that ends in api.php and holds nothing else, or refuses', () => {
		const domain = fc.oneof(fc.webUrl(), hostilePath, fc.string());
		fc.assert(
			fc.property(domain, fc.boolean(), (text, allowHttp) => {
				let baseUrl: string;
				try {
					baseUrl = apiBaseUrl(text, allowHttp);
				} catch (error) {
					expect(error).toBeInstanceOf(UserError);
					return;
				}
				const { href, protocol, hostname, username, password, search, hash } = new URL(baseUrl);
				expect(href).toBe(baseUrl);
				expect(baseUrl).toMatch(/[^/]\/api\.php$/);
				expect(username + password + search + hash).toBe('');
				expect(protocol === 'https:' || allowHttp || isLoopback(hostname)).toBe(true);
			}),
			CASES,
		);
	});
});

describe('isLoopback', () => {
	it.each(['localhost', 'crm.localhost', '127.0.0.1', '127.1.20.255', '[::1]'])(
		'knows %s',
		(host) => {
			expect(isLoopback(host)).toBe(true);
		},
	);

	it.each([
		'localhost.example',
		'notlocalhost',
		'127.0.0.1.example',
		'x127.0.0.1',
		'127.0.0',
		'127a0b0c1',
		'10.0.0.1',
		'[::2]',
		'',
	])('does not take %j for this computer', (host) => {
		expect(isLoopback(host)).toBe(false);
	});
});
