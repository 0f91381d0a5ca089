import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A JSON schema as far as the files of this package use it. */
interface Schema {
	type: string | string[];
	properties?: Record<string, Schema>;
	items?: Schema;
}

const NODES = join(__dirname, '..', '..', '..', 'dist', 'nodes');

/** A schema of the built package, by its path below the nodes. */
export function builtSchema(path: string): Schema {
	return JSON.parse(readFileSync(join(NODES, path), 'utf8')) as Schema;
}

/**
 * The places where a value doesn't match its schema: a property is missing or has another type. Additional
 * properties are allowed, because modules of 1CRM have their own fields.
 */
export function mismatches(schema: Schema, value: unknown, path = 'output'): string[] {
	const wanted = [schema.type].flat();
	if (!wanted.some((type) => hasType(value, type))) {
		return [`${path} is ${JSON.stringify(value)}, not ${wanted.join(' or ')}`];
	}
	if (Array.isArray(value)) {
		const { items } = schema;
		return items ? value.flatMap((entry, at) => mismatches(items, entry, `${path}[${at}]`)) : [];
	}
	const properties = value === null ? [] : Object.entries(schema.properties ?? {});
	return properties.flatMap(([name, property]) =>
		mismatches(property, (value as Record<string, unknown>)[name], `${path}.${name}`),
	);
}

function hasType(value: unknown, type: string): boolean {
	switch (type) {
		case 'null':
			return value === null;
		case 'array':
			return Array.isArray(value);
		case 'integer':
			return Number.isInteger(value);
		case 'object':
			return typeof value === 'object' && value !== null && !Array.isArray(value);
		default:
			return typeof value === type;
	}
}
