import { LISTED_MODULES } from '../../sandbox/modules/modules.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';

const { sandbox, engine } = engineWithSandbox();

const search = async (filter?: string) =>
	(await engine.listSearch('searchModules', {}, { filter })).results;

describe.each([
	['objects', 'Cases (aCase)'],
	['map', 'Cases (aCase)'],
	['modulesKey', 'Cases (aCase)'],
	['strings', 'aCase'],
] as const)('an answer of %s', (modulesShape, caseName) => {
	beforeEach(() => {
		sandbox.variants.modulesShape = modulesShape;
	});

	it('shows every module, by name in alphabetical order', async () => {
		const results = await search();
		const names = results.map(({ name }) => name);
		expect(names).toHaveLength(LISTED_MODULES.length);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
		expect(results).toContainEqual({ name: caseName, value: 'aCase' });
	});

	it('finds a module by part of its name in any case', async () => {
		expect((await search('CASE')).map(({ value }) => value)).toEqual(['aCase']);
		expect(await search(' acase ')).toHaveLength(1);
		expect(await search('nothing like it')).toEqual([]);
	});
});

it('finds a module by its label', async () => {
	sandbox.variants.modulesShape = 'objects';
	expect(await search('opportunities')).toEqual([
		{ name: 'Opportunities (Opportunity)', value: 'Opportunity' },
	]);
});
