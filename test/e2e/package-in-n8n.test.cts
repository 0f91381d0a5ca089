import { PACKAGE_NAME, startStage, type Stage } from './stage.cts';

const INSTALLATION_LIMIT = 20 * 60_000;

let stage: Stage;

beforeAll(async () => {
	stage = await startStage({ report: (line) => process.stderr.write(`${line}\n`) });
}, INSTALLATION_LIMIT);

afterAll(async () => {
	await stage?.stop();
});

describe('the packed package in a real n8n', () => {
	it('offers its nodes, the action also as a tool for AI agents', async () => {
		const names = (await stage.client.nodeTypes()).map(({ name }) => name);
		expect(names.filter((name) => name.startsWith(`${PACKAGE_NAME}.`)).sort()).toEqual([
			`${PACKAGE_NAME}.oneCrm`,
			`${PACKAGE_NAME}.oneCrmTool`,
			`${PACKAGE_NAME}.oneCrmTrigger`,
		]);
	});

	it('connects with the credential', async () => {
		const { client, credential } = stage;
		expect(await client.testCredential(credential)).toMatchObject({ status: 'OK' });
	});

	it('refuses a wrong password', async () => {
		const { client, credential, sandbox } = stage;
		const { domain, username } = sandbox;
		const data = { domain, username, password: 'wrong', authentication: 'basic' };
		expect(await client.testCredential(credential, data)).toMatchObject({ status: 'Error' });
	});
});
