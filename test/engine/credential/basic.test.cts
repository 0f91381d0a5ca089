import { createContact, getMe } from '../../support/engine/simple-operations.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { until } from '../../support/until.cts';

describe('Login with Basic', () => {
	const { sandbox, engine } = engineWithSandbox({ perTest: true });

	const paths = () => sandbox.requests.map(({ path }) => path);

	it('sends user name and password with each request, and asks for no token', async () => {
		await engine.items(getMe);
		const basic = `Basic ${Buffer.from('admin:sandbox').toString('base64')}`;
		expect(sandbox.requests.map(({ headers }) => headers.authorization)).toEqual([basic, basic]);
		expect(sandbox.tokensIssued).toBe(0);
	});

	it('is checked once, before the first of many requests', async () => {
		sandbox.hold({ path: /^\/me$/ });
		const items = Array.from({ length: 20 }, () => ({ json: {} }));
		const run = engine.items(createContact('Aalto'), { items });
		await until(() => sandbox.held > 0);
		expect(paths()).toEqual(['/me']);
		sandbox.release();
		await run;
		expect(paths().filter((path) => path === '/me')).toHaveLength(1);
		sandbox.clearRequests();
		await engine.items(getMe);
		expect(paths()).toEqual(['/me']);
	});

	it('sends nothing else when that check fails', async () => {
		engine.credentials.data.password = 'wrong';
		const items = Array.from({ length: 20 }, () => ({ json: {} }));
		const error = await engine.failure(createContact('Aalto'), { items });
		expect(error.message).toBe("1CRM didn't accept the login");
		expect(new Set(paths())).toEqual(new Set(['/me']));
		expect(sandbox.records('Contact')).toEqual([]);
	});

	it('sends the new user name and password after a change, and nothing of the old', async () => {
		await engine.items(getMe);
		Object.assign(engine.credentials.data, { username: 'sales', password: 'changed' });
		sandbox.clearRequests();
		const error = await engine.failure(createContact('Aalto'));
		expect(error.message).toBe("1CRM didn't accept the login");
		const changed = `Basic ${Buffer.from('sales:changed').toString('base64')}`;
		expect(new Set(sandbox.requests.map(({ headers }) => headers.authorization))).toEqual(
			new Set([changed]),
		);
	});

	it('says so when the password does not hold any more', async () => {
		await engine.items(getMe);
		sandbox.variants.basicAuth = false;
		const error = await engine.failure(createContact('Aalto'));
		expect(error).toMatchObject({ message: "1CRM didn't accept the login", httpCode: '401' });
		expect(sandbox.records('Contact')).toEqual([]);
	});

	it('takes letters of any language', async () => {
		Object.assign(engine.credentials.data, { username: 'jürgen', password: 'süß:€' });
		await engine.failure(getMe);
		const [, sent] = /^Basic (.+)$/.exec(sandbox.requests[0].headers.authorization ?? '') ?? [];
		expect(Buffer.from(sent, 'base64').toString()).toBe('jürgen:süß:€');
	});
});
