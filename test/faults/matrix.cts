import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { INodeParameters } from 'n8n-workflow';
import { type Contents, startSandbox } from '../sandbox/sandbox.cts';
import { Engine, type NodeRun, sandboxCredential } from '../support/engine/engine.cts';
import { quickTimeout } from '../support/engine/quick-timeout.cts';
import { everythingIn, secretsOf } from '../support/engine/secrets.cts';
import { getMe } from '../support/engine/simple-operations.cts';
import { faults, type PlannedFault, type Stage } from './faults.cts';
import { inLanes } from './lanes.cts';
import type { FaultedOperation } from './operations/operation.cts';
import { operationName, operations } from './operations/operations.cts';
import {
	comparableItems,
	compareContents,
	newRecords,
	type Outcome,
	type Pair,
} from './outcome.cts';

/** Pairs that run at the same time; most of them wait. */
const LANES = 24;

const TIMEOUT_SECONDS = 1;

/** All tries of an operation with the timeout above, several times over. */
const LONGEST_MS = 30_000;

const NOW = new Date('2026-07-14T08:00:00Z');

const pairs: Pair[] = faults.flatMap((fault) =>
	operations
		.filter((operation) => fault.strikes?.(operation) ?? true)
		.flatMap((operation) => fault.modes.map((mode) => ({ operation, fault, mode }))),
);

/**
 * Runs every operation with every fault, each pair with its own sandbox, and returns the outcomes in the
 * order of `pairs`. Skips the pauses between tries.
 */
export async function runMatrix(report: (done: number) => void): Promise<Outcome[]> {
	const realTimeout = globalThis.setTimeout;
	globalThis.setTimeout = quickTimeout(realTimeout);
	const outcomes = new Array<Outcome>(pairs.length);
	// Those that wait come first, so that the others fill the time.
	const order = [...pairs.keys()].sort((a, b) => slowness(pairs[b]) - slowness(pairs[a]));
	let done = 0;
	try {
		await inLanes(LANES, order, async (index) => {
			outcomes[index] = await runPair(pairs[index]);
			report(++done);
		});
	} finally {
		globalThis.setTimeout = realTimeout;
	}
	return outcomes;
}

const slowness = ({ fault, mode }: Pair): number =>
	(fault.isSlow ? 2 : 0) + (mode === 'always' ? 1 : 0);

async function runPair(pair: Pair): Promise<Outcome> {
	const { operation, fault, mode } = pair;
	const done = await undisturbed(operation);
	const authentication = fault.authentication ?? operation.authentication;
	return await onStage(operation, authentication, async (stage, parameters) => {
		const before = stage.sandbox.contents();
		const times = mode === 'once' ? 1 : Infinity;
		fault.plan(stage, { ...operation.struck, times });
		if (fault.isSlow) parameters.options = { ...options(parameters), timeout: TIMEOUT_SECONDS };
		const run = await bounded(stage.engine.run(parameters, { items: operation.items }));
		const { error, items = [] } = run ?? {};
		const after = stage.sandbox.contents();
		const told = `${error?.message} ${error?.description ?? ''}`;
		return {
			...pair,
			error: error && { message: error.message, description: error.description ?? '' },
			text: everythingIn(error ?? items),
			isWhole: areSame(comparableItems(items), done.items, fault),
			held: compareContents(before, done.contents, after),
			unnamed: newRecords(before, after).filter((id) => !told.includes(id)),
			isChange: !isDeepStrictEqual(before, done.contents),
			hangs: run === undefined,
			secrets: secretsOf(stage.engine),
		};
	});
}

const options = ({ options: own }: INodeParameters): INodeParameters => own as INodeParameters;

async function bounded(run: Promise<NodeRun>): Promise<NodeRun | undefined> {
	const giveUp = new AbortController();
	const bound = pause(LONGEST_MS, undefined, { signal: giveUp.signal }).catch(() => undefined);
	try {
		return await Promise.race([run, bound]);
	} finally {
		giveUp.abort();
	}
}

/** Where a server doesn't keep to an order, any other one is as good. */
function areSame(items: string[], others: string[], { isUnordered }: PlannedFault): boolean {
	return isUnordered
		? isDeepStrictEqual([...items].sort(), [...others].sort())
		: isDeepStrictEqual(items, others);
}

/** What an operation returns, and what 1CRM contains then, if nothing goes wrong. */
interface Undisturbed {
	items: string[];
	contents: Contents;
}

const known = new Map<FaultedOperation, Promise<Undisturbed>>();

function undisturbed(operation: FaultedOperation): Promise<Undisturbed> {
	const running = known.get(operation) ?? runUndisturbed(operation);
	known.set(operation, running);
	return running;
}

async function runUndisturbed(operation: FaultedOperation): Promise<Undisturbed> {
	return await onStage(operation, operation.authentication, async (stage, parameters) => {
		const { items, error } = await stage.engine.run(parameters, { items: operation.items });
		if (error || items.length === 0) {
			const what = error?.message ?? 'it gives nothing';
			throw new Error(`${operationName(operation)} fails without a fault: ${what}`);
		}
		return {
			items: comparableItems(items),
			contents: stage.sandbox.contents(),
		};
	});
}

async function onStage<Result>(
	operation: FaultedOperation,
	authentication: 'oauth2' | undefined,
	work: (stage: Stage, parameters: INodeParameters) => Promise<Result>,
): Promise<Result> {
	const sandbox = await startSandbox({ seed: false, clock: () => NOW });
	try {
		const engine = await Engine.start(sandboxCredential(sandbox, authentication));
		const { resource, operation: name } = operation;
		const parameters = { ...(await operation.prepare(sandbox)), resource, operation: name };
		// A session as workflows mostly have one.
		if (!operation.isLogin) await engine.items(getMe);
		return await work({ sandbox, engine }, parameters);
	} finally {
		await sandbox.stop();
	}
}
