import type { INodeProperties } from 'n8n-workflow';

const COLLECTIONS = ['collection', 'fixedCollection'];

/**
 * The same properties, each collection followed by a hidden property of the same name.
 *
 * n8n empties a collection before the node runs if it is written as one expression, as JSON text or as a list, not as
 * the editor writes it. A search would then list every record. n8n leaves the value of a hidden property as it is
 * written, so the node can read it or refuse it.
 */
export function keptAsWritten(properties: INodeProperties[]): INodeProperties[] {
	return properties.flatMap((property) => {
		if (!COLLECTIONS.includes(property.type)) return [property];
		const { displayName, name, displayOptions, default: initial } = property;
		return [property, { displayName, name, displayOptions, default: initial, type: 'hidden' }];
	});
}
