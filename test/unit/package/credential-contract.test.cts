import { choices } from '../../support/package/described-operations.cts';
import { manifest, publishedCredential } from '../../support/package/published.cts';
import { expectContract } from './contract.cts';

const credential = publishedCredential();
const { properties } = credential;
const find = (name: string) => properties.find((property) => property.name === name);

describe('the credential', () => {
	it('is the only one, under the name that saved workflows hold', () => {
		expect(manifest.n8n.credentials).toHaveLength(1);
		expect(credential.name).toBe('oneCrmApi');
		expect(credential.displayName).toBe('1CRM API');
	});

	it('has its properties', () => {
		expectContract(properties, {
			domain: { type: 'string', default: '' },
			username: { type: 'string', default: '' },
			password: { type: 'string', default: '' },
			authentication: { type: 'options', default: 'basic' },
			clientId: { type: 'string', default: '' },
			clientSecret: { type: 'string', default: '' },
			allowHttp: { type: 'boolean', default: false },
			allowUnauthorizedCerts: { type: 'boolean', default: false },
			accessToken: { type: 'hidden', default: '' },
		});
		expect(choices(find('authentication')).map(({ value }) => value)).toEqual([
			'basic',
			'oauth2',
			'clientCredentials',
		]);
	});

	it('hides what is secret, and nothing else', () => {
		const hidden = properties.filter(({ typeOptions }) => typeOptions?.password === true);
		expect(hidden.map(({ name }) => name).sort()).toEqual([
			'accessToken',
			'clientSecret',
			'password',
		]);
	});

	it('lets n8n keep and renew the access token', () => {
		expect(find('accessToken')?.typeOptions?.expirable).toBe(true);
		expect(credential.preAuthentication).toBeInstanceOf(Function);
	});

	it('asks for no more than the chosen way to log in needs', () => {
		const shownFor = Object.fromEntries(
			properties.flatMap(({ name, displayOptions }) =>
				displayOptions ? [[name, displayOptions.show]] : [],
			),
		);
		expect(shownFor).toEqual({
			username: { authentication: ['basic', 'oauth2'] },
			password: { authentication: ['basic', 'oauth2'] },
			clientId: { authentication: ['oauth2', 'clientCredentials'] },
			clientSecret: { authentication: ['oauth2', 'clientCredentials'] },
		});
	});

	it('can be tested, against the server that it is for', () => {
		expect(credential.test?.request).toMatchObject({ method: 'GET', url: 'me' });
	});
});
