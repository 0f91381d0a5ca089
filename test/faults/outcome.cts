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

/** What 1CRM holds afterwards, beside what it held before and after the operation without a fault. */
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
	/** Whether it was still under way after all time-outs together. */
	hangs: boolean;
	/** What must not be told. */
	secrets: string[];
}

/** What 1CRM holds after an operation, beside what it is to hold. */
export function compareContents(before: Contents, done: Contents, after: Contents): Held {
	if (isDeepStrictEqual(after, done)) return isDeepStrictEqual(before, done) ? 'unchanged' : 'done';
	if (isDeepStrictEqual(after, before)) return 'unchanged';
	return sizeOf(after) > sizeOf(done) ? 'too much' : 'done in part';
}

function sizeOf({ records, links, files, uploads }: Contents): number {
	const rows = Object.values(records).flat();
	const linked = Object.values(links).flatMap((byId) => Object.values(byId).flat());
	return rows.length + linked.length + Object.keys(files).length + uploads.length;
}

/** Items without what differs from one run to the next: moments, and the ids of uploads. */
export function comparableItems(items: INodeExecutionData[]): unknown {
	return items.map(({ json: { headers, modifiedAt, modified, ...json }, binary }) => {
		const { date, ...rest } = { ...(headers as object), date: undefined };
		const text = JSON.stringify({ json, headers: rest, binary });
		return text.replace(/INCOMING~[\w-]+/g, 'INCOMING~');
	});
}
