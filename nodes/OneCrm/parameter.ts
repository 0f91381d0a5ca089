import type { IExecuteFunctions, IGetNodeParameterOptions } from 'n8n-workflow';
import { isResourceLocatorValue } from 'n8n-workflow';

/** Of parameters without an expression the value, of others `undefined`, by their names. */
type Known = Map<string, { value: unknown } | undefined>;

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
	const read = (options: IGetNodeParameterOptions): unknown =>
		context.getNodeParameter(name, itemIndex, fallback, options);
	const evaluate = () => {
		const value = read({ skipValidation: true });
		return isResourceLocatorValue(value) ? value.value : value;
	};
	if (!known.has(name)) {
		const isConstant = !holdsExpression(read({ rawExpressions: true }));
		known.set(name, isConstant ? { value: evaluate() } : undefined);
	}
	const constant = known.get(name);
	return constant === undefined ? evaluate() : constant.value;
}

/** Whether a parameter, as it is written, holds an expression, alone or within a locator. */
function holdsExpression(written: unknown): boolean {
	if (typeof written === 'string') return written.startsWith('=');
	if (typeof written !== 'object' || written === null) return false;
	return Object.values(written).some(holdsExpression);
}
