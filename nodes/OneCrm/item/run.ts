import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isResourceLocatorValue } from 'n8n-workflow';

import { CrmClient } from '../crm/client';
import { DEFAULT_PARALLEL_REQUESTS, MOST_PARALLEL_REQUESTS } from './options';

/** One execution of the node: what its items share. */
export class Run {
	readonly crm: CrmClient;

	/** Of parameters without an expression the value, by their names. */
	private readonly parameters = new Map<string, { value: unknown } | 'varies'>();

	private readonly hinted = new Set<string>();

	constructor(readonly context: IExecuteFunctions) {
		this.crm = CrmClient.of(context);
	}

	get inputs(): INodeExecutionData[] {
		return this.context.getInputData();
	}

	/** How many requests may be under way, 1 to 50 whatever an expression gives. */
	get parallelRequests(): number {
		const value = this.parameter(0, 'options.parallelRequests', DEFAULT_PARALLEL_REQUESTS);
		const wanted = Math.floor(Number(value)) || DEFAULT_PARALLEL_REQUESTS;
		return Math.min(Math.max(1, wanted), MOST_PARALLEL_REQUESTS);
	}

	/**
	 * How many pages of its list an item may have under way: items run side by side, and all of their
	 * requests together keep to the limit.
	 */
	get parallelPages(): number {
		const limit = this.parallelRequests;
		return Math.floor(limit / Math.min(limit, this.inputs.length));
	}

	/**
	 * A parameter, for an item. Without n8n's validation, which has nothing to say of most and looks through all
	 * parameters to find that out; of a locator, what is chosen in it.
	 *
	 * n8n evaluates a parameter anew for each item, which for thousands of them takes as long as sending the request.
	 * One that contains no expression is the same for all.
	 */
	parameter(itemIndex: number, name: string, fallback: unknown): unknown {
		let known = this.parameters.get(name);
		if (known === undefined) {
			const written = this.writtenParameter(name, fallback);
			known = containsExpression(written)
				? 'varies'
				: { value: this.evaluate(itemIndex, name, fallback) };
			this.parameters.set(name, known);
		}
		return known === 'varies' ? this.evaluate(itemIndex, name, fallback) : known.value;
	}

	/** A parameter as it is written, expressions and all. */
	writtenParameter(name: string, fallback: unknown = ''): unknown {
		return this.context.getNodeParameter(name, 0, fallback, { rawExpressions: true });
	}

	/** Shows a hint about names above the output of the node: about each of them once, however many items have it. */
	addHintOnce(names: string[], hint: (names: string) => string): void {
		const fresh = names.filter((name) => !this.hinted.has(name));
		if (fresh.length === 0) return;
		for (const name of fresh) this.hinted.add(name);
		const message = hint(fresh.join(', '));
		this.context.addExecutionHints({ message, location: 'outputPane' });
	}

	private evaluate(itemIndex: number, name: string, fallback: unknown): unknown {
		const value = this.context.getNodeParameter(name, itemIndex, fallback, {
			skipValidation: true,
		});
		return isResourceLocatorValue(value) ? value.value : value;
	}
}

/** Whether a parameter, as it is written, contains an expression, alone or anywhere within. */
function containsExpression(written: unknown): boolean {
	if (typeof written === 'string') return written.startsWith('=');
	if (typeof written !== 'object' || written === null) return false;
	return Object.values(written).some(containsExpression);
}
