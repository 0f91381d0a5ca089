import { join } from 'node:path';
import type { DescribedOperation } from '../support/package/described-operations.cts';
import { choices, describedOperations } from '../support/package/described-operations.cts';
import { publishedNode } from '../support/package/published.cts';
import type { HandWritten } from './hand-written.cts';
import { handWritten } from './hand-written.cts';
import { outputLine } from './output.cts';
import { parameterTable } from './parameters.cts';
import { sentence } from './words.cts';

interface DescribedResource {
	value: string;
	name: string;
	operations: DescribedOperation[];
}

/** The resources of the built node with their operations. */
export function describedResources(): DescribedResource[] {
	const { properties } = publishedNode('oneCrm').description;
	const operations = describedOperations(properties);
	return choices(properties.find(({ name }) => name === 'resource')).map(({ name, value }) => ({
		name,
		value: String(value),
		operations: operations.filter(({ resource }) => resource === value),
	}));
}

/** The page of a resource, in blocks. */
export function resourcePage(resource: DescribedResource, parts: HandWritten): string[] {
	return [
		`# ${resource.name}`,
		handWritten(parts, 'introduction'),
		...resource.operations.flatMap((operation) => operationBlocks(operation, parts)),
	];
}

function operationBlocks(described: DescribedOperation, parts: HandWritten): string[] {
	const { resource, operation, option, parameters } = described;
	const schemas = 'nodes/OneCrm/__schema__/v1.0.0';
	return [
		`## ${option.name}`,
		sentence(option.description),
		handWritten(parts, operation),
		parameterTable(parameters),
		outputLine(join(schemas, resource, `${operation}.json`)),
	];
}
