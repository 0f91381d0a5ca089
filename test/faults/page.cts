import type { PlannedFault } from './faults.cts';
import type { FaultedOperation } from './operations/operation.cts';
import { operationName } from './operations/operations.cts';
import type { Held, Outcome } from './outcome.cts';

/** What an operation does with the request that is struck, with the words of the page for it. */
const KINDS = {
	reads: 'all that read',
	changes: 'all that change',
	creates: 'all that create',
	isLater: 'all later steps',
};

const kindOf = ({ effect, isLater }: FaultedOperation): string => (isLater ? 'isLater' : effect);

/** More exceptions than this and the operations are listed instead. */
const MOST_EXCEPTIONS = 3;

/** In the order of the rows. */
const STRUCK = ['once', 'once, always', 'always'];

const COLUMNS = ['struck', 'operations', 'what the user sees', 'what 1CRM holds'];

/** The part of the page that the matrix makes, in Markdown. */
export function faultsSection(outcomes: Outcome[]): string {
	const operations = unique(outcomes.map(({ operation }) => operation));
	const faults = unique(outcomes.map(({ fault }) => fault));
	return [
		`${outcomes.length} runs: ${operations.length} requests of ${countOperations(operations)} operations, ` +
			`struck by ${faults.length} faults, once or always. *Once* is the next request of its kind; then the ` +
			'server is well again. The log-in is left out where its own time limit of a minute counts, and of the faults ' +
			'that strike the request behind it. ' +
			'What stands in a second quotation is in the description below the message. A message that begins with “…:” says first what was done already, e.g. “Contact "1" was created, but could not be read back: …”.',
		'',
		...Object.entries(KINDS).map(([kind, words]) => {
			const names = operations.filter((operation) => kindOf(operation) === kind);
			return `- **${words}**: ${names.map(operationName).join('; ')}`;
		}),
		'',
		...sections(faults, outcomes),
	].join('\n');
}

const countOperations = (operations: FaultedOperation[]): number =>
	unique(operations.map(({ resource, operation }) => `${resource} ${operation}`)).length;

/** A table for each fault; those with the same one share it. */
function sections(faults: PlannedFault[], outcomes: Outcome[]): string[] {
	const names = new Map<string, string[]>();
	for (const fault of faults) {
		const lines = faultTable(outcomes.filter((outcome) => outcome.fault === fault));
		const text = lines.join('\n');
		names.set(text, [...(names.get(text) ?? []), fault.name]);
	}
	return [...names].flatMap(([text, shared]) => [`### ${shared.join('; ')}`, '', text, '']);
}

function faultTable(outcomes: Outcome[]): string[] {
	const struck = unique(outcomes.map(({ operation }) => operation));
	const groups = new Map<string, Outcome[]>();
	for (const outcome of outcomes) {
		const key = JSON.stringify([outcome.mode, seen(outcome), held(outcome)]);
		groups.set(key, [...(groups.get(key) ?? []), outcome]);
	}
	const rows = new Map<string, string[]>();
	for (const group of groups.values()) {
		const [first] = group;
		const names = list(
			group.map(({ operation }) => operation),
			struck,
		);
		const cells = [names, seen(first), held(first)];
		const key = JSON.stringify(cells);
		rows.set(key, [rows.has(key) ? 'once, always' : first.mode, ...cells]);
	}
	const order = ([mode]: string[]): number => STRUCK.indexOf(mode);
	return table([...rows.values()].sort((a, b) => order(a) - order(b)));
}

/** The operations of a group, by what they have in common. */
function list(group: FaultedOperation[], struck: FaultedOperation[]): string {
	if (group.length === struck.length) return 'all';
	return Object.entries(KINDS)
		.map(([kind, words]) => {
			const all = struck.filter((operation) => kindOf(operation) === kind);
			const missing = all.filter((operation) => !group.includes(operation));
			const present = all.filter((operation) => group.includes(operation));
			if (missing.length === 0) return present.length === 0 ? '' : words;
			return missing.length <= MOST_EXCEPTIONS && present.length > missing.length
				? `${words} but ${missing.map(operationName).join(', ')}`
				: present.map(operationName).join('; ');
		})
		.filter((text) => text !== '')
		.join('; ');
}

const DOUBT = 'A change may have been made all the same';

/** The message, and from its description what the server said and whether a change may have been made. */
function seen({ error, isWhole, fault: { said } }: Outcome): string {
	if (error === undefined) return isWhole ? 'the result' : 'the answer as it came';
	const { message, description } = error;
	const told = [said, DOUBT].filter(
		(words) => words !== undefined && !message.includes(words) && description.includes(words),
	);
	return [readable(message), ...told].map((words) => `“${words}”`).join(' ');
}

/** How a message begins that tells first what was done. */
const DONE_BEFORE =
	/^(Contact ".*" was (?:created|updated), but could not be read back|The file was uploaded as .*, but not attached|".*" was unlinked, but not ".*"): /;

/** A message without what differs from one operation to the next. */
function readable(message: string): string {
	return message
		.replace(DONE_BEFORE, '…: ')
		.replace(/127\.0\.0\.1:\d+/g, 'your server')
		.replace(/"[\da-f]{8}-[\da-f-]{27}"/g, '"…"');
}

function held({ error, isWhole, held: what }: Outcome): string {
	return error === undefined && isWhole && what !== 'too much' ? 'what it should' : HELD[what];
}

const HELD: Record<Held, string> = {
	unchanged: 'what it held before',
	done: 'all of the change, once',
	'done in part': 'what the message says was done',
	'too much': 'too much',
};

function table(rows: string[][]): string[] {
	const line = (cells: string[]) =>
		`| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(COLUMNS), line(COLUMNS.map(() => '---')), ...rows.map(line)];
}

const unique = <Value,>(values: Value[]): Value[] => [...new Set(values)];
