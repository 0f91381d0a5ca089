import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { isResourceLocatorValue, UserError } from 'n8n-workflow';

import type { CrmClient } from '../crm/client';
import type { RecordKey } from '../crm/record';
import { asMap } from '../http/json';
import { DEFAULT_TIMEOUT_SECONDS } from '../http/limits';
import { asksAgent } from './agent';
import { moduleName, recordId } from './chosenValues';
import { moduleLocator, recordLocator } from './locators';
import { OPTIONS, timeout } from './options';
import type { Run } from './run';
import {
	asText,
	emptyResult,
	fromJsonText,
	oneOf,
	readNames,
	readNumber,
	readSwitch,
} from './values';

/** A switch, a list or any other parameter of a node, as its messages name it. */
type Named = Pick<INodeProperties, 'displayName' | 'name'>;

/** One input item of the node, and the only reader of the parameters as they are for it. */
export class Item {
	constructor(
		readonly run: Run,
		readonly index: number,
	) {}

	/** Throws a `UserError` if an option that every operation has cannot be read. */
	checkOptions(): void {
		this.run.parallelRequestsOf(this.index);
		void this.timeoutSeconds;
	}

	get input(): INodeExecutionData {
		return this.run.inputs[this.index];
	}

	/** 1CRM, with the timeout that is set for this item. */
	get crm(): CrmClient {
		return this.run.crm.withTimeout(this.timeoutSeconds);
	}

	/** How long to wait for an answer. */
	get timeoutSeconds(): number {
		const seconds = readNumber(timeout, this.option(timeout.name));
		if (seconds === undefined) return DEFAULT_TIMEOUT_SECONDS;
		return seconds > 0 ? seconds : DEFAULT_TIMEOUT_SECONDS;
	}

	/** The time zone of the workflow (IANA name), used for dates without one. */
	get timezone(): string {
		return this.run.context.getTimezone();
	}

	/** What n8n does with files. */
	get helpers(): IExecuteFunctions['helpers'] {
		return this.run.context.helpers;
	}

	/** A parameter, or `fallback`. Of a locator, what is chosen in it. */
	value(name: string, fallback: unknown = ''): unknown {
		return this.run.parameter(this.index, name, fallback);
	}

	/** An entry of 'Options'. */
	option(name: string, fallback: unknown = ''): unknown {
		return this.run.option(this.index, name, fallback);
	}

	/** A parameter as text, without blanks around it. */
	text(name: string, fallback = ''): string {
		return asText(this.value(name, fallback)).trim();
	}

	/** Names given as a list, as JSON text of one, or with commas between them. Throws as `readNames` does. */
	names(property: Named): string[] {
		return readNames(property, this.value(property.name, []));
	}

	/** Whether a switch is on. Throws a `UserError` for what is neither on nor off. */
	isOn(property: INodeProperties): boolean {
		return readSwitch(this.value(property.name), property);
	}

	/** The same for a switch in 'Options'. */
	isOptionOn(property: INodeProperties): boolean {
		return readSwitch(this.option(property.name), property);
	}

	/** One of a few values. Throws a `UserError` for any other. */
	oneOf<Value extends string>(property: Named, values: readonly Value[], fallback: Value): Value {
		return oneOf(property, this.value(property.name, fallback), values);
	}

	/** The same for an entry of 'Options'. */
	optionOneOf<Value extends string>(
		property: Named,
		values: readonly Value[],
		fallback: Value,
	): Value {
		return oneOf(property, this.option(property.name, fallback), values);
	}

	/**
	 * Some of a few values, in their order; empty for all of them. Throws a `UserError` for any other, and for an
	 * expression with an empty result, whose `meaning` the message says.
	 */
	someOf<Value extends string>(
		property: Named,
		values: readonly Value[],
		meaning: string,
	): Value[] {
		const names = this.names(property);
		if (names.length === 0) this.refuseEmptyExpression(property, meaning);
		const unknown = names.filter((name) => !values.some((value) => value === name));
		if (unknown.length === 0) return values.filter((value) => names.includes(value));
		throw new UserError(
			`'${property.displayName}' doesn't support "${unknown.join('", "')}". Use one of: ${values.join(', ')}`,
		);
	}

	/** Whether a parameter is an expression that a person wrote, and not one that asks an AI agent. */
	isExpressionOfUser(name: string): boolean {
		const written = this.run.writtenParameter(name);
		const text = isResourceLocatorValue(written) ? written.value : written;
		return typeof text === 'string' && text.startsWith('=') && !asksAgent(text);
	}

	/**
	 * Throws a `UserError` if the user wrote an expression whose result is empty: it must not turn one thing into all
	 * of them. An AI agent that leaves the parameter out means it.
	 */
	refuseEmptyExpression(property: Named, meaning: string): void {
		if (this.isExpressionOfUser(property.name)) throw emptyResult(property, meaning);
	}

	/** The same for an entry of 'Options', which may be in one expression for all of them. */
	refuseEmptyOption({ name, displayName }: Named, meaning: string): void {
		const isInWhole =
			this.isExpressionOfUser(OPTIONS) && name in asMap(fromJsonText(this.value(OPTIONS)));
		const path = isInWhole ? OPTIONS : `${OPTIONS}.${name}`;
		this.refuseEmptyExpression({ name: path, displayName }, meaning);
	}

	/** The module's name, e.g. `Contact`. Throws a `UserError` if it is missing or cannot be a name. */
	module(): string {
		return moduleName(this.value(moduleLocator.name));
	}

	/** The id of a record. Throws a `UserError` if it is missing or cannot be one. */
	recordId(locator: INodeProperties = recordLocator): string {
		return recordId(this.value(locator.name), locator);
	}

	/** The chosen record of the chosen module. */
	record(): RecordKey {
		return { module: this.module(), id: this.recordId() };
	}

	addHintOnce(names: string[], hint: (names: string) => string): void {
		this.run.addHintOnce(names, hint);
	}
}
