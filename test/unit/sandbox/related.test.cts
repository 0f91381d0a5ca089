import { clientOf } from '../../support/client.cts';
import { sandboxForTests } from '../../support/sandbox-for-tests.cts';

describe('related records', () => {
	const sandbox = sandboxForTests();

	it('are linked in pairs, seen from both sides, with data if given', async () => {
		const client = clientOf(sandbox);
		const meeting = sandbox.insert('Meeting', { name: 'Kick-off' });
		const first = sandbox.insert('Contact', { last_name: 'One' });
		const second = sandbox.insert('Contact', { last_name: 'Two' });
		const body = { records: [first], records_with_data: [{ id: second, quantity: 2 }] };
		const path = `/data/Meeting/${meeting}/contacts`;
		expect((await client.post(path, body)).data).toEqual({ result: true });
		expect((await client.get(`${path}?order=last_name`)).data).toMatchObject({
			records: [{ last_name: 'One' }, { last_name: 'Two' }],
			total_results: 2,
		});
		expect(sandbox.linked('Meeting', meeting, 'contacts').get(second)).toEqual({ quantity: 2 });
		expect((await client.get(`/data/Contact/${first}/meetings`)).data.total_results).toBe(1);
		expect((await client.delete(`${path}/${first}`)).data).toEqual({ result: true });
		expect((await client.get(path)).data.total_results).toBe(1);
	});

	it.each([
		['Assembly', 'products', 'Product'],
		['KBArticle', 'documents', 'Document'],
		['KBCategory', 'articles', 'KBArticle'],
		['KBCategory', 'subcategories', 'KBCategory'],
		['Meeting', 'resources', 'Resource'],
		['Project', 'project_tasks', 'ProjectTask'],
		['ProspectList', 'contacts', 'Contact'],
		['Bug', 'contacts', 'Contact'],
	])('of %s are linked as %s', async (model, link, target) => {
		const client = clientOf(sandbox);
		const owner = sandbox.insert(model, { name: 'Owner' });
		const other = sandbox.insert(target, { name: 'Other', last_name: 'Other' });
		const path = `/data/${model}/${owner}/${link}`;
		await client.post(path, { records: [other], records_with_data: [] });
		expect((await client.get(path)).data).toMatchObject({
			records: [{ id: other }],
			total_results: 1,
		});
	});

	it('are linked by a column of theirs', async () => {
		const client = clientOf(sandbox);
		const account = sandbox.insert('Account', { name: 'Birch' });
		const chance = sandbox.insert('Opportunity', { name: 'Chance' });
		await client.post(`/data/Account/${account}/opportunities`, { records: [chance] });
		expect(sandbox.record('Opportunity', chance)?.account_id).toBe(account);
		const note = sandbox.insert('Note', {
			name: 'Said',
			parent_type: 'Accounts',
			parent_id: account,
		});
		const { data } = await client.get(`/data/Account/${account}/notes`);
		expect(data.records).toMatchObject([{ id: note, parent: 'Birch' }]);
		await client.delete(`/data/Account/${account}/opportunities/${chance}`);
		expect(sandbox.record('Opportunity', chance)?.account_id).toBeNull();
	});

	it('are refused for links and records that are not there', async () => {
		const client = clientOf(sandbox);
		const account = sandbox.insert('Account', { name: 'Alder' });
		const unknown = await client.get(`/data/Account/${account}/friends`);
		expect([unknown.status, unknown.data]).toEqual([404, { message: 'Link friends not found' }]);
		sandbox.variants.unknownLink = 'badRequest';
		expect((await client.get(`/data/Account/${account}/friends`)).status).toBe(400);
		const body = { records: ['none'], records_with_data: [] };
		expect((await client.post(`/data/Account/${account}/contacts`, body)).status).toBe(404);
		expect((await client.get('/data/Account/none/contacts')).status).toBe(404);
	});
});
