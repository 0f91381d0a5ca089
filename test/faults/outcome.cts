import { isDeepStrictEqual } from 'node:util';
import type { INodeExecutionData } from 'n8n-workflow';
import type { Contents } from '../sandbox/sandbox.cts';
import type { Mode, PlannedFault } from './faults.cts';
import type { FaultedOperation } from './operations/operation.cts';

/** An operation, and what goes wrong with it. */
export interface Pair {
	operation: FaultedOperation;
	fault: PlannedFault;
	mode: Mode;
}

/** What 1CRM contains afterwards, compared with before, and with the operation without a fault. */
export type Held = 'unchanged' | 'done' | 'done in part' | 'too much';

/** What came of it. */
export interface Outcome extends Pair {
	/** What the user reads; missing after a success. */
	error?: { message: string; description: string };
	/** Everything in the items or in the error. */
	text: string;
	/** Whether the items are those of the operation without a fault. */
	isWhole: boolean;
	held: Held;
	/** New records that are still there, and that the error doesn't name. */
	unnamed: string[];
	/** Whether the operation changes what 1CRM contains. */
	isChange: boolean;
	/** Whether it was still under way after all time-outs together. */
	hangs: boolean;
	/** What must not be revealed. */
	secrets: string[];
}

/** Compares what 1CRM contains after an operation with what it should contain. */
export function compareContents(before: Contents, done: Contents, changed: Contents): Held {
	const after = withoutUndone(before, changed);
	if (isDeepStrictEqual(after, done)) return isDeepStrictEqual(before, done) ? 'unchanged' : 'done';
	if (isDeepStrictEqual(after, before)) return 'unchanged';
	const [inBefore, inDone] = [countParts(before), countParts(done)];
	const isExpected = [...countParts(after)].every(
		([part, count]) => count <= Math.max(inBefore.get(part) ?? 0, inDone.get(part) ?? 0),
	);
	return isExpected ? 'done in part' : 'too much';
}

/** The ids of the records that are there now, and were not before. */
export function newRecords(before: Contents, after: Contents): string[] {
	return Object.entries(withoutUndone(before, after).records).flatMap(([model, rows]) => {
		const ids = new Set(before.records[model].map((row) => Object(row).id));
		return rows.map((row) => String(Object(row).id)).filter((id) => !ids.has(id));
	});
}

/** What was made and deleted again is no different from what was never made. */
function withoutUndone(before: Contents, after: Contents): Contents {
	const records = Object.entries(after.records).map(([model, rows]): [string, unknown[]] => {
		const ids = new Set(before.records[model].map((row) => Object(row).id));
		return [model, rows.filter((row) => Object(row).deleted !== '1' || ids.has(Object(row).id))];
	});
	return { ...after, records: Object.fromEntries(records) };
}

/** How often each row, link and file is there. A file counts the same whether something uses it or not. */
function countParts({ records, links, files, uploads }: Contents): Map<string, number> {
	const parts = [
		...Object.entries(records).flatMap(([model, rows]) => rows.map((row) => [model, row])),
		...Object.entries(links).flatMap(([table, byId]) =>
			Object.entries(byId).flatMap(([id, others]) => others.map((other) => [table, id, other])),
		),
		...[...Object.values(files), ...uploads].map((sum) => ['file', sum]),
	].map((part) => JSON.stringify(part));
	const counts = new Map<string, number>();
	for (const part of parts) counts.set(part, (counts.get(part) ?? 0) + 1);
	return counts;
}

/** Items without the parts that differ from one run to the next: headers, and the ids of uploads. */
export function comparableItems(items: INodeExecutionData[]): string[] {
	return items.map(({ json, binary }) => {
		const { headers: _headers, ...rest } = json;
		return JSON.stringify([rest, binary]).replace(/INCOMING~[\w-]+/g, 'INCOMING~');
	});
}
