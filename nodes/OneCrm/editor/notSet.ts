import type { INodePropertyOptions } from 'n8n-workflow';

/** An empty choice. */
const NOT_SET: INodePropertyOptions = { name: 'Not Set', value: '' };

/** A list of which one entry is chosen. Without an empty one, n8n marks a field that nobody has filled in as wrong. */
export function withNotSet(options: INodePropertyOptions[]): INodePropertyOptions[] {
	return [NOT_SET, ...options.filter(({ value }) => value !== NOT_SET.value)];
}
