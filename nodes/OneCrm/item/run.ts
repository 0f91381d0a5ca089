import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { isResourceLocatorValue } from 'n8n-workflow';

import { CrmClient } from '../crm/client';
import { isJsonObject } from '../http/json';
import { AutomaticWidth } from '../http/automaticWidth';
import { FixedWidth, Slots } from '../http/slots';
import {
	AUTOMATIC,
	MOST_PARALLEL_REQUESTS,
	OPTIONS,
	optionsCollection,
	optionsIn,
	parallelRequests,
} from './options';
import { readNumber } from './values';

/** A hint lists this many names and only counts the rest. */
const MOST_NAMES = 20;

/** One execution of the node: what its items share. */
export class Run {
	readonly crm: CrmClient;

	/** The values of parameters without an expression, by their names. */
	private readonly parameters = new Map<string, { value: unknown } | 'varies'>();

	/** Parameters as they are written, by their names. */
	private readonly written = new Map<string, unknown>();

	/** The names that each hint is about, by the text of the hint. */
	private readonly hints = new Map<
		string,
		{ hint: (names: string) => string; names: Set<string> }
	>();

	/** Resolves when the work of the last item that asked has begun. */
	private lastBegun: Promise<unknown> = Promise.resolve();

	/** What has to be undone if the run fails, so that none of its output arrives. */
	readonly undoings: Array<() => Promise<void>> = [];

	/** `properties` are those of the operation. */
	constructor(
		readonly context: IExecuteFunctions,
		private readonly properties: INodeProperties[],
	) {
		const { parallelRequests } = this;
		const width =
			parallelRequests === AUTOMATIC ? new AutomaticWidth() : new FixedWidth(parallelRequests);
		this.crm = CrmClient.of(context, new Slots(width));
	}

	get inputs(): INodeExecutionData[] {
		return this.context.getInputData();
	}

	/** How many requests may be under way, as the first item says. `Item.checkOptions` refuses what cannot be read. */
	private get parallelRequests(): number {
		try {
			return this.parallelRequestsOf(0);
		} catch {
			return AUTOMATIC;
		}
	}

	/**
	 * The same for an item: automatic or 1 to 50, whatever an expression returns. Throws a `UserError` for what isn't a
	 * number.
	 */
	parallelRequestsOf(itemIndex: number): number {
		const value = readNumber(parallelRequests, this.option(itemIndex, parallelRequests.name, ''));
		const wanted = Math.floor(value ?? AUTOMATIC);
		return wanted === AUTOMATIC ? AUTOMATIC : Math.min(Math.max(1, wanted), MOST_PARALLEL_REQUESTS);
	}

	/**
	 * Calls `begin` with what `read` returns, for one item after the other in the order of the calls, whichever item has
	 * read first: of two items that change the same record, the later one has to come last. Items read and work side by
	 * side.
	 */
	async beginInOrder<Read, Result>(
		read: () => Promise<Read>,
		begin: (read: Read) => Promise<Result>,
	): Promise<Result> {
		const reading = read();
		// Its error is thrown below, once the items before it have begun.
		reading.catch(() => undefined);
		const begun = this.lastBegun.then(async () => ({ work: begin(await reading) }));
		this.lastBegun = begun.catch(() => undefined);
		return await (
			await begun
		).work;
	}

	/**
	 * A parameter, for an item; of a locator, what is chosen in it. Skips n8n's validation, which has nothing to say of
	 * most parameters but looks through all of them to find that out.
	 *
	 * n8n evaluates a parameter anew for each item: for thousands of items, that takes as long as sending the request. A
	 * parameter without an expression is the same for all.
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

	/**
	 * An entry of 'Options', for an item. Throws a `UserError` for options that aren't an object and, if an expression or
	 * JSON text gives all of them, for a name that the operation doesn't have: it would be passed over.
	 */
	option(itemIndex: number, name: string, fallback: unknown): unknown {
		const written = this.writtenParameter(OPTIONS, {});
		if (isJsonObject(written)) return this.parameter(itemIndex, `${OPTIONS}.${name}`, fallback);
		const property = this.properties.find((known) => known.name === OPTIONS) ?? optionsCollection();
		const options = optionsIn(this.parameter(itemIndex, OPTIONS, {}), property);
		return Object.hasOwn(options, name) ? options[name] : fallback;
	}

	/** A parameter as it is written, expressions and all. */
	writtenParameter(name: string, fallback: unknown = ''): unknown {
		if (!this.written.has(name)) {
			const written = this.context.getNodeParameter(name, 0, fallback, { rawExpressions: true });
			this.written.set(name, written);
		}
		return this.written.get(name);
	}

	/** Notes a hint about names. `showHints` shows it once, with each name once, however many items have it. */
	addHintOnce(names: string[], hint: (names: string) => string): void {
		if (names.length === 0) return;
		const text = hint('');
		const known = this.hints.get(text) ?? { hint, names: new Set() };
		this.hints.set(text, known);
		for (const name of names) known.names.add(name);
	}

	/** Shows the hints above the output of the node. */
	showHints(): void {
		for (const { hint, names } of this.hints.values()) {
			const more = names.size - MOST_NAMES;
			const listed = [...names].slice(0, MOST_NAMES).join(', ');
			const message = hint(more > 0 ? `${listed} and ${more} more` : listed);
			this.context.addExecutionHints({ message, location: 'outputPane' });
		}
	}

	private evaluate(itemIndex: number, name: string, fallback: unknown): unknown {
		const value = this.context.getNodeParameter(name, itemIndex, fallback, {
			skipValidation: true,
		});
		return isResourceLocatorValue(value) ? value.value : value;
	}
}

/** Whether a parameter, as it is written, is or contains an expression. */
export function containsExpression(written: unknown): boolean {
	if (typeof written === 'string') return written.startsWith('=');
	if (typeof written !== 'object' || written === null) return false;
	return Object.values(written).some(containsExpression);
}
