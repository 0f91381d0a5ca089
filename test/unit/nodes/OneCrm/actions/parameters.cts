import type { IExecuteFunctions } from 'n8n-workflow';

/** A node with these parameters; n8n gives the fallback for every other one. */
export function nodeWith(parameters: Record<string, unknown>): IExecuteFunctions {
	return {
		getNodeParameter: (name: string, _: number, fallback?: unknown) =>
			name in parameters ? parameters[name] : fallback,
	} as unknown as IExecuteFunctions;
}
