import dns from 'node:dns';
import { Engine, sandboxCredential } from '../../support/engine/engine.cts';
import { getMe } from '../../support/engine/simple-operations.cts';
import { sandboxForTests } from '../../support/sandbox-for-tests.cts';

const PUBLIC_HOST = 'crm.example.com';

describe('The domain of a credential', () => {
	const sandbox = sandboxForTests({ folder: '/sales/crm' });

	const engineFor = async (domain: string, settings = {}) =>
		await Engine.start({ ...sandboxCredential(sandbox), domain, ...settings });

	/** Lets the name of a public host lead to this computer. */
	function answerForPublicHost(): void {
		const lookup = (_host: string, options: unknown, callback: (...values: unknown[]) => void) => {
			const isAll = typeof options === 'object' && options !== null && 'all' in options;
			if (isAll && options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
			else callback(null, '127.0.0.1', 4);
		};
		vi.spyOn(dns, 'lookup').mockImplementation(lookup as typeof dns.lookup);
	}

	it.each([
		'',
		'/',
		'/index.php',
		'/index.php/',
		'/index.php?module=Accounts&action=DetailView&record=1',
		'/index.php?module=Home#top',
		'/api.php',
		'/api.php/',
		'/api.php/data/Account?limit=1',
		'/INDEX.PHP',
		'?module=Home',
		'  ',
	])('may have %j behind host, port and folder', async (rest) => {
		const engine = await engineFor(`http://${sandbox.domain}${rest}`);
		expect(await engine.items(getMe)).toMatchObject([{ recordId: '1' }]);
		expect(sandbox.requests.map(({ path }) => path)).toEqual(['/me', '/me']);
	});

	it.each(['localhost', 'HTTP://LocalHost'])('may be written as %s', async (host) => {
		const scheme = host.includes('://') ? '' : 'http://';
		const engine = await engineFor(`${scheme}${host}:${sandbox.port}/sales/crm`);
		expect(await engine.items(getMe)).toHaveLength(1);
	});

	it('means https unless it says otherwise', async () => {
		const engine = await engineFor(sandbox.domain);
		const error = await engine.failure(getMe);
		expect(error.message).toBe(`"127.0.0.1:${sandbox.port}" doesn't support https`);
		expect(error.description).toContain("write http:// and switch on 'Allow HTTP'");
		expect(sandbox.requests).toEqual([]);
	});

	it('with http is refused for another computer, before anything is sent', async () => {
		answerForPublicHost();
		const engine = await engineFor(`http://${PUBLIC_HOST}:${sandbox.port}/sales/crm`);
		const error = await engine.failure(getMe);
		expect(error.message).toMatch(
			/^'Domain' begins with http:\/\/, which would send your password/,
		);
		expect(error.message).toContain("switch on 'Allow HTTP'");
		expect(dns.lookup).not.toHaveBeenCalled();
		expect(sandbox.requests).toEqual([]);
	});

	it('with http is accepted for another computer where that is allowed', async () => {
		answerForPublicHost();
		const domain = `http://${PUBLIC_HOST}:${sandbox.port}/sales/crm`;
		const engine = await engineFor(domain, { allowHttp: true });
		expect(await engine.items(getMe)).toMatchObject([{ recordId: '1' }]);
		expect(sandbox.requests.at(-1)?.headers.host).toBe(`${PUBLIC_HOST}:${sandbox.port}`);
	});

	it.each([
		['', "'Domain' is not an address"],
		['my crm', "'Domain' is not an address"],
		['ftp://crm.example.com', "'Domain' begins with ftp://. 1CRM is reached over https://"],
		['https://admin:4711@crm.example.com', "'Domain' contains a user name or password"],
	])('cannot be %j', async (domain, message) => {
		const lookup = vi.spyOn(dns, 'lookup');
		const error = await (await engineFor(domain)).failure(getMe);
		expect(error.message).toContain(message);
		expect(error.message).not.toContain('4711');
		expect(lookup).not.toHaveBeenCalled();
	});

	it('belongs to the server alone: the folder of another 1CRM is not asked', async () => {
		const engine = await engineFor(`http://127.0.0.1:${sandbox.port}/other`);
		const error = await engine.failure(getMe);
		expect(error.message).toBe("This address doesn't answer like a 1CRM API");
		expect(error.description).toContain('and the folder if 1CRM is installed in one');
		expect(sandbox.requests).toEqual([]);
	});
});
