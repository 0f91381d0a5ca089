import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { SavedCredential } from '../support/n8n/definitions.cts';
import type { Execution } from '../support/n8n/execution.cts';
import { manualWorkflow, ONE_CRM } from '../support/n8n/workflows.cts';
import { stageForTests } from './stage-for-tests.cts';

const stage = stageForTests();

describe.each(['basic', 'oauth2', 'clientCredentials'] as const)(
	'with %s authentication',
	(authentication) => {
		let credential: SavedCredential;
		let contactId: string;

		beforeAll(async () => {
			const { url: domain, username, password, clientId, clientSecret } = stage.sandbox;
			credential = await stage.client.createCredential({
				name: `1CRM by ${authentication}`,
				type: 'oneCrmApi',
				data: { domain, username, password, authentication, clientId, clientSecret },
			});
		});

		async function run(parameters: INodeParameters): Promise<Execution> {
			const definition = manualWorkflow(`By ${authentication}`, parameters, credential);
			const { id } = await stage.client.createWorkflow(definition);
			return await stage.client.runWorkflow(id);
		}

		async function items(parameters: INodeParameters): Promise<IDataObject[]> {
			const { status, nodeOutputs, nodeErrors } = await run(parameters);
			expect({ status, errors: nodeErrors }).toEqual({ status: 'success', errors: {} });
			return nodeOutputs[ONE_CRM].map(({ json }) => json);
		}

		it('creates a record', async () => {
			const [created] = await items({
				resource: 'record',
				operation: 'create',
				module: { __rl: true, mode: 'name', value: 'Contact' },
				fields: {
					mappingMode: 'defineBelow',
					value: {
						first_name: 'Ines',
						last_name: 'Probe',
						birthdate: '1990-03-25',
						do_not_call: true,
					},
				},
				options: { checkDuplicates: true, returnRecord: true },
			});
			contactId = String(created.id);
			expect(created).toMatchObject({
				last_name: 'Probe',
				birthdate: '1990-03-25',
				do_not_call: '1',
			});
			expect(stage.sandbox.record('Contact', contactId)).toMatchObject({ first_name: 'Ines' });
		});

		it('gets the record by the address of its page', async () => {
			const address = `https://crm.example.com/index.php?module=Contacts&action=DetailView&record=${contactId}`;
			const [record] = await items({
				resource: 'record',
				operation: 'get',
				module: { __rl: true, mode: 'list', value: 'Contact' },
				recordId: { __rl: true, mode: 'url', value: address },
				returnFields: ['last_name', 'do_not_call'],
				options: { convertValues: true },
			});
			expect(record).toEqual({ id: contactId, last_name: 'Probe', do_not_call: true });
		});

		it('searches with text, filters, order and limit', async () => {
			const last_name = `Sample of ${authentication}`;
			for (const first_name of ['Bela', 'Dora', 'Anna', 'Carl']) {
				stage.sandbox.insert('Contact', { first_name, last_name, do_not_call: '1' });
			}
			stage.sandbox.insert('Contact', { first_name: 'Emil', last_name });
			const records = await items({
				resource: 'record',
				operation: 'search',
				module: { __rl: true, mode: 'name', value: 'Contact' },
				returnAll: false,
				limit: 3,
				filterText: last_name,
				filters: {
					conditions: [
						{
							filter: 'last_name',
							operator: 'eq',
							value: { __rl: true, mode: 'text', value: last_name },
						},
						{ filter: 'do_not_call', operator: 'eq', value: '1' },
					],
				},
				returnFields: ['first_name'],
				options: { sortField: 'first_name', sortDirection: 'DESC', includeClosed: true },
			});
			expect(records.map(({ first_name: name }) => name)).toEqual(['Dora', 'Carl', 'Bela']);
		});

		it('returns all records of several pages', async () => {
			for (let number = stage.sandbox.records('Account').length; number < 450; number++) {
				stage.sandbox.insert('Account', { name: `Account ${number}` });
			}
			const records = await items({
				resource: 'record',
				operation: 'search',
				module: { __rl: true, mode: 'name', value: 'Account' },
				returnAll: true,
				options: { parallelRequests: 4, timeout: 30 },
			});
			expect(new Set(records.map(({ id }) => id)).size).toBe(450);
		});

		it('updates the record', async () => {
			const [updated] = await items({
				resource: 'record',
				operation: 'update',
				module: { __rl: true, mode: 'name', value: 'Contact' },
				recordId: { __rl: true, mode: 'id', value: contactId },
				fields: {
					mappingMode: 'defineBelow',
					value: { title: 'Buyer', categories: ['Customers'] },
				},
			});
			expect(updated).toEqual({ id: contactId, title: 'Buyer', categories: 'Customers' });
			expect(stage.sandbox.record('Contact', contactId)).toMatchObject({ title: 'Buyer' });
		});

		it('deletes the record, and says clearly when it is not there any more', async () => {
			const parameters = {
				resource: 'record',
				operation: 'delete',
				module: { __rl: true, mode: 'name', value: 'Contact' },
				recordId: { __rl: true, mode: 'id', value: contactId },
			};
			expect(await items(parameters)).toEqual([{ id: contactId, deleted: true }]);
			const { nodeErrors } = await run(parameters);
			expect(nodeErrors[ONE_CRM].message).toBe(`Contact "${contactId}" was not found`);
		});

		it('lists modules and fields', async () => {
			const modules = await items({ resource: 'module', operation: 'getAll', returnAll: true });
			expect(modules).toContainEqual(expect.objectContaining({ name: 'aCase', label: 'Cases' }));
			const fields = await items({
				resource: 'field',
				operation: 'getAll',
				module: { __rl: true, mode: 'name', value: 'Contact' },
				returnAll: true,
			});
			expect(fields).toContainEqual(
				expect.objectContaining({ name: 'last_name', label: 'Last Name', required: true }),
			);
		});

		it('gets the own user', async () => {
			expect(await items({ resource: 'user', operation: 'getMe' })).toEqual([
				expect.objectContaining({ id: 'Users:1', recordId: '1' }),
			]);
		});

		it('uploads a file', async () => {
			const [file] = await items({
				resource: 'file',
				operation: 'upload',
				inputMode: 'manual',
				fileName: 'notes.txt',
				fileContent: 'Grüße',
			});
			expect(file).toMatchObject({ fileName: 'notes.txt', fileSize: 7 });
			expect(String(file.id)).toMatch(/^INCOMING~/);
		});

		it('calls the API', async () => {
			const [answer] = await items({
				resource: 'api',
				operation: 'call',
				method: 'GET',
				url: 'data/Account',
				query: { parameters: [{ name: 'limit', value: '1' }] },
				headers: { parameters: [{ name: 'X-Probe', value: 'yes' }] },
			});
			expect(answer).toMatchObject({ statusCode: 200, body: { records: [expect.any(Object)] } });
			const [{ headers }] = stage.sandbox.requests.slice(-1);
			expect(headers['x-probe']).toBe('yes');
		});

		it('refuses an unknown filter before it sends a search', async () => {
			stage.sandbox.clearRequests();
			const { nodeErrors } = await run({
				resource: 'record',
				operation: 'search',
				module: { __rl: true, mode: 'name', value: 'Contact' },
				filters: { conditions: [{ filter: 'nonsense', operator: 'eq', value: 'x' }] },
			});
			expect(nodeErrors[ONE_CRM].message).toMatch(/^Contact has no filter "nonsense"/);
			expect(stage.sandbox.requests.map(({ path }) => path)).not.toContain('/data/Contact');
		});
	},
);
