import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_FOLDER, readJson } from '../support/package/published.cts';

/** A schema of the kind from which n8n shows an output before the first run. */
interface OutputSchema {
	type: string | string[];
	properties?: Record<string, OutputSchema>;
	items?: OutputSchema;
}

/** One line with what an output contains by default, from the schema below `nodes/`. */
export function outputLine(schemaPath: string): string {
	if (!existsSync(join(PACKAGE_FOLDER, schemaPath))) return '';
	const { properties = {} } = readJson<OutputSchema>(schemaPath);
	const listed = Object.entries(properties).map(([name, value]) => `\`${name}\` (${kind(value)})`);
	return `**Output by default:** ${listed.join(', ')}`;
}

function kind({ type, items }: OutputSchema): string {
	const kinds = [type].flat().join(' or ');
	return items ? `${kinds} of ${[items.type].flat().join(' or ')}` : kinds;
}
