import type { INodeListSearchItems } from 'n8n-workflow';

/** The entries of a list of n8n whose name or value contains what the user typed, in any case. */
export function containing(
	entries: INodeListSearchItems[],
	typed: string | undefined,
): INodeListSearchItems[] {
	const wanted = typed?.trim().toLowerCase() ?? '';
	return entries.filter(({ name, value }) =>
		[name, String(value)].some((text) => text.toLowerCase().includes(wanted)),
	);
}
