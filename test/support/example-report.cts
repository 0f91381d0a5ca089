import type { INodeExecutionData } from 'n8n-workflow';

const SHOWN_ITEMS = 3;
const SHOWN_CHARACTERS = 400;

/** What an example did when it ran, and what went wrong. */
export interface ExampleRun {
	/** The items of each node that should return some. */
	outputs: Array<{ node: string; items: INodeExecutionData[] }>;
	problems: string[];
}

/** Lines that show the output of each node of an example, and its problems. */
export function describeRun(name: string, { outputs, problems }: ExampleRun): string[] {
	const lines = [`${problems.length === 0 ? '✓' : '✗'} ${name}`];
	for (const { node, items } of outputs) {
		lines.push(`    ${node}: ${items.length} ${items.length === 1 ? 'item' : 'items'}`);
		lines.push(...items.slice(0, SHOWN_ITEMS).map((item) => `      ${describeItem(item)}`));
		if (items.length > SHOWN_ITEMS) lines.push(`      … ${items.length - SHOWN_ITEMS} more`);
	}
	lines.push(...problems.map((problem) => `    PROBLEM: ${problem}`));
	return lines;
}

function describeItem({ json, binary }: INodeExecutionData): string {
	const files = Object.values(binary ?? {}).map(
		({ fileName, mimeType, fileSize }) => `<file ${fileName}, ${mimeType}, ${fileSize}>`,
	);
	const text = JSON.stringify(json);
	const shown = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)} …` : text;
	return [shown, ...files].join(' ');
}
