import type { IExecuteFunctions } from 'n8n-workflow';

import { readParameter } from './parameter';

/**
 * The value of an entry of 'Options', or `fallback`. Without n8n's validation: it has none for an option, and
 * looks through all parameters to find that out.
 */
export function readOption(
	context: IExecuteFunctions,
	itemIndex: number,
	option: string,
	fallback: boolean | number,
): unknown {
	return readParameter(context, itemIndex, `options.${option}`, fallback);
}
