import { setMaxListeners } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type Capacity, UNLIMITED } from './capacity.cts';
import { type Contents, contentsOf } from './contents.cts';
import { ADMIN_ID, CLIENT_ID, CLIENT_SECRET, Crm, PASSWORD, REDIRECT_URI } from './crm.cts';
import type { StoredFile } from './file-store.cts';
import { type Fault, Faults, type FaultTarget } from './faults.cts';
import { Gate } from './gate.cts';
import { seedRecords } from './seed/seed.cts';
import { createServerApp } from './server.cts';
import type { LinkData, StoredRecord } from './store.cts';
import { type ReceivedRequest, Traffic } from './traffic.cts';
import { type VariantChoices, type Variants, variants } from './variants.cts';
import type { Delivery, RegisteredWebhook } from './webhooks.cts';

export type { Capacity } from './capacity.cts';
export type { Contents } from './contents.cts';
export type { Fault, FaultTarget } from './faults.cts';
export type { StoredFile } from './file-store.cts';
export type { StoredRecord } from './store.cts';
export type { ReceivedRequest } from './traffic.cts';
export type { VariantChoices } from './variants.cts';

export interface SandboxOptions {
	/** By default, a free port. */
	port?: number;
	/** The folder of 1CRM's installation: '' or e.g. '/crm'. */
	folder?: string;
	/** The least time of a request in milliseconds, as if the server were far away. */
	latency?: number;
	variants?: VariantChoices;
	clock?: () => Date;
	/** The same seed creates the same records. With false, there are only the users. */
	seed?: number | false;
}

/** A stand-in 1CRM that runs in this process. */
export interface Sandbox {
	readonly port: number;
	readonly url: string;
	/** What a user types as the domain: host, port and folder. */
	readonly domain: string;
	readonly username: string;
	readonly password: string;
	readonly clientId: string;
	readonly clientSecret: string;
	/** Where a browser goes after the log-in, as the administrator entered it for the API client. */
	readonly redirectUri: string;
	/** May be changed at any time. */
	readonly variants: Variants;
	latency: number;
	/** What it can do at once. No limit by default. */
	capacity: Capacity;
	readonly requests: ReceivedRequest[];
	/** The highest number of requests under way at once since `clearRequests`. */
	readonly inFlightPeak: number;
	clearRequests(): void;
	/** Lets the next requests that match go wrong. */
	failNext(fault: Fault, matching?: FaultTarget): void;
	clearFaults(): void;
	/** Holds the next requests that match until `count` of them have come. `release` ends it. */
	gather(count: number, matching?: FaultTarget): void;
	/** Holds the next requests that match until `release`. */
	hold(matching?: FaultTarget): void;
	/** Holds the answers to the next requests that match, whose work is done, until `release`. */
	holdAnswers(matching?: FaultTarget): void;
	/** How many requests and answers are held. */
	readonly held: number;
	/** Lets everything that is held go on. `clearFaults` does that, too. */
	release(): void;
	/** The rows of a model that are not deleted, as stored. */
	records(model: string): StoredRecord[];
	/** One row, even if deleted. */
	record(model: string, id: string): StoredRecord | undefined;
	/** Stores a record without calling any webhook, and returns its id. `values` may contain the id, a new one. */
	insert(
		model: string,
		values: Record<string, unknown>,
		/** Whether the audit log has entries of it, as of one that a client created. */
		options?: { isLogged?: boolean },
	): string;
	/** Changes fields of a record, and its time of change, without calling any webhook. */
	update(model: string, id: string, values: Record<string, unknown>): void;
	/** Deletes a record without calling any webhook. */
	delete(model: string, id: string): void;
	clear(model: string): void;
	/** Links two records by a link that is kept as pairs. */
	link(model: string, id: string, link: string, otherId: string): void;
	/** Makes a record a favorite of the user `admin`. */
	markFavorite(id: string): void;
	/** The records behind a link that is kept as pairs, with the data each link carries. */
	linked(model: string, id: string, link: string): Map<string, LinkData>;
	/** Everything that it contains, for a comparison. */
	contents(): Contents;
	/** What was uploaded under this `INCOMING~` id, or the file of the record with this id. */
	file(id: string): StoredFile | undefined;
	readonly webhooks: readonly RegisteredWebhook[];
	readonly deliveries: readonly Delivery[];
	/** Resolves when no webhook delivery is under way. */
	settle(): Promise<void>;
	/** Lets all access tokens run out. */
	expireTokens(): void;
	readonly tokensIssued: number;
	stop(): Promise<void>;
}

const HOST = '127.0.0.1';
const DEFAULT_SEED = 1;

/** Starts a sandbox on the loopback interface. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { folder = '', clock = () => new Date(), seed = DEFAULT_SEED } = options;
	const crm = new Crm(variants(options.variants), clock, seed || DEFAULT_SEED);
	seedRecords(crm, seed !== false);
	const traffic = new Traffic();
	const faults = new Faults();
	const gate = new Gate();
	const stopping = new AbortController();
	// Every delayed request listens to it.
	setMaxListeners(0, stopping.signal);
	let latency = options.latency ?? 0;
	let capacity = UNLIMITED;
	const server = createServer(
		createServerApp({
			crm,
			traffic,
			faults,
			gate,
			folder,
			latency: () => latency,
			capacity: () => capacity,
			stopping: stopping.signal,
		}),
	);
	const port = await listen(server, options.port ?? 0);
	const domain = `${HOST}:${port}${folder}`;
	return {
		port,
		url: `http://${domain}`,
		domain,
		username: 'admin',
		password: PASSWORD,
		clientId: CLIENT_ID,
		clientSecret: CLIENT_SECRET,
		redirectUri: REDIRECT_URI,
		variants: crm.variants,
		get latency() {
			return latency;
		},
		set latency(milliseconds) {
			latency = milliseconds;
		},
		get capacity() {
			return capacity;
		},
		set capacity(chosen) {
			capacity = chosen;
		},
		requests: traffic.requests,
		get inFlightPeak() {
			return traffic.peak;
		},
		clearRequests: () => traffic.clear(),
		failNext: (fault, matching) => faults.failNext(fault, matching),
		clearFaults() {
			faults.clear();
			gate.open();
		},
		gather: (count, matching) => gate.gather(count, matching),
		hold: (matching) => gate.gather(Infinity, matching),
		holdAnswers: (matching) => gate.gather(Infinity, matching, 'answer'),
		get held() {
			return gate.held;
		},
		release: () => gate.open(),
		records: (model) =>
			[...crm.store.table(model).rows.values()].filter((row) => row.deleted === '0'),
		record: (model, id) => crm.store.table(model).rows.get(id),
		insert(model, values, { isLogged = false } = {}) {
			const { definition, rows } = crm.store.table(model);
			if (rows.has(String(values.id))) {
				throw new Error(`The ID "${String(values.id)}" of ${model} is taken`);
			}
			const id = crm.insert(model, values, ADMIN_ID);
			if (isLogged) crm.audit.record(definition, {}, rows.get(id)!);
			return id;
		},
		update: (model, id, values) => crm.update(model, id, values, ADMIN_ID),
		delete: (model, id) => crm.delete(model, id, ADMIN_ID),
		clear: (model) => crm.store.clear(model),
		link: (model, id, link, otherId) => crm.link(model, id, link, otherId),
		markFavorite: (id) => crm.store.setFavorite(ADMIN_ID, id),
		linked: (model, id, link) => crm.linked(model, id, link),
		contents: () => contentsOf(crm),
		file: (id) => crm.files.incoming.get(id) ?? crm.files.of(id),
		webhooks: crm.webhooks.registered,
		deliveries: crm.webhooks.deliveries,
		settle: () => crm.webhooks.settle(),
		expireTokens: () => crm.tokens.expireAll(),
		get tokensIssued() {
			return crm.tokens.issued;
		},
		async stop() {
			stopping.abort();
			gate.open();
			await close(server);
			await crm.webhooks.stop();
			await crm.files.dispose();
		},
	};
}

function listen(server: Server, port: number): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, HOST, () => {
			const address = server.address();
			resolve(typeof address === 'object' && address ? address.port : port);
		});
	});
}

function close(server: Server): Promise<void> {
	return new Promise((resolve) => {
		server.close(() => resolve());
		server.closeAllConnections();
	});
}
