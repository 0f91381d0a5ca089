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
