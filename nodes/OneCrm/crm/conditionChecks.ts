import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { readBoolean } from './boolean';
import { dateMeets, dayOf, mostDaysApart } from './dateCheck';
import type { EncodedCondition } from './filters';
import type { Field, ModuleMetadata } from './metadata';
import { isNoDate } from './moment';
import { withoutEntities } from './matching';
import { COUNTED_TYPES } from './operators';

/** A condition, and the field of a record by which it is checked. */
interface Check {
	condition: EncodedCondition;
	field: Field;
}

/** What 1CRM adds to the fields of an amount. */
const CURRENCY_FIELDS = ['currency_id', 'currency', 'exchange_rate'];

/** Types whose values a server may compare in another form than the one it returns. */
const UNDECIDED_TYPES = new Set([
	'fax',
	'flag',
	'html',
	'owner',
	'phone',
	'text',
	'unified_search',
]);

/**
 * Checks conditions again on the records that 1CRM returns: it passes over an operator that it doesn't know.
 *
 * A record fails only if it can't meet the condition however 1CRM compares: letters may count as equal without their
 * accents, and a day may begin in another time zone. What isn't known is not checked: filters that look at several
 * fields or at other records, and fields that 1CRM doesn't return.
 */
export class ConditionChecks {
	private readonly checks: Check[];

	constructor(
		private readonly module: string,
		private readonly metadata: Pick<ModuleMetadata, 'fields'>,
		conditions: EncodedCondition[],
	) {
		const { fields } = metadata;
		this.checks = conditions.flatMap((condition) => {
			const field = fields.get(condition.filter.column ?? '');
			return field && isDecidable(condition, field) ? [{ condition, field }] : [];
		});
	}

	/** The fields that the records have to come with. */
	get columns(): string[] {
		return [...new Set(this.checks.map(({ field }) => field.name))];
	}

	/** What comes with these columns that wouldn't come with `fields` alone. */
	addedTo(fields: string[]): string[] {
		const isAmount = (name: string): boolean => this.metadata.fields.get(name)?.type === 'currency';
		const companions = fields.some(isAmount) ? [] : CURRENCY_FIELDS;
		const added = this.columns.some(isAmount) ? [...this.columns, ...companions] : this.columns;
		return added.filter((name) => !fields.includes(name));
	}

	/** The names of the filters that are checked. */
	get filters(): string[] {
		return this.checks.map(({ condition }) => condition.filter.name);
	}

	/** Throws a `UserError` for a record that doesn't meet a condition. */
	check(records: IDataObject[]): void {
		for (const check of this.checks) {
			const failed = records.find((record) => !meets(check, record)) ?? farApart(check, records);
			if (failed) throw this.failure(check, failed);
		}
	}

	private failure({ condition, field }: Check, record: IDataObject): UserError {
		const { filter, operator } = condition;
		const value = String(record[field.name] ?? '').slice(0, 50);
		return new UserError(
			`1CRM didn't apply the operator "${operator.value}" of the filter '${filter.label}' (${filter.name}): it returned ${this.module} "${String(record.id)}", whose value is "${value}"`,
		);
	}
}

/** Without a condition. */
export const NO_CHECKS = new ConditionChecks('', { fields: new Map() }, []);

function isDecidable({ filter }: EncodedCondition, field: Field): boolean {
	const isColumn = field.sortable || field.kind === 'multiSelect' || field.type === 'id';
	return isColumn && !UNDECIDED_TYPES.has(filter.type) && !UNDECIDED_TYPES.has(field.type);
}

/** A record whose date is further from another one than the condition allows. */
function farApart({ condition, field }: Check, records: IDataObject[]): IDataObject | undefined {
	const most = mostDaysApart(condition, field.kind);
	const days = records.map((record) => dayOf(String(record[field.name])));
	const earliest = days.reduce((one, other) => (other < one ? other : one), Infinity);
	return records.find((_, index) => days[index] - earliest > most);
}

function meets({ condition, field: { name, kind, type } }: Check, record: IDataObject): boolean {
	const { filter, operator, value: wanted = '', end = '' } = condition;
	const value = record[name];
	// Amounts in another currency may be compared in the base currency.
	const isConverted = type === 'currency' && Number(record.exchange_rate ?? 1) !== 1;
	if (value === undefined || isConverted) return true;
	const text = withoutEntities(String(value ?? ''));
	const isNumber = kind === 'decimal' || kind === 'integer' || COUNTED_TYPES.has(type);
	const isEmpty = text.trim() === '' || isNoDate(text);
	if (operator.value === 'empty') return isEmpty || (isNumber && Number(text) === 0);
	if (operator.value === 'not_empty') return !isEmpty;
	if (kind === 'date' || kind === 'dateTime') {
		return isEmpty ? operator.value === 'not_on_date' : dateMeets(condition, kind, text);
	}
	if (kind === 'boolean')
		return (readBoolean(text) === true) === (isYes(wanted) === isEqual(operator.value));
	// A missing number may count as 0, or as different from every number.
	if (isNumber) {
		return (
			(isEmpty && operator.value === 'not_eq') || numberMeets(operator.value, text, wanted, end)
		);
	}
	const isChoice = filter.kind !== 'text' || filter.type === 'id' || filter.options.length > 0;
	return isChoice
		? choiceMeets(operator.value, text.split('^,^'), wanted.split('^,^'))
		: textMeets(operator.value, text, wanted);
}

const isYes = (wanted: string): boolean => readBoolean(wanted) === true;
const isEqual = (operator: string): boolean => operator === 'eq';

function numberMeets(operator: string, text: string, wanted: string, end: string): boolean {
	const numbers = [text, wanted, end].map(Number);
	if (numbers.some(Number.isNaN)) return true;
	const [number, least, most] = numbers;
	const tests: Record<string, boolean> = {
		eq: number === least,
		not_eq: number !== least,
		gt: number > least,
		gte: number >= least,
		lt: number < least,
		lte: number <= least,
		between: number >= least && number <= most,
	};
	return tests[operator] ?? true;
}

/** It isn't known whether several choices have to be the same or only to contain the wanted one. */
function choiceMeets(operator: string, choices: string[], wanted: string[]): boolean {
	switch (operator) {
		case 'not_eq':
			return choices.join() !== wanted.join();
		case 'not_any_of':
			return !choices.some((choice) => wanted.includes(choice));
		default:
			return choices.some((choice) => wanted.some((one) => areAlike(choice, one, isSame)));
	}
}

/** Without `%` and `_`, which stand for any characters in a database. */
function textMeets(operator: string, text: string, wanted: string): boolean {
	const parts = wanted.split(/[%_]/);
	switch (operator) {
		case 'eq':
			return areAlike(text, wanted, isSame);
		case 'prefix':
			return areAlike(text, parts[0], (one, other) => one.startsWith(other));
		case 'suffix':
			return areAlike(text, parts[parts.length - 1], (one, other) => one.endsWith(other));
		case 'like':
			return parts.every((part) => areAlike(text, part, (one, other) => one.includes(other)));
		case 'not_eq':
			return text !== wanted;
		case 'not_like':
			return !text.includes(wanted) || parts.length > 1;
		default:
			return true;
	}
}

const isSame = (one: string, other: string): boolean => one === other;

/** Whether two texts compare like this to some database: to some, æ and ä are an a, to others an a and an e. */
function areAlike(
	text: string,
	wanted: string,
	compare: (one: string, other: string) => boolean,
): boolean {
	return [folded, foldedInFull].some((fold) => compare(fold(text), fold(wanted)));
}

function foldedInFull(text: string): string {
	const letters = withoutEntities(text).normalize('NFC').toLowerCase();
	return folded(letters.replace(/[äæ]/g, 'ae').replace(/[öœ]/g, 'oe').replace(/ü/g, 'ue'));
}

/** The same text for texts that a database may take for equal, whatever its collation. */
function folded(text: string): string {
	return withoutEntities(text)
		.toLowerCase()
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.replace(/ß|ss/g, 's')
		.replace(/[øœ]/g, 'o')
		.replace(/æ/g, 'a')
		.replace(/ł/g, 'l')
		.replace(/\s+/g, ' ')
		.trim();
}
