import { publishedNode } from '../support/package/published.cts';
import type { HandWritten } from './hand-written.cts';
import { handWritten } from './hand-written.cts';
import { outputLine } from './output.cts';
import { parameterTable } from './parameters.cts';
import { sentence } from './words.cts';

/** The page of the trigger, in blocks. */
export function triggerPage(parts: HandWritten): string[] {
	const { displayName, description, properties } = publishedNode('oneCrmTrigger').description;
	return [
		`# ${displayName}`,
		sentence(description),
		handWritten(parts, 'introduction'),
		'## Parameters',
		parameterTable(properties),
		'## Output',
		handWritten(parts, 'output'),
		outputLine('nodes/OneCrmTrigger/__schema__/v1.0.0/output.json'),
		handWritten(parts, 'background'),
	];
}
