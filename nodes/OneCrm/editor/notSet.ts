import type { INodePropertyOptions } from 'n8n-workflow';

/** An empty choice. */
const NOT_SET: INodePropertyOptions = { name: 'Not Set', value: '' };

/** A list from which one entry is chosen. Without an empty entry, n8n marks as wrong what nobody has filled in. */
export function withNotSet(options: INodePropertyOptions[]): INodePropertyOptions[] {
	return [NOT_SET, ...options.filter(({ value }) => value !== NOT_SET.value)];
}
