import { everythingIn } from '../../support/engine/secrets.cts';
import { Engine, sandboxCredential } from '../../support/engine/engine.cts';
import { sandboxForTests } from '../../support/sandbox-for-tests.cts';
import { skipPauses } from '../pauses.cts';

const sandbox = sandboxForTests({ perTest: true });

const call = { resource: 'api', operation: 'call', method: 'GET', url: 'data/Account' };

/** The engine of a user whose password is `password`, known to the server. */
async function engineWith(password: string): Promise<Engine> {
	const credential = sandboxCredential(sandbox);
	return await Engine.start({ ...credential, password });
}

beforeEach(() => skipPauses());

describe.each(['Pa$$wörd/"1"&x', 'correct horse battery 9', 'sandbox'])(
	'the password %j, quoted by the server',
	(password) => {
		it.each([401, 403, 500])('is not in the error of a %d', async (status) => {
			const engine = await engineWith(password);
			sandbox.failNext({ kind: 'quotedRequest', status }, { times: 99 });
			const text = everythingIn(await engine.failure(call));
			expect(text).not.toContain(password);
			expect(text).not.toContain(JSON.stringify(password).slice(1, -1));
			expect(text).not.toContain(Buffer.from(`admin:${password}`).toString('base64'));
		});
	},
);

it.each([
	['as it is', (basic: string) => basic],
	['without its last signs', (basic: string) => basic.replace(/=+$/, '')],
	[
		'with entities for its signs',
		(basic: string) => basic.replace(/[=+/]/g, (sign) => `&#${sign.charCodeAt(0)};`),
	],
	[
		'with hexadecimal entities',
		(basic: string) =>
			basic.replace(/[=+/]/g, (sign) => `&#x${sign.charCodeAt(0).toString(16).toUpperCase()};`),
	],
])('takes a Basic value out that a page quotes %s', async (_, written) => {
	const password = 'Pa$$wörd/"1"&x?>';
	const engine = await engineWith(password);
	const basic = Buffer.from(`admin:${password}`).toString('base64');
	const body = `<html><body>Blocked: ${written(basic)}</body></html>`;
	sandbox.failNext({ kind: 'status', status: 403, body }, { times: 99 });
	expect(everythingIn(await engine.failure(call))).not.toContain(basic.slice(0, 20));
});

it('takes a login out of an answer that says yes, and leaves the rest as it is', async () => {
	const engine = await engineWith('sandbox');
	sandbox.failNext({ kind: 'quotedRequest', status: 200 }, { path: /data/ });
	const [item] = await engine.items(call);
	const text = everythingIn(item);
	expect(text).not.toContain(Buffer.from('admin:sandbox').toString('base64'));
	expect(text).not.toContain('admin:sandbox');
	expect(item.body).toMatchObject({ records: [], request: { method: 'GET' } });
});

it('leaves a record alone that contains the word that a password is', async () => {
	const engine = await engineWith('sandbox');
	sandbox.insert('Account', { name: 'The sandbox of admin' });
	const found = await engine.items({ resource: 'record', operation: 'search', module: 'Account' });
	expect(found.map(({ name }) => name)).toContain('The sandbox of admin');
});
