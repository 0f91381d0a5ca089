import type { PlannedFault } from './faults.cts';
import type { FaultedOperation } from './operations/operation.cts';
import { operationName } from './operations/operations.cts';
import type { Held, Outcome } from './outcome.cts';

/** What the request that is struck does, and how the page calls all requests of that kind. */
const KINDS = {
	reads: 'all reads',
	changes: 'all changes',
	creates: 'all creates',
	isLater: 'all later steps',
};

const kindOf = ({ effect, isLater }: FaultedOperation): string => (isLater ? 'isLater' : effect);

/** With more exceptions than this, the page lists the operations instead. */
const MOST_EXCEPTIONS = 4;

/** In the order of the rows. */
const STRUCK = ['once', 'once, always', 'always'];

const COLUMNS = ['fault', 'operations', 'what the user sees', '1CRM afterwards'];

/** The part of the page that comes from the matrix, in Markdown. */
export function faultsSection(outcomes: Outcome[]): string {
	const operations = unique(outcomes.map(({ operation }) => operation));
	const faults = unique(outcomes.map(({ fault }) => fault));
	return [
		`${outcomes.length} runs: ${operations.length} requests of ${countOperations(operations)} operations ` +
			`with ${faults.length} faults, which happen once or always. *Once* means that the next request of its kind fails, ` +
			'and that the server works again afterwards. The log-in is left out of the faults that would last for its own ' +
			'time limit of a minute, and of those that only concern the request after it.',
		'',
		'A second quotation comes from the description below the message. A message that begins with “…:” first says ' +
			'what was already done, e.g. “Contact "1" was created, but could not be read back: …”.',
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

/** A table for each fault. Faults with the same table share it. */
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

/** The operations of a group, named by what they have in common. */
function list(group: FaultedOperation[], struck: FaultedOperation[]): string {
	if (group.length === struck.length) return 'all';
	return Object.entries(KINDS)
		.map(([kind, words]) => {
			const all = struck.filter((operation) => kindOf(operation) === kind);
			const missing = all.filter((operation) => !group.includes(operation));
			const present = all.filter((operation) => group.includes(operation));
			if (missing.length === 0) return present.length === 0 ? '' : words;
			return missing.length <= MOST_EXCEPTIONS && present.length > missing.length
				? `${words} except ${missing.map(operationName).join(', ')}`
				: present.map(operationName).join('; ');
		})
		.filter((text) => text !== '')
		.join('; ');
}

const DOUBT = '1CRM may have applied this change anyway. Check before you retry';

/** The message, and the parts of its description: what the server said, and that it may have applied a change. */
function seen({ error, isWhole, fault: { said } }: Outcome): string {
	if (error === undefined) return isWhole ? 'the result' : 'the unchanged answer';
	const { message, description } = error;
	const told = [said, DOUBT].filter(
		(words) => words !== undefined && !message.includes(words) && description.includes(words),
	);
	return [readable(message), ...told].map((words) => `“${words}”`).join(' ');
}

/** How a message begins that first says what was done. */
const DONE_BEFORE =
	/^(Contact ".*" was (?:created|updated), but could not be read back|The file was uploaded as .*, but not attached|".*" was unlinked, but not ".*"): /;

/** A message without the parts that differ from one operation to the next. */
function readable(message: string): string {
	return message
		.replace(DONE_BEFORE, '…: ')
		.replace(/127\.0\.0\.1:\d+/g, 'your server')
		.replace(/"[\da-f]{8}-[\da-f-]{27}"/g, '"…"');
}

function held({ error, isWhole, held: what }: Outcome): string {
	return error === undefined && isWhole && what !== 'too much' ? 'as it should be' : HELD[what];
}

const HELD: Record<Held, string> = {
	unchanged: 'as before',
	done: 'has the whole change, once',
	'done in part': 'has what the message says',
	'too much': 'has too much',
};

function table(rows: string[][]): string[] {
	const line = (cells: string[]) =>
		`| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(COLUMNS), line(COLUMNS.map(() => '---')), ...rows.map(line)];
}

const unique = <Value,>(values: Value[]): Value[] => [...new Set(values)];
