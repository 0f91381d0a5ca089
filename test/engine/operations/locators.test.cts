import type { INodeParameters, NodeParameterValueType } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox();

beforeAll(() => {
	sandbox.insert('Contact', { id: 'contact-1', last_name: 'Berg' });
});

const getting = (module: NodeParameterValueType, recordId: NodeParameterValueType) =>
	({ resource: 'record', operation: 'get', module, recordId }) as INodeParameters;

const locator = (mode: string, value: string) => ({ __rl: true as const, mode, value });
const page = (query: string) => `https://crm.example.com/sales/index.php?${query}`;
const ITEMS = [{ json: { module: 'Contact', id: 'contact-1' } }];

it.each<[string, NodeParameterValueType]>([
	['from the list', locator('list', 'Contact')],
	['by name', locator('name', 'Contact')],
	['by an expression', locator('name', '={{ $json.module }}')],
	['with spaces around it', locator('name', ' Contact ')],
	['as a plain text', 'Contact'],
])('finds a module %s', async (_how, module) => {
	const [record] = await engine.items(getting(module, 'contact-1'), { items: ITEMS });
	expect(record.last_name).toBe('Berg');
	expect(sentTo(sandbox)).toEqual(['GET /data/Contact/contact-1']);
});

it.each<[string, NodeParameterValueType]>([
	['from the list', locator('list', 'contact-1')],
	['by id', locator('id', 'contact-1')],
	['by an expression', locator('id', '={{ $json.id }}')],
	['with spaces around it', locator('id', ' contact-1\n')],
	['by its page', locator('url', page('module=Contacts&action=DetailView&record=contact-1'))],
	['by its page with more behind', locator('url', page('record=contact-1&return_module=X#top'))],
	['by a page of an expression', locator('url', `={{ "${page('record=')}" + $json.id }}`)],
	['as a plain text', 'contact-1'],
	['as a plain expression', '={{ $json.id }}'],
])('finds a record %s', async (_how, recordId) => {
	const [record] = await engine.items(getting('Contact', recordId), { items: ITEMS });
	expect(record.last_name).toBe('Berg');
	expect(sentTo(sandbox)).toEqual(['GET /data/Contact/contact-1']);
});

it('takes an id that an expression gives as a number', async () => {
	const [user] = await engine.items(getting('User', '={{ 1 }}'));
	expect(user).toMatchObject({ id: '1', user_name: 'admin' });
});

it('asks for a record of the 1CRM of the credential, whatever host a page has', async () => {
	const address = 'https://evil.example/index.php?record=contact-1';
	await engine.items(getting('Contact', locator('url', address)));
	expect(sentTo(sandbox)).toEqual(['GET /data/Contact/contact-1']);
});

it('refuses a page without a record before the node runs', async () => {
	const recordId = locator('url', page('module=Contacts&action=index'));
	await expect(engine.run(getting('Contact', recordId))).rejects.toThrow(
		'it doesn\'t contain "record="',
	);
	expect(sandbox.requests).toEqual([]);
});

it('refuses a page without a record that an expression gives', async () => {
	const recordId = locator('url', `={{ "${page('module=Contacts&action=index')}" }}`);
	const error = await engine.failure(getting('Contact', recordId));
	expect(`${error.message} ${error.description ?? ''}`).toContain('Record');
	expect(sentTo(sandbox)).toEqual([]);
});
