import {
	basicHeader,
	readCredentials,
	tokenIn,
} from '../../../../../nodes/OneCrm/http/credentials';

describe('a credential', () => {
	it('is read as n8n keeps it', () => {
		const data = {
			domain: 'crm.example.com',
			username: 'admin',
			password: 'pa:ss',
			authentication: 'clientCredentials' as const,
			clientId: 'id',
			clientSecret: 'secret',
			allowHttp: true,
			allowUnauthorizedCerts: true,
			accessToken: 'session.token',
		};
		expect(readCredentials(data)).toEqual(data);
	});

	it('that lacks everything logs in with user name and password, over https, and trusts nobody', () => {
		expect(readCredentials({})).toEqual({
			domain: '',
			username: '',
			password: '',
			authentication: 'basic',
			clientId: '',
			clientSecret: '',
			allowHttp: false,
			allowUnauthorizedCerts: false,
			accessToken: '',
		});
	});

	it('allows nothing by a text, and knows no other way to log in', () => {
		const data = { allowHttp: 'true', allowUnauthorizedCerts: 1, authentication: 'digest' };
		expect(readCredentials(data)).toMatchObject({
			allowHttp: false,
			allowUnauthorizedCerts: false,
			authentication: 'basic',
		});
		expect(readCredentials({ authentication: 'oauth2' }).authentication).toBe('oauth2');
	});

	it('is sent as Basic authentication writes it', () => {
		const credentials = readCredentials({ username: 'ädmin', password: 'pa:ss' });
		expect(basicHeader(credentials)).toBe(`Basic ${btoa('Ã¤dmin:pa:ss')}`);
	});

	it.each([
		['fingerprint.token', 'token'],
		['fingerprint.a.b', 'a.b'],
		['fingerprint.', ''],
		['', ''],
	])('keeps in the session %j the token %j', (session, token) => {
		expect(tokenIn(session)).toBe(token);
	});
});
