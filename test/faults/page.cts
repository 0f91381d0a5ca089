import type { FaultedOperation } from './operations/operation.cts';
import { operationName } from './operations/operations.cts';
import type { Held, Outcome } from './outcome.cts';

/** What an operation does with the request that is struck, in the words of the page. */
const EFFECTS: Record<FaultedOperation['effect'], string> = {
	reads: 'all that read',
	changes: 'all that change',
	creates: 'all that create',
};

/** More exceptions than this and the operations are listed instead. */
const MOST_EXCEPTIONS = 3;

const COLUMNS = ['struck', 'operations', 'what the user sees', 'what 1CRM holds'];

/** The part of the page that the matrix makes, in Markdown. */
export function faultsSection(outcomes: Outcome[]): string {
	const operations = unique(outcomes.map(({ operation }) => operation));
	const faults = unique(outcomes.map(({ fault }) => fault));
	return [
		`${outcomes.length} runs: ${operations.length} requests of ${countOperations(operations)} operations, ` +
			`each struck by ${faults.length} faults, once or always. *Once* is the next request of its kind; then the ` +
			'server is well again. The log-in has a time limit of its own (a minute), and is left out where that counts. ' +
			'A message that begins with “…:” says first what was done, e.g. “Contact "1" was created, but could not be read back: …”.',
		'',
		...Object.entries(EFFECTS).map(([effect, words]) => {
			const names = operations.filter((operation) => operation.effect === effect);
			return `- **${words}**: ${names.map(operationName).join('; ')}`;
		}),
		'',
		...faults.flatMap((fault) =>
			faultTable(
				fault.name,
				outcomes.filter((outcome) => outcome.fault === fault),
			),
		),
	].join('\n');
}

const countOperations = (operations: FaultedOperation[]): number =>
	unique(operations.map(({ resource, operation }) => `${resource} ${operation}`)).length;

function faultTable(name: string, outcomes: Outcome[]): string[] {
	const struck = unique(outcomes.map(({ operation }) => operation));
	const groups = new Map<string, Outcome[]>();
	for (const outcome of outcomes) {
		const key = JSON.stringify([outcome.mode, seen(outcome), held(outcome)]);
		groups.set(key, [...(groups.get(key) ?? []), outcome]);
	}
	const rows = new Map<string, string[]>();
	for (const group of groups.values()) {
		const [{ mode }] = group;
		const cells = [
			list(
				group.map(({ operation }) => operation),
				struck,
			),
			seen(group[0]),
			held(group[0]),
		];
		const key = JSON.stringify(cells);
		rows.set(key, [rows.has(key) ? 'once, always' : mode, ...cells]);
	}
	return [`### ${name}`, '', ...table([...rows.values()]), ''];
}

/** The operations of a group, by what they have in common. */
function list(group: FaultedOperation[], struck: FaultedOperation[]): string {
	if (group.length === struck.length) return 'all';
	return Object.entries(EFFECTS)
		.map(([effect, words]) => {
			const all = struck.filter((operation) => operation.effect === effect);
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

function seen({ error, isWhole }: Outcome): string {
	if (error === undefined) return isWhole ? 'the result' : 'the answer as it came';
	const doubt = /A change may have been made all the same/.exec(error.description)?.[0];
	return [`“${readable(error.message)}”`, ...(doubt ? [`“${doubt}”`] : [])].join(' ');
}

/** How a message begins that tells first what was done. */
const DONE_BEFORE =
	/^(Contact ".*" was created, but could not be read back|The file was uploaded as .*, but not attached|".*" was unlinked, but not ".*"): /;

/** A message without what differs from one operation to the next. */
function readable(message: string): string {
	return message
		.replace(DONE_BEFORE, '…: ')
		.replace(/127\.0\.0\.1:\d+/g, 'your server')
		.replace(/"[\da-f]{8}-[\da-f-]{27}"/g, '"…"');
}

function held({ error, held: what }: Outcome): string {
	if (error === undefined && what !== 'too much') return 'what it should';
	return HELD[what];
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
