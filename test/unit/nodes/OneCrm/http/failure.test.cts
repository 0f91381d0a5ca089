import fc from 'fast-check';
import {
	answerFailure,
	brokenFailure,
	cutOffFailure,
	networkFailure,
	notOneCrmFailure,
	redirectFailure,
	sentences,
	statusFailure,
} from '../../../../../nodes/OneCrm/http/failure';
import { CASES } from '../../cases.cts';

describe('a request without an answer', () => {
	it.each([
		['ENOTFOUND', 'The host "crm.example.com" was not found', /spelling of 'Domain'/],
		['EAI_AGAIN', 'The host "crm.example.com" was not found', /spelling of 'Domain'/],
		['ECONNREFUSED', '"crm.example.com" refuses connections', /port/],
		['EHOSTUNREACH', '"crm.example.com" cannot be reached from here', /firewall/],
		['ETIMEDOUT', '"crm.example.com" didn\'t answer in time', /raise 'Timeout'/],
		['ECONNABORTED', '"crm.example.com" didn\'t answer in time', /'Timeout'/],
		['CERT_HAS_EXPIRED', /certificate of "crm.example.com" is not trusted/, /'Ignore SSL Issues'/],
		['DEPTH_ZERO_SELF_SIGNED_CERT', /certificate of .* is not trusted/, /'Ignore SSL Issues'/],
		['ERR_TLS_CERT_ALTNAME_INVALID', /certificate of .* is not trusted/, /'Ignore SSL Issues'/],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /certificate of .* is not trusted/, /valid certificate/],
		['EPROTO', '"crm.example.com" doesn\'t support https', /'Allow HTTP'/],
		['ERR_SSL_WRONG_VERSION_NUMBER', '"crm.example.com" doesn\'t support https', /http:\/\//],
		['ECONNRESET', /connection to "crm.example.com" was lost/, /Try again later/],
		[undefined, /connection to "crm.example.com" was lost/, /Try again later/],
	])('with %s is put in words', (code, message, description) => {
		const failure = networkFailure(code, 'crm.example.com');
		expect(failure.message).toMatch(message);
		expect([failure.description, failure.option].join(', or ')).toMatch(description);
		// n8n would replace a message that contains the code.
		if (code !== undefined) expect(failure.message).not.toContain(code);
	});
});

describe('a certificate that nobody vouches for', () => {
	it('is named by why', () => {
		expect(networkFailure('CERT_HAS_EXPIRED', 'crm.example.com').message).toBe(
			'The certificate of "crm.example.com" is not trusted (cert has expired)',
		);
	});
});

describe('an answer that is cut off', () => {
	it('is quoted', () => {
		expect(cutOffFailure('{"a":')).toEqual({
			message: "1CRM's answer was cut off",
			description: 'Try again later. The answer begins with: {"a":',
		});
	});
});

describe('a file that does not arrive whole', () => {
	it('was stopped by the server, or by the connection', () => {
		const description = 'The incomplete file was discarded. Try again later';
		expect(brokenFailure(true)).toEqual({
			message: '1CRM stopped sending in the middle of the file',
			description,
			option: "raise 'Timeout' in the options",
		});
		expect(brokenFailure(false)).toEqual({
			message: 'The connection was lost in the middle of the file',
			description,
		});
	});
});

describe('an answer that is not from 1CRM', () => {
	it('is quoted from its beginning, on one line', () => {
		const { message, description } = notOneCrmFailure(`\n<html>\n\t<title>${'x'.repeat(500)}`);
		expect(message).toBe("This address doesn't answer like a 1CRM API");
		expect(description).toMatch(/'Domain'.* The answer begins with: <html> <title>x+$/);
		expect(description?.length).toBeLessThan(350);
	});

	it('may be empty', () => {
		expect(notOneCrmFailure(' \n').description).toMatch(/The answer was empty$/);
	});
});

describe('a redirect', () => {
	it('is named without its query, which may hold a token', () => {
		const { message } = redirectFailure('https://login.example/start?token=s3cret#s3cret');
		expect(message).toBe('1CRM redirects to another address: https://login.example/start');
		expect(redirectFailure(undefined)).toEqual({
			message: '1CRM redirects to another address',
			description: "Enter that address as 'Domain' in the 1CRM credential",
		});
		expect(redirectFailure('https://a.example/#x\ny').message).toMatch(/a\.example\/$/);
	});
});

describe('a status that says no', () => {
	it("speaks with 1CRM's own words, and says what to do next", () => {
		const failure = statusFailure(403, 'No access to Invoice');
		expect(failure.message).toBe('No access to Invoice');
		expect(failure.description).toMatch(/right to do this.*Pro and Enterprise.*http/);
	});

	it.each([
		[405, "1CRM doesn't offer this method at this address", undefined],
		[413, 'The server limits the size of requests', undefined],
		[
			429,
			'Too many requests in a short time. Try again later',
			"lower 'Parallel Requests' in the options",
		],
		[500, 'Try again later. If this continues, look in the log of the 1CRM server', undefined],
		[599, 'Try again later. If this continues, look in the log of the 1CRM server', undefined],
		[499, undefined, undefined],
	])('of %d comes with advice', (status, description, option) => {
		const message = `1CRM answered with status ${status}`;
		expect(statusFailure(status, undefined)).toEqual({ message, description, option });
	});

	it('of 401 is about the login, whatever the server says', () => {
		const failure = statusFailure(401, 'The resource owner denied the request.');
		expect(failure.message).toBe("1CRM didn't accept the login");
		expect(failure.description).toMatch(
			/^The resource owner denied the request\. Check 'User Name'/,
		);
		expect(failure.description).toMatch(/Basic authentication is off/);
	});

	it.each([undefined, 'Not found', 'not found.'])('of 404 with %j names the record', (said) => {
		const failure = statusFailure(404, said, 'Contact "c1"');
		expect(failure.message).toBe('Contact "c1" was not found');
		expect(failure.description).toMatch(/singular name/);
	});

	it('of 404 keeps what names the reason itself', () => {
		const { message } = statusFailure(404, 'Model Acount not found', 'Acount "1"');
		expect(message).toBe('Model Acount not found');
	});

	it('without words is told by its number', () => {
		expect(statusFailure(418, undefined)).toEqual({ message: '1CRM answered with status 418' });
		expect(statusFailure(404, undefined).message).toBe('1CRM answered with status 404');
		expect(statusFailure(500, undefined, 'Contact "c1"').message).toBe(
			'1CRM answered with status 500',
		);
		expect(statusFailure(500, undefined).description).toMatch(/log of the 1CRM server/);
	});
});

describe('an answer that says no', () => {
	it('is quoted from JSON alone', () => {
		const failure = answerFailure(403, '{"message":"No access","trace":"secret"}');
		expect(failure).toEqual(statusFailure(403, 'No access'));
	});

	it.each([
		[
			'<html><head><title>x</title></head><body><h1>502 Bad\n Gateway</h1></body>',
			'502 Bad Gateway',
		],
		['<style>p { color: red }</style><p>Down</p><script>track()</script>', 'Down'],
		['SQLSTATE[23000]: a < b', 'SQLSTATE[23000]: a < b'],
	])('is quoted from a page without its markup: %j', (text, read) => {
		const failure = answerFailure(502, text);
		expect(failure.message).toBe('1CRM answered with status 502');
		expect(failure.description).toMatch(/^Try again later\./);
		expect(failure.quotation).toBe(`The answer reads: ${read}`);
	});

	it('may say nothing', () => {
		expect(answerFailure(500, ' ')).toEqual(statusFailure(500, undefined));
		expect(answerFailure(500, '<html></html>')).toEqual(statusFailure(500, undefined));
	});
});

it('quotes how an answer begins that breaks off', () => {
	const { description } = cutOffFailure(`{"records":[\n${'x'.repeat(500)}`);
	expect(description).toMatch(/The answer begins with: \{"records":\[ x+$/);
	expect(description?.length).toBeLessThan(300);
});

describe('sentences', () => {
	it('leaves out what is missing', () => {
		expect(sentences('No', undefined, '', 'Ask again')).toBe('No. Ask again');
		expect(sentences('No.', 'Ask again')).toBe('No. Ask again');
		expect(sentences('Not ".."', 'Ask again.')).toBe('Not "..". Ask again.');
		expect(sentences(undefined, '')).toBeUndefined();
	});

	it('keeps every word', () => {
		const word = fc.stringMatching(/^[a-z]{1,9}$/);
		fc.assert(
			fc.property(fc.array(word, { minLength: 1 }), (words) => {
				expect(sentences(...words)?.split('. ')).toEqual(words);
			}),
			CASES,
		);
	});
});
