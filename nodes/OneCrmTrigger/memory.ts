import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { isJsonObject } from '../OneCrm/http/json';
import type { EventIdentity } from './eventIdentity';
import { isIdentifiable, keyOf } from './eventIdentity';

/** What happened to a record, in the words of the trigger's output. */
export type RecordEvent = 'created' | 'updated';

/** A webhook that the trigger has registered, as it is kept between activation and deactivation. */
export type RegisteredWebhook = {
	/** The server's id; empty until it has answered. */
	id: string;
	event: RecordEvent;
	tokenHash: string;
};

/** What the trigger has registered, where, and for which settings. */
type Registration = {
	/** The address of 1CRM's API. The ids mean nothing to another server. */
	server: string;
	/** The address of the trigger. With another address, this is the copy of a workflow: the webhooks aren't its own. */
	address: string;
	/** All settings in one text; another text means that the registration has to be made anew. */
	settings: string;
	/** Empty after a deactivation. */
	webhooks: RegisteredWebhook[];
	/** Grows with each change, so that of two registrations the newer one is known. */
	revision: number;
};

/** What one n8n process knows about a trigger. */
interface ProcessMemory {
	/** Changed in place, so that static data that contain it are never outdated. */
	registration?: Registration;
	/** The events that were seen, the oldest first. The list is changed in place. */
	seen: string[];
	/** The events that n8n is storing, each with whether that succeeds. */
	storing: Map<string, Promise<boolean>>;
	/** The events that n8n couldn't store, although it may have saved them as seen. The oldest first. */
	notStored: Set<string>;
	/** The last change of the webhooks in 1CRM. */
	changing: Promise<unknown>;
	/** When a refusal was last logged, by its reason, in milliseconds since 1970. */
	refusals: Map<string, number>;
}

/** By the trigger's address. */
const processMemories = new Map<string, ProcessMemory>();

/** The names in the static data of the node. */
const REGISTRATION = 'registration';
const SEEN_EVENTS = 'seenEvents';

/**
 * An activation saves what it has registered only moments later. Until then, a delivery must not write: it could undo
 * what the same activation saves for another trigger.
 */
const ACTIVATION_MS = 60_000;

/** A refused delivery is logged once in this time. */
const REFUSAL_MS = 60_000;

/** About an hour of a busy CRM; the whole list takes less than 40 KB in n8n's database. */
const MOST_REMEMBERED = 1000;

/**
 * What a trigger knows from one call of n8n to the next: its registration and the events it has seen.
 *
 * n8n reads the static data of a workflow when a delivery comes in, and writes all of it back when the execution is
 * stored. So a delivery may see data from before an activation and write it back over what that activation saved, and
 * of two deliveries at the same moment, neither has the other's event. This class helps with both: it merges what this
 * process knows with what n8n handed out, and each delivery saves the whole.
 */
export class TriggerMemory {
	private readonly own: ProcessMemory;

	/**
	 * `staticData` is what n8n handed out. In a test run, which n8n keeps apart, there is no `address` and nothing else.
	 */
	constructor(
		private readonly staticData: IDataObject,
		private readonly address: string | undefined,
	) {
		this.own = (address !== undefined && processMemories.get(address)) || newProcessMemory();
		if (address !== undefined) processMemories.set(address, this.own);
	}

	static of(
		context: IHookFunctions | IWebhookFunctions,
		address: string | undefined,
	): TriggerMemory {
		return new TriggerMemory(context.getWorkflowStaticData('node'), address);
	}

	/** The newest registration, or `undefined` if there is none. */
	get registration(): Registration | undefined {
		const { stored } = this;
		const { registration } = this.own;
		if (registration === undefined) return stored;
		return stored !== undefined && stored.revision > registration.revision ? stored : registration;
	}

	/** Changes the registration, for n8n to save and for this process to know at once. */
	register(change: Omit<Registration, 'address' | 'revision'>): void {
		const { address = '' } = this;
		const last = Math.max(this.own.registration?.revision ?? 0, this.stored?.revision ?? 0);
		// The time, because another n8n process of the same installation counts revisions, too.
		const revision = Math.max(Date.now(), last + 1);
		this.own.registration = Object.assign(this.own.registration ?? {}, {
			...change,
			address,
			revision,
		});
		this.staticData[REGISTRATION] = this.own.registration;
	}

	/** Does `work` once all earlier changes of the webhooks have ended: two at once would undo each other. */
	async serialize<Result>(work: () => Promise<Result>): Promise<Result> {
		const own = this.own.changing.then(work);
		this.own.changing = own.catch(() => undefined);
		return await own;
	}

	/** Whether a refusal for this reason is to be logged: one a minute is enough. */
	isNewRefusal(reason: string): boolean {
		const now = Date.now();
		if (now - (this.own.refusals.get(reason) ?? -Infinity) < REFUSAL_MS) return false;
		this.own.refusals.set(reason, now);
		return true;
	}

	/** Puts the newest registration into the static data, which n8n is about to save. */
	renew(): void {
		const { registration } = this;
		if (registration !== undefined) this.staticData[REGISTRATION] = registration;
	}

	/** Makes n8n save the newest registration again if an outdated one has replaced it. */
	repair(): void {
		const { registration } = this.own;
		if (registration === undefined || Date.now() - registration.revision < ACTIVATION_MS) return;
		const { stored } = this;
		if (stored === undefined || stored.revision < registration.revision) this.renew();
	}

	/**
	 * Remembers an event and returns whether it had been there before. The oldest are forgotten first. An event
	 * that isn't identifiable is always new.
	 */
	isRepeated(identity: EventIdentity): boolean {
		if (!isIdentifiable(identity.record)) return false;
		const key = keyOf(identity);
		const { seen, notStored } = this.own;
		const stored = this.staticData[SEEN_EVENTS];
		const all = new Set([...(Array.isArray(stored) ? stored.map(String) : []), ...seen]);
		if (all.has(key) && !notStored.delete(key)) return true;

		all.delete(key);
		seen.splice(0, Infinity, ...[...all, key].slice(-MOST_REMEMBERED));
		this.staticData[SEEN_EVENTS] = seen;
		return false;
	}

	/** Notes that n8n is storing an event, and takes it for new if it comes again after that has failed. */
	noteStoring(identity: EventIdentity, storing: Promise<boolean>): void {
		const key = keyOf(identity);
		const ended = storing.then((isStored) => {
			this.own.storing.delete(key);
			if (!isStored) remember(this.own.notStored, key);
			return isStored;
		});
		this.own.storing.set(key, ended);
	}

	/** Whether an event that came before is stored. Waits if n8n is still storing it. */
	async isStored(identity: EventIdentity): Promise<boolean> {
		return (await this.own.storing.get(keyOf(identity))) ?? true;
	}

	/** The registration in the static data. The data is n8n's to store: what has another form counts as none. */
	private get stored(): Registration | undefined {
		const stored = this.staticData[REGISTRATION];
		if (!isJsonObject(stored) || !Array.isArray(stored.webhooks)) return undefined;
		return {
			server: String(stored.server ?? ''),
			address: String(stored.address ?? ''),
			settings: String(stored.settings ?? ''),
			webhooks: stored.webhooks
				.filter(isJsonObject)
				.filter(({ id }) => id)
				.map((webhook) => ({
					id: String(webhook.id),
					event: webhook.event === 'updated' ? 'updated' : 'created',
					tokenHash: String(webhook.tokenHash ?? ''),
				})),
			revision: Number(stored.revision) || 0,
		};
	}
}

function newProcessMemory(): ProcessMemory {
	return {
		seen: [],
		storing: new Map(),
		notStored: new Set(),
		changing: Promise.resolve(),
		refusals: new Map(),
	};
}

function remember(keys: Set<string>, key: string): void {
	keys.add(key);
	const [oldest] = keys;
	if (keys.size > MOST_REMEMBERED) keys.delete(oldest);
}
