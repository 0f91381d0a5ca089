import type { INodeParameters } from 'n8n-workflow';
import { getMe } from '../../support/engine/simple-operations.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';

const { sandbox, engine } = engineWithSandbox();

beforeAll(async () => {
	await engine.items(getMe);
});

const parametersOf = (module: string): INodeParameters => ({
	module: { __rl: true, mode: 'name', value: module },
	filters: { conditions: [{ filter: 'last_name', value: '' }] },
});
const VALUE_PATH = { path: 'parameters.filters.conditions[0].value' };

type Load = (parameters: INodeParameters) => Promise<unknown>;

const OF_A_MODULE: Array<[string, Load]> = [
	['searchRecords', (parameters) => engine.listSearch('searchRecords', parameters)],
	[
		'searchFilterValues',
		(parameters) => engine.listSearch('searchFilterValues', parameters, VALUE_PATH),
	],
	['getFields', (parameters) => engine.loadOptions('getFields', parameters)],
	['getSortFields', (parameters) => engine.loadOptions('getSortFields', parameters)],
	['getFilters', (parameters) => engine.loadOptions('getFilters', parameters)],
	['getCreateFields', (parameters) => engine.mapperFields('getCreateFields', parameters)],
	['getUpdateFields', (parameters) => engine.mapperFields('getUpdateFields', parameters)],
];

const ALL: Array<[string, Load]> = [
	['searchModules', (parameters) => engine.listSearch('searchModules', parameters)],
	...OF_A_MODULE,
];

describe.each(ALL)('%s', (_name, load) => {
	it.each([
		['an error', { kind: 'status', status: 500, message: 'Out of memory' }, 'Out of memory'],
		[
			'a refusal',
			{ kind: 'status', status: 403, message: 'Edition without API' },
			'Edition without API',
		],
		['a web page', { kind: 'html' }, "This address doesn't answer like a 1CRM API"],
		['errors with status 200', { kind: 'errorsIn200', message: 'Not now' }, 'Not now'],
	] as const)('tells the user of %s', async (_what, fault, message) => {
		sandbox.failNext(fault);
		const failure: unknown = await load(parametersOf('Contact')).catch((error: unknown) => error);
		expect(failure).toMatchObject({ name: 'NodeApiError', message });
	});

	it('works again afterwards', async () => {
		const before = await load(parametersOf('Contact'));
		sandbox.failNext({ kind: 'status', status: 500, message: 'Out of memory' });
		await expect(load(parametersOf('Contact'))).rejects.toThrow('Out of memory');
		expect(await load(parametersOf('Contact'))).toEqual(before);
	});
});

it.each(OF_A_MODULE)('%s names a module that 1CRM does not know', async (_name, load) => {
	await expect(load(parametersOf('Contacts'))).rejects.toThrow('Model Contacts not found');
});
