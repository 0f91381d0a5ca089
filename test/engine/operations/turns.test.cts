import type { INodeParameters } from 'n8n-workflow';
import { getMe } from '../../support/engine/simple-operations.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { workOf } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox();

beforeAll(async () => {
	await engine.items(getMe);
});
beforeEach(() => {
	for (const model of ['Account', 'Contact', 'Document']) sandbox.clear(model);
});

const titles = ['First', 'Second', 'Third', 'Last'];
const itemsOf = (values: string[]) => values.map((title) => ({ json: { title } }));

const updating = (recordId: string): INodeParameters => ({
	resource: 'record',
	operation: 'update',
	module: 'Contact',
	recordId,
	fields: { mappingMode: 'defineBelow', value: { title: '={{ $json.title }}' } },
});

describe('The last item wins', () => {
	it.each(['late', 'statusAfter'] as const)('when the first update is %s', async (kind) => {
		const id = sandbox.insert('Contact', { last_name: 'Berg' });
		sandbox.failNext({ kind, status: 502 }, { method: 'PATCH' });
		await engine.items(updating(id), { items: itemsOf(titles) });
		expect(sandbox.record('Contact', id)?.title).toBe('Last');
		const sent = workOf(sandbox).map(
			({ body }) => (body as { data: { title: string } }).data.title,
		);
		expect(sent.filter((title, index) => title !== sent[index - 1])).toEqual(titles);
	});

	it('when a call changes the record', async () => {
		const id = sandbox.insert('Contact', { last_name: 'Berg' });
		sandbox.failNext({ kind: 'late' }, { method: 'PATCH' });
		const call = {
			resource: 'api',
			operation: 'call',
			method: 'PATCH',
			url: `data/Contact/${id}`,
			body: '={{ { data: { title: $json.title } } }}',
		};
		await engine.items(call, { items: itemsOf(titles) });
		expect(sandbox.record('Contact', id)?.title).toBe('Last');
	});

	it('when records are recognised by their ID', async () => {
		sandbox.failNext({ kind: 'late' }, { method: 'PATCH' });
		const id = sandbox.insert('Contact', { last_name: 'Berg' });
		const parameters = {
			...updating(''),
			operation: 'upsert',
			fields: {
				mappingMode: 'defineBelow',
				value: { id, title: '={{ $json.title }}' },
				matchingColumns: ['id'],
			},
		};
		await engine.items(parameters, { items: itemsOf(titles) });
		expect(sandbox.record('Contact', id)?.title).toBe('Last');
	});

	it('when files become revisions of one document', async () => {
		const documentId = sandbox.insert('Document', { document_name: 'Offer' });
		sandbox.failNext({ kind: 'late' }, { path: /upload/, times: 2 });
		const upload = {
			resource: 'file',
			operation: 'upload',
			inputMode: 'manual',
			fileName: '={{ $json.title }}.txt',
			fileContent: 'text',
			attachTo: 'revision',
			documentId,
			attachFields: { fields: [{ name: 'revision', value: '={{ $json.title }}' }] },
		};
		await engine.items(upload, { items: itemsOf(titles) });
		const revisions = workOf(sandbox)
			.filter(({ path }) => path.includes('DocumentRevision'))
			.map(({ body }) => (body as { data: { revision: string } }).data.revision);
		expect(revisions).toEqual(titles);
	});

	it('when a contact is linked to one account after the other', async () => {
		const contact = sandbox.insert('Contact', { last_name: 'Berg' });
		const accounts = titles.map((name) => sandbox.insert('Account', { name }));
		sandbox.failNext({ kind: 'late' }, { method: 'POST', path: /contacts$/ });
		const add = {
			resource: 'relatedRecord',
			operation: 'add',
			module: 'Account',
			recordId: '={{ $json.title }}',
			link: 'contacts',
			relatedIds: contact,
		};
		await engine.items(add, { items: itemsOf(accounts) });
		const paths = workOf(sandbox).map(({ path }) => path.split('/')[3]);
		expect(paths).toEqual(accounts);
	});
});

it('items with targets of their own do not wait for one another', async () => {
	const ids = titles.map((last_name) => sandbox.insert('Contact', { last_name }));
	sandbox.gather(titles.length, { method: 'PATCH' });
	await engine.items(updating('={{ $json.title }}'), { items: itemsOf(ids) });
	expect(sandbox.inFlightPeak).toBe(titles.length);
});

describe('A run that an item stops', () => {
	const creating: INodeParameters = {
		...updating(''),
		operation: 'create',
		fields: { mappingMode: 'defineBelow', value: { last_name: '={{ $json.title }}' } },
	};
	const names = (count: number, bad: number) =>
		itemsOf(Array.from({ length: count }, (_, index) => (index === bad ? '' : `Name ${index}`)));

	it.each([1, 8])('says which items were done, with %i at a time', async (parallelRequests) => {
		const parameters = { ...creating, options: { parallelRequests } };
		const error = await engine.failure(parameters, { items: names(30, 10) });
		expect(error.context.itemIndex).toBe(10);
		const [, told = ''] = /these were done: ([\d, to]+)/.exec(error.description ?? '') ?? [];
		const done = told.split(', ').flatMap((range) => {
			const [from, to = from] = range.split(' to ').map(Number);
			return Array.from({ length: to - from + 1 }, (_, index) => `Name ${from + index}`);
		});
		const made = sandbox.records('Contact').map(({ last_name: name }) => String(name));
		expect([...done].sort()).toEqual(made.sort());
	});

	it('says nothing of items when it has only read', async () => {
		const id = sandbox.insert('Contact', { last_name: 'Berg' });
		const get = { ...updating('={{ $json.title }}'), operation: 'get' };
		const error = await engine.failure(get, { items: itemsOf([id, id, 'gone']) });
		expect(error.description).not.toContain('were done');
	});

	it('does not let those go on that wait for their turn', async () => {
		const id = sandbox.insert('Contact', { last_name: 'Berg' });
		sandbox.failNext({ kind: 'status', status: 400, message: 'No' }, { method: 'PATCH' });
		await engine.failure(updating(id), { items: itemsOf(titles) });
		expect(workOf(sandbox)).toHaveLength(1);
	});
});
