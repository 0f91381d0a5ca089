import { readCredentials } from '../../../../../nodes/OneCrm/http/credentials';
import { Secrets } from '../../../../../nodes/OneCrm/http/secrets';

const TOKEN = 'a-token-of-some-length';

const secretsOf = (data: Record<string, string>) => Secrets.of(readCredentials(data), TOKEN);

it('leave a text alone that looks like a login without user and password', () => {
	const client = secretsOf({ authentication: 'clientCredentials', clientSecret: 'client-secret' });
	const text = `${Buffer.from('key:').toString('base64')} ${Buffer.from(':').toString('base64')}`;
	expect(client.hide(text)).toBe(text);
	expect(client.hideInError(text)).toBe(text);
});

describe('in an answer that nests without end', () => {
	const nested = (levels: number, inside: string) =>
		`${'['.repeat(levels)}"${inside}"${']'.repeat(levels)}`;
	const secrets = secretsOf({ username: 'admin', password: 'sandbox' });

	it.each([10, 100, 1000])('are taken out of any depth (%d)', (levels) => {
		const value: unknown = JSON.parse(nested(levels, TOKEN));
		expect(JSON.stringify(secrets.hideDeep(value))).not.toContain(TOKEN);
		expect(JSON.stringify(secrets.hideInErrorDeep(value))).not.toContain(TOKEN);
		expect(secrets.hideInAnswer(nested(levels, TOKEN))).not.toContain(TOKEN);
	});

	it('do not exhaust the stack', () => {
		expect(secrets.hideInAnswer(nested(100_000, TOKEN))).not.toContain(TOKEN);
	});
});

describe('a long password', () => {
	const password = 'p&q<\'"/ü+1';
	const basic = Buffer.from(`admin:${password}`).toString('base64');
	const LOGINS = [
		['as the value of a header', basic],
		['as the value of a header without its end', basic.replace(/=+$/, '')],
		['behind the user', `admin:${password}`],
		['behind the user in an address', encodeURIComponent(`admin:${password}`)],
	];
	let secrets: Secrets;
	beforeEach(() => {
		secrets = secretsOf({ username: 'admin', password });
	});

	it.each(LOGINS)('is taken out of everything %s', (_, written) => {
		expect(secrets.areIn(`x${written}x`)).toBe(true);
		expect(secrets.hide(`x${written}x${written}`)).toBe('x[removed]x[removed]');
	});

	it('is left in a record, which may be called like it', () => {
		expect(secrets.areIn(`${password} GmbH`)).toBe(false);
		expect(secrets.hide(`${password} GmbH`)).toBe(`${password} GmbH`);
	});

	it.each([
		['as it is', password],
		['in JSON', JSON.stringify(password).slice(1, -1)],
		['in JSON of PHP', 'p&q<\'\\"\\/\\u00fc+1'],
		['in JSON of ASCII', 'p&q<\'\\"/\\u00fc+1'],
		['in a page', 'p&amp;q&lt;&#39;&quot;/ü+1'],
		['in a page of PHP', 'p&amp;q&lt;&#039;&quot;/ü+1'],
		['in a page with numbers', 'p&#38;q&#60;&#39;&#34;/ü+1'],
		['in a page with more numbers', 'p&#38;q&#60;&#39;&#34;&#47;ü&#43;1'],
		['in a page with hexadecimal numbers', 'p&#x26;q&#x3C;&#x27;&#x22;&#x2F;ü&#x2B;1'],
		['in an address', encodeURIComponent(password)],
		['in a form', new URLSearchParams({ '': password }).toString().slice(1)],
		...LOGINS,
	])('is taken out of an error %s', (_, written) => {
		expect(secrets.hideInError(`x${written}x${written}`)).toBe('x[removed]x[removed]');
	});

	it('may contain each sign of a page, and end its header in two', () => {
		const other = secretsOf({ username: 'admin', password: 'pass>word-123' });
		const ending = btoa('admin:pass>word-123');
		expect(ending).toMatch(/[^=]==$/);
		for (const written of ['pass&gt;word-123', ending.slice(0, -2)]) {
			expect(other.hideInError(written)).toBe('[removed]');
		}
	});

	it('leaves everything else', () => {
		const text = 'admin p&q';
		expect(secrets.areIn(text)).toBe(false);
		expect(secrets.hide(text)).toBe(text);
		expect(secrets.hideInError(text)).toBe(text);
	});
});

describe('a short password', () => {
	let secrets: Secrets;
	beforeEach(() => {
		secrets = secretsOf({ username: 'admin', password: 'message' });
	});

	it('is only taken out of errors, as a word of its own', () => {
		expect(secrets.hide('a message')).toBe('a message');
		expect(secrets.hideInError('a message, messages, "message" and message')).toBe(
			'a [removed], messages, "[removed]" and [removed]',
		);
		expect(secrets.hideInError('éMessage message1 1message')).toBe('éMessage message1 1message');
	});

	it('leaves the names of an answer, and an answer in JSON stays JSON', () => {
		expect(secrets.hideInAnswer('{"message": "no message"}')).toBe('{"message":"no [removed]"}');
		expect(secrets.hideInAnswer('<p>message</p>')).toBe('<p>[removed]</p>');
		expect(secrets.hideInErrorDeep([{ message: 'message', count: 5, none: null }])).toEqual([
			{ message: '[removed]', count: 5, none: null },
		]);
		expect(secrets.hideDeep({ a: 'message' })).toEqual({ a: 'message' });
	});

	it('may contain any sign', () => {
		const odd = secretsOf({ username: 'admin', password: '(.*)' });
		expect(odd.hideInError('a (.*) b')).toBe('a [removed] b');
	});

	it.each(['abcdefgh', 'short1!'])('is one like %s', (password) => {
		const text = `x${password}x`;
		expect(secretsOf({ username: 'admin', password }).hideInError(text)).toBe(text);
	});

	it.each(['abcdefg1', 'ABCDEFG!'])('is not one like %s', (password) => {
		const secrets = secretsOf({ username: 'admin', password });
		expect(secrets.hideInError(`x${password}x`)).toBe('x[removed]x');
	});
});

describe('a token', () => {
	it('is taken out of texts, names and lists', () => {
		const secrets = secretsOf({ username: 'admin', password: '' });
		expect(secrets.hideDeep({ [`a ${TOKEN}`]: [TOKEN, 1, { deep: `b ${TOKEN}` }] })).toEqual({
			'a [removed]': ['[removed]', 1, { deep: 'b [removed]' }],
		});
		expect(secrets.hideInError('a word')).toBe('a word');
	});

	it('is none with three signs or less', () => {
		const secrets = Secrets.of(readCredentials({ clientSecret: 'abc' }), 'xyz');
		expect(secrets.hide('abc xyz')).toBe('abc xyz');
		expect(Secrets.of(readCredentials({ clientSecret: 'abcd' }), '').hide('abcd')).toBe(
			'[removed]',
		);
	});

	it('leaves nothing of a secret that contains another', () => {
		const secrets = Secrets.of(readCredentials({ clientSecret: 'secret' }), 'secret-token');
		expect(secrets.hide('secret-token, secret')).toBe('[removed], [removed]');
	});
});

describe('the secrets of two credentials', () => {
	it('are taken out together', () => {
		const one = secretsOf({ username: 'admin', password: 'word' });
		const other = Secrets.of(readCredentials({ clientSecret: 'another-secret' }), '');
		for (const both of [one.and(other), other.and(one)]) {
			expect(both.hide(`${TOKEN} another-secret`)).toBe('[removed] [removed]');
			expect(both.hideInError('a word')).toBe('a [removed]');
		}
	});

	it('may be none', () => {
		const text = `${TOKEN} word`;
		expect(Secrets.none().areIn(text)).toBe(false);
		expect(Secrets.none().hideInError(text)).toBe(text);
	});
});
