import type { IExecuteFunctions } from 'n8n-workflow';

const told = new WeakMap<IExecuteFunctions, Set<string>>();

/** Shows a hint about names above the output of the node: about each of them once, however many items have it. */
export function tellOnce(
	context: IExecuteFunctions,
	names: string[],
	hint: (names: string) => string,
): void {
	if (names.length === 0) return;
	const known = told.get(context) ?? new Set<string>();
	told.set(context, known);
	const untold = names.filter((name) => !known.has(name));
	if (untold.length === 0) return;
	for (const name of untold) known.add(name);
	context.addExecutionHints({ message: hint(untold.join(', ')), location: 'outputPane' });
}
