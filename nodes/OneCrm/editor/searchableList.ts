import type { INodeListSearchItems } from 'n8n-workflow';

/** The entries of an n8n list whose name or value contains what the user typed, ignoring case. */
export function containing(
	entries: INodeListSearchItems[],
	typed: string | undefined,
): INodeListSearchItems[] {
	const wanted = typed?.trim().toLowerCase() ?? '';
	return entries.filter(({ name, value }) =>
		[name, String(value)].some((text) => text.toLowerCase().includes(wanted)),
	);
}
