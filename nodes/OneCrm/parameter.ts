import type { IExecuteFunctions } from 'n8n-workflow';
import { isResourceLocatorValue } from 'n8n-workflow';

/** Of parameters without an expression the value, by their names. */
type Known = Map<string, { value: unknown } | 'varies'>;

const knownParameters = new WeakMap<IExecuteFunctions, Known>();

/**
 * A parameter of one value, for an item. Without n8n's validation; of a locator, what is chosen in it.
 *
 * n8n evaluates a parameter anew for each item, which for thousands of them takes as long as sending the request.
 * One that holds no expression is the same for all.
 */
export function readParameter(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
	fallback: boolean | number | string,
): unknown {
	const known: Known = knownParameters.get(context) ?? new Map();
	knownParameters.set(context, known);
	let parameter = known.get(name);
	if (parameter === undefined) {
		const written = context.getNodeParameter(name, itemIndex, fallback, { rawExpressions: true });
		parameter = holdsExpression(written)
			? 'varies'
			: { value: evaluate(context, itemIndex, name, fallback) };
		known.set(name, parameter);
	}
	return parameter === 'varies' ? evaluate(context, itemIndex, name, fallback) : parameter.value;
}

function evaluate(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
	fallback: boolean | number | string,
): unknown {
	const value = context.getNodeParameter(name, itemIndex, fallback, { skipValidation: true });
	return isResourceLocatorValue(value) ? value.value : value;
}

/** Whether a parameter, as it is written, holds an expression, alone or within a locator. */
function holdsExpression(written: unknown): boolean {
	if (typeof written === 'string') return written.startsWith('=');
	if (typeof written !== 'object' || written === null) return false;
	return Object.values(written).some(holdsExpression);
}
