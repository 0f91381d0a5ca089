import { readFile } from 'node:fs/promises';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { cacheFolder } from '../support/n8n/cache-folder.cts';
import { PACKAGE_NAME } from '../support/n8n/stage.cts';
import { stageForTests } from './stage-for-tests.cts';

const stage = stageForTests();

describe('the packed package in a real n8n', () => {
	it('offers its nodes, the action also as a tool for AI agents', async () => {
		const names = (await stage.client.nodeTypes()).map(({ name }) => name);
		expect(names.filter((name) => name.startsWith(`${PACKAGE_NAME}.`)).sort()).toEqual([
			`${PACKAGE_NAME}.oneCrm`,
			`${PACKAGE_NAME}.oneCrmTool`,
			`${PACKAGE_NAME}.oneCrmTrigger`,
		]);
	});

	it.each(['basic', 'oauth2', 'clientCredentials'])('connects by %s', async (authentication) => {
		const { client, credential } = stage;
		const data = { ...typed(), authentication };
		expect(await client.testCredential(credential, data)).toMatchObject({ status: 'OK' });
	});

	// Before anything fails, because n8n's log would report that.
	it('is loaded and connects without a word in the log of n8n', async () => {
		const { logFile, userFolder } = stage.server;
		const log = await readFile(logFile, 'utf8');
		expect(log).toContain('Editor is now accessible');
		const lines = log.replaceAll(userFolder, '').replaceAll(cacheFolder(), '').split('\n');
		expect(lines.filter((line) => /1crm/i.test(line))).toEqual([]);
	});

	it.each([
		['a wrong password', { password: 'wrong' }, /^1CRM didn't accept the login/],
		[
			'a wrong client secret',
			{ authentication: 'oauth2', clientSecret: 'wrong' },
			/^1CRM doesn't know this API client/,
		],
		[
			'a wrong secret of an API client that logs in by itself',
			{ authentication: 'clientCredentials', clientSecret: 'wrong' },
			/^1CRM doesn't know this API client/,
		],
		['a port where nothing listens', { domain: 'http://127.0.0.1:1' }, /refuses connections/],
		['http to another host', { domain: 'http://crm.example.com' }, /^'Domain' begins with http/],
		['https on an http port', { domain: '' }, /doesn't support https/],
		['a server that is no 1CRM', { domain: 'n8n' }, /doesn't answer like a 1CRM API/],
	])(
		'says in plain words what is wrong with %s',
		async (_, changes: ICredentialDataDecryptedObject, message) => {
			const { client, credential, sandbox, server } = stage;
			const data = { ...typed(), ...changes };
			if (data.domain === '') data.domain = sandbox.domain;
			if (data.domain === 'n8n') data.domain = server.url;
			const result = await client.testCredential(credential, data);
			expect(result).toEqual({ status: 'Error', message: expect.stringMatching(message) });
			expect(result.message).not.toMatch(/sandbox-api-secret|wrong$/);
		},
	);

	it('says so when Basic authentication is switched off or the edition has no API', async () => {
		const { client, credential, sandbox } = stage;
		sandbox.variants.basicAuth = false;
		const switchedOff = await client.testCredential(credential, typed());
		sandbox.variants.basicAuth = true;
		sandbox.variants.editionHasApi = false;
		const withoutApi = await client.testCredential(credential, typed());
		sandbox.variants.editionHasApi = true;
		expect(switchedOff.message).toMatch(/Basic authentication is off/);
		expect(withoutApi.message).toMatch(/Pro and Enterprise editions/);
	});

	it('loads modules, records, fields and the values of a filter from the server', async () => {
		const { client, credential } = stage;
		const currentNodeParameters = {
			resource: 'record',
			operation: 'search',
			module: { __rl: true, mode: 'list', value: 'Contact' },
			filters: { conditions: [{ filter: 'lead_source', operator: 'eq', value: '' }] },
		};
		const request = {
			nodeTypeAndVersion: { name: `${PACKAGE_NAME}.oneCrm`, version: 1 },
			currentNodeParameters,
			credentials: { oneCrmApi: { id: credential.id, name: credential.name } },
		};
		const ask = (path: string, methodName: string) => ({ ...request, path, methodName });

		const modules = await client.resourceLocatorResults(ask('parameters.module', 'searchModules'));
		const records = await client.resourceLocatorResults(
			ask('parameters.recordId', 'searchRecords'),
		);
		const filters = await client.options(ask('parameters.filters', 'getFilters'));
		const fields = await client.resourceMapperFields(ask('parameters.fields', 'getCreateFields'));
		const values = await client.resourceLocatorResults(
			ask('parameters.filters.conditions[0].value', 'searchFilterValues'),
		);
		expect(modules.results).toContainEqual({ name: 'Cases (aCase)', value: 'aCase' });
		expect(records.results).toHaveLength(50);
		expect(filters).toContainEqual({ name: 'Last Name (last_name)', value: 'last_name' });
		expect(fields.fields).toContainEqual(
			expect.objectContaining({ id: 'last_name', required: true, type: 'string' }),
		);
		expect(values.results).toContainEqual({ name: 'Cold Call', value: 'Cold Call' });
	});
});

/** The data of the credential, as a user types it. */
function typed(): ICredentialDataDecryptedObject {
	const { url: domain, username, password, clientId, clientSecret } = stage.sandbox;
	return { domain, username, password, authentication: 'basic', clientId, clientSecret };
}
