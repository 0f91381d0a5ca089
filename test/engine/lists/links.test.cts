import type { INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';

const { sandbox, engine } = engineWithSandbox();

async function linksOf(module: INodeParameters['module'], filter?: string): Promise<unknown[]> {
	const path = 'parameters.link';
	const { results } = await engine.listSearch('searchLinks', { module }, { filter, path });
	return results.map(({ value }) => value);
}

const DOCUMENT = ['adjustments_link', 'comments_link', 'line_groups_link', 'lines_link'];

it.each([
	['Account', ['contacts', 'notes']],
	['Contact', ['accounts', 'notes']],
	['Lead', ['notes']],
	['Quote', [...DOCUMENT, 'notes']],
	['Invoice', ['payments', ...DOCUMENT, 'notes']],
	['Assembly', ['products']],
	['Project', ['project_tasks', 'contacts', 'notes']],
	['Meeting', ['resources', 'contacts', 'notes']],
	['ProspectList', ['contacts']],
])('shows the links of %s, its own first', async (module, links) => {
	expect(await linksOf(module)).toEqual(links);
});

it.each(['Note', 'Campaign', 'Own_Module', 'constructor'])(
	'shows none of %s, of which no link is known',
	async (module) => {
		expect(await linksOf(module)).toEqual([]);
	},
);

it('shows them under a label', async () => {
	const { results } = await engine.listSearch(
		'searchLinks',
		{ module: 'Quote' },
		{ path: 'parameters.link' },
	);
	expect(results).toContainEqual({ name: 'Line Groups', value: 'line_groups_link' });
});

it.each([
	['LINE', ['line_groups_link', 'lines_link']],
	['notes', ['notes']],
	['nothing', []],
])('narrows them to %s', async (filter, links) => {
	expect(await linksOf('Quote', filter)).toEqual(links);
});

it('takes the module of a locator', async () => {
	const module = { __rl: true, mode: 'list', value: 'Assembly' } as const;
	expect(await linksOf(module)).toContain('products');
});

it('asks the server nothing', async () => {
	sandbox.clearRequests();
	await linksOf('Account');
	expect(sandbox.requests).toEqual([]);
});
