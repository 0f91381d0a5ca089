import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

export interface DescribedOperation {
	resource: string;
	operation: string;
	option: INodePropertyOptions;
	/** What is shown when the operation is chosen. */
	parameters: INodeProperties[];
}

export function choices(property: INodeProperties | undefined): INodePropertyOptions[] {
	return (property?.options ?? []).filter((option) => 'value' in option);
}

/** The operations of a node, read from its description as the editor reads it. */
export function describedOperations(properties: INodeProperties[]): DescribedOperation[] {
	return properties
		.filter(({ name }) => name === 'operation')
		.flatMap((property) => {
			const resource = String(property.displayOptions?.show?.resource?.[0]);
			return choices(property).map((option) => ({
				resource,
				operation: String(option.value),
				option,
				parameters: parametersOf(properties, resource, String(option.value)),
			}));
		});
}

function parametersOf(
	properties: INodeProperties[],
	resource: string,
	operation: string,
): INodeProperties[] {
	// A hidden one keeps a collection as it is written, and isn't a parameter of its own.
	const visible = properties.filter(({ type }) => type !== 'hidden');
	return visible.filter(({ displayOptions }) => {
		const { resource: resources, operation: operations } = displayOptions?.show ?? {};
		return resources?.includes(resource) === true && operations?.includes(operation) === true;
	});
}
