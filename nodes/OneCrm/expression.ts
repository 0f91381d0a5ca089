import type { IExecuteFunctions } from 'n8n-workflow';
import { isResourceLocatorValue } from 'n8n-workflow';

/** Whether a parameter holds an expression that a person wrote, and not one that asks an AI agent. */
export function isExpressionOfUser(context: IExecuteFunctions, parameter: string): boolean {
	const written = context.getNode().parameters[parameter];
	const text = isResourceLocatorValue(written) ? written.value : written;
	return typeof text === 'string' && text.startsWith('=') && !text.includes('$fromAI');
}
