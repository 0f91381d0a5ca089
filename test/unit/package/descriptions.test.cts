import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { INodeProperties, INodeType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { choices, describedOperations } from '../../support/package/described-operations.cts';
import {
	allProperties,
	manifest,
	PACKAGE_FOLDER,
	publishedCredential,
	publishedNode,
	publishedNodes,
} from '../../support/package/published.cts';

const nodes = publishedNodes().map(({ path, type }) => ({
	path,
	type,
	name: type.description.name,
	properties: type.description.properties,
}));

/** The names of the methods that the parameters ask the node for, by kind. */
function namedMethods(properties: INodeProperties[]): Record<string, string[]> {
	const all = allProperties(properties);
	const modes = all.flatMap((property) => property.modes ?? []);
	const named: Record<string, Array<string | undefined>> = {
		listSearch: modes.map(({ typeOptions }) => typeOptions?.searchListMethod),
		loadOptions: all.map(({ typeOptions }) => typeOptions?.loadOptionsMethod),
		resourceMapping: all.map(
			({ typeOptions }) => typeOptions?.resourceMapper?.resourceMapperMethod,
		),
	};
	return Object.fromEntries(
		Object.entries(named).map(([kind, names]) => [kind, unique(names.filter((name) => name))]),
	);
}

const unique = (names: unknown[]) => [...new Set(names.map(String))].sort();

function providedMethods({ methods = {} }: INodeType): Record<string, string[]> {
	const provided = Object.fromEntries(
		Object.entries(methods).map(([kind, own]) => [kind, unique(Object.keys(own))]),
	);
	return { listSearch: [], loadOptions: [], resourceMapping: [], ...provided };
}

describe.each(nodes)('$name', ({ path, type, properties }) => {
	it('has every method that its parameters name, and no other', () => {
		const named = namedMethods(properties);
		expect(named.listSearch).toContain('searchModules');
		expect(providedMethods(type)).toEqual(named);
	});

	it('has icons for both themes that are in the package', () => {
		const icons = Object.entries(type.description.icon ?? {});
		expect(icons.map(([theme]) => theme)).toEqual(['light', 'dark']);
		for (const [, icon] of icons) {
			const file = resolve(PACKAGE_FOLDER, dirname(path), icon.replace(/^file:/, ''));
			expect(existsSync(file)).toBe(true);
			expect(file.startsWith(join(PACKAGE_FOLDER, 'dist'))).toBe(true);
		}
	});

	it('gives every parameter a name to show and a default', () => {
		for (const { name, displayName, default: initial } of allProperties(properties)) {
			expect({ name, displayName }).toEqual({ name, displayName: expect.stringMatching(/\S/) });
			expect({ name, initial }).not.toEqual({ name, initial: undefined });
		}
	});

	it('has defaults that can be chosen', () => {
		for (const property of allProperties(properties)) {
			const { name, default: initial, typeOptions } = property;
			if (property.type !== 'options' || typeOptions?.loadOptionsMethod) continue;
			const values = choices(property).map(({ value }) => value);
			expect({ name, values }).toEqual({ name, values: expect.arrayContaining([initial]) });
			expect(new Set(values).size).toBe(values.length);
		}
	});

	it('needs the credential of this package only', () => {
		expect(type.description.credentials?.map(({ name }) => name)).toEqual([
			publishedCredential().name,
		]);
	});
});

describe('the action node', () => {
	const { description } = publishedNode('oneCrm');
	const operations = describedOperations(description.properties);

	it('can be a tool of an AI agent; the trigger cannot', () => {
		expect(description.usableAsTool).toBe(true);
		expect(publishedNode('oneCrmTrigger').description.usableAsTool).toBeFalsy();
		expect(publishedNode('oneCrmTrigger').description.group).toEqual(['trigger']);
	});

	it('has operations for each resource, and a resource for each operation', () => {
		const [resource] = description.properties.filter(({ name }) => name === 'resource');
		expect(unique(operations.map((operation) => operation.resource))).toEqual(
			unique(choices(resource).map(({ value }) => value)),
		);
	});

	it.each(operations)('says what $resource:$operation does', ({ option, parameters }) => {
		expect(option).toMatchObject({
			name: expect.stringMatching(/\S/),
			action: expect.stringMatching(/^[A-Z]\S* \S/),
			description: expect.stringMatching(/\S/),
		});
		const names = parameters.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
	});

	it('has no two operations of the same words', () => {
		const actions = operations.map(({ option }) => option.action);
		expect(new Set(actions).size).toBe(actions.length);
	});

	it.each(operations)('describes the output of $resource:$operation', (described) => {
		const { resource, operation } = described;
		const schema = join('dist/nodes/OneCrm/__schema__/v1.0.0', resource, `${operation}.json`);
		expect(existsSync(join(PACKAGE_FOLDER, schema))).toBe(true);
	});

	it('describes no output that no operation has', () => {
		const folder = join(PACKAGE_FOLDER, 'nodes/OneCrm/__schema__/v1.0.0');
		const schemas = readdirSync(folder, { encoding: 'utf8', recursive: true });
		const wanted = operations.map(({ resource, operation }) => join(resource, `${operation}.json`));
		expect(schemas.filter((path) => path.endsWith('.json')).sort()).toEqual(wanted.sort());
	});

	it('shows no parameter that belongs to no operation', () => {
		const shown = operations.flatMap(({ parameters }) => parameters);
		// Each collection has a hidden twin, which keeps what n8n would empty.
		const visible = description.properties.filter(({ type }) => type !== 'hidden');
		const rest = visible.filter((property) => !shown.includes(property));
		expect(unique(rest.map(({ name }) => name))).toEqual(['operation', 'resource']);
	});

	it('keeps what a workflow holds as n8n reads it', () => {
		const kept = {
			resource: 'record',
			operation: 'search',
			module: { __rl: true, mode: 'name', value: 'Contact' },
			filters: { conditions: [{ filter: 'last_name', operator: 'like', value: 'B' }] },
			options: { sortField: 'last_name' },
		};
		const node = {
			id: '1',
			name: '1CRM',
			type: `${manifest.name}.oneCrm`,
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: kept,
		};
		expect(
			NodeHelpers.getNodeParameters(description.properties, kept, true, false, node, description),
		).toMatchObject(kept);
	});
});
