import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import { Random } from '../../sandbox/random.cts';
import { sandboxCredential } from '../../support/engine/engine.cts';
import { forkProgram } from '../../support/forked.cts';
import { sandboxForTests } from '../../support/sandbox-for-tests.cts';
import type { Recognition, Sync, SyncAnswer } from './syncing-process.cts';

const RECORDS = 120;
const KILLS = { one: 4, eachOfTwo: 5 };
/** Long enough for a whole sync, so that a process is killed at any stage of it. */
const LONGEST_LIFE_MS = 600;

const sandbox = sandboxForTests();
const random = new Random(17);
let spare: ChildProcess[];

beforeAll(() => {
	spare = [];
	refill();
});
beforeEach(() => {
	sandbox.latency = 10;
	sandbox.clear('Contact');
});

afterAll(() => {
	for (const child of spare) child.kill('SIGKILL');
});

/** Processes that are on their way: starting one takes longer than a sync. */
function refill(): void {
	while (spare.length < 2) {
		spare.push(forkProgram(join(__dirname, 'syncing-process.cts')));
	}
}

async function answerOf(child: ChildProcess): Promise<SyncAnswer> {
	const [answer] = (await once(child, 'message')) as [SyncAnswer];
	return answer;
}

async function beginSync(recognition: Recognition, feed: IDataObject[]): Promise<ChildProcess> {
	const child = spare.shift();
	if (!child) throw new Error('No process is left');
	refill();
	const begun = answerOf(child);
	child.send({ credential: sandboxCredential(sandbox), recognition, feed } satisfies Sync);
	await begun;
	return child;
}

/** Syncs, is killed at a random moment, and begins anew, so often; then syncs to the end. */
async function syncWithKills(
	kills: number,
	recognition: Recognition,
	feed: IDataObject[],
): Promise<void> {
	for (let kill = 0; kill < kills; kill++) {
		const child = await beginSync(recognition, feed);
		await pause(random.whole(0, LONGEST_LIFE_MS));
		child.kill('SIGKILL');
	}
	const child = await beginSync(recognition, feed);
	expect(await answerOf(child)).toEqual({ failures: [] });
	child.kill('SIGKILL');
}

const person = (number: number, version: string): IDataObject => ({
	id: `person-${number}`,
	last_name: `Name ${number}`,
	email1: `person-${number}@berg.example`,
	title: version,
});

const feed = Array.from({ length: RECORDS }, (_, number) => person(number, 'new'));

/** Puts records of the feed into 1CRM, a third of them as they are in it. */
function fill(numbers: number[]): void {
	for (const number of numbers) {
		sandbox.insert('Contact', person(number, number % 3 === 0 ? 'new' : 'old'));
	}
}

const all = feed.map((_, number) => number);

const stored = () =>
	sandbox
		.records('Contact')
		.map(({ email1, title }) => `${email1} ${title}`)
		.sort();

const wanted = feed.map(({ email1, title }) => `${email1} ${title}`).sort();

async function writesOfAnotherSync(recognition: Recognition): Promise<number> {
	sandbox.clearRequests();
	const child = await beginSync(recognition, feed);
	expect(await answerOf(child)).toEqual({ failures: [] });
	child.kill('SIGKILL');
	return sandbox.requests.filter(({ method }) => method !== 'GET').length;
}

const ID: Recognition = { columns: ['id'] };
const EMAIL: Recognition = { columns: ['email1'] };
const EMAIL_ONCE: Recognition = { columns: ['email1'], createOnce: true };

it('A sync that is killed again and again makes each record once, all of them up to date', async () => {
	fill(all.filter((number) => number % 2 === 0));
	await syncWithKills(KILLS.one, EMAIL, feed);
	expect(stored()).toEqual(wanted);
	expect(await writesOfAnotherSync(EMAIL)).toBe(0);
});

it.each([
	['by IDs', ID],
	['by e-mail address, each record created once across runs', EMAIL_ONCE],
])(
	'Two syncs of the same feed at once %s, killed again and again, end the same',
	async (_by, recognition) => {
		fill(all.filter((number) => number % 2 === 0));
		await Promise.all([
			syncWithKills(KILLS.eachOfTwo, recognition, feed),
			syncWithKills(KILLS.eachOfTwo, recognition, [...feed].reverse()),
		]);
		expect(stored()).toEqual(wanted);
		expect(await writesOfAnotherSync(recognition)).toBe(0);
	},
);
