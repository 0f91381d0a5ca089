import type { INodeProperties, NodePropertyTypes } from 'n8n-workflow';

const TYPES: Partial<Record<NodePropertyTypes, string>> = {
	boolean: 'on or off',
	collection: 'settings to add',
	dateTime: 'date and time',
	fixedCollection: 'list',
	json: 'JSON',
	multiOptions: 'choices',
	options: 'choice',
	resourceLocator: 'choice or typed',
	resourceMapper: 'values of fields',
	string: 'text',
};

/** The type of a parameter in plain words. */
export function typeInWords({ type }: INodeProperties): string {
	return TYPES[type] ?? type;
}

/** The default of a parameter, empty if it has none. */
export function defaultInWords({ default: initial }: INodeProperties): string {
	if (typeof initial === 'boolean') return initial ? 'on' : 'off';
	return typeof initial === 'number' || (typeof initial === 'string' && initial !== '')
		? `\`${initial}\``
		: '';
}

/** A text of a description as a sentence in Markdown. */
export function sentence(text: string | undefined): string {
	const markdown = (text ?? '').replace(/<a href="([^"]+)">(.*?)<\/a>/g, '[$2]($1)').trim();
	return markdown === '' || markdown.endsWith('.') ? markdown : `${markdown}.`;
}

/** `['A', 'B', 'C']` → `A, B or C`. */
export function either(words: string[]): string {
	const last = words.at(-1) ?? '';
	return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}
