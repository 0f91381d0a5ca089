import type { INodeParameters } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { workOf } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox();
let existing: string;

beforeEach(() => {
	sandbox.clear('Contact');
	existing = sandbox.insert('Contact', { first_name: 'Ada', last_name: 'Berg' });
});

const creating = (first_name: string, checkDuplicates: boolean): INodeParameters => ({
	resource: 'record',
	operation: 'create',
	module: 'Contact',
	fields: { mappingMode: 'defineBelow', value: { first_name, last_name: 'Berg' } },
	options: { checkDuplicates },
});

it.each([
	['list', (id: string) => `Possible duplicate: Ada Berg (${id})`],
	['string', (id: string) => `Possible duplicate: Ada Berg (${id})`],
	['map', (id: string) => `first_name: Possible duplicate: Ada Berg (${id})`],
	['status400', (id: string) => `Contact exists: ${id}`],
] as const)('names the duplicate that the server tells as %s', async (variant, message) => {
	sandbox.variants.duplicates = variant;
	const error = await engine.failure(creating('Ada', true));
	expect(error.message).toBe(message(existing));
	expect(error.context.itemIndex).toBe(0);
	expect(sandbox.records('Contact')).toHaveLength(1);
});

it('creates a record that has no duplicate', async () => {
	await engine.items(creating('Eva', true));
	expect(workOf(sandbox)[0].query).toEqual({ check_duplicates: '1' });
	expect(sandbox.records('Contact')).toHaveLength(2);
});

it('creates a second one when not asked to check', async () => {
	await engine.items(creating('Ada', false));
	expect(workOf(sandbox)[0].query).toEqual({});
	expect(sandbox.records('Contact')).toHaveLength(2);
});

it('lets the other items go through', async () => {
	const { items } = await engine.run(creating('={{ $json.name }}', true), {
		items: ['Eva', 'Ada', 'Ines'].map((name) => ({ json: { name } })),
		continueOnFail: true,
	});
	expect(items.map(({ json }) => json.error ?? json.first_name)).toEqual([
		'Eva',
		`Possible duplicate: Ada Berg (${existing})`,
		'Ines',
	]);
	expect(sandbox.records('Contact')).toHaveLength(3);
});
