import { HttpClient } from '../http/client';
import type { Slots } from '../http/slots';
import type { N8nContext } from '../http/types';
import type { ModuleMetadata } from './metadata';
import { fetchMetadata } from './metadata';

/** What the items of a run know together. */
interface RunMemory {
	/** What was read once, by a name for it. */
	readonly known: Map<string, Promise<unknown>>;
	/** The last work under each key. */
	readonly queues: Map<string, Promise<unknown>>;
}

/** 1CRM, as one run of a node, of a list in the editor, or of a trigger sees it. */
export class CrmClient {
	private constructor(
		/** Sends requests with the patience of this client. */
		readonly http: HttpClient,
		private readonly memory: RunMemory,
	) {}

	static of(context: N8nContext, slots?: Slots): CrmClient {
		return new CrmClient(HttpClient.of(context, slots), { known: new Map(), queues: new Map() });
	}

	/** The same client with another patience: seconds to wait for an answer. */
	withTimeout(seconds: number): CrmClient {
		const http = this.http.withTimeout(seconds);
		return http === this.http ? this : new CrmClient(http, this.memory);
	}

	/** The fields and filters of a module, read once in a run. Throws what `fetchMetadata` throws. */
	async metadata(module: string): Promise<ModuleMetadata> {
		return await this.readOnce(
			`metadata of ${module}`,
			async () => await fetchMetadata(this.http, module),
		);
	}

	/** What `read` returns; read once in a run for each `name`. Throws what `read` throws. */
	async readOnce<Result>(name: string, read: () => Promise<Result>): Promise<Result> {
		const { known } = this.memory;
		const before = known.get(name) as Promise<Result> | undefined;
		if (before) return await before;

		const reading = read();
		known.set(name, reading);
		// A failure isn't kept: the next item may be luckier.
		reading.catch(() => known.delete(name));
		return await reading;
	}

	/**
	 * Does `work` when all earlier work of this run under any of the `keys` is done, in the order of the calls. Passes it
	 * what the last work under the first key returned: `undefined` if there was none, `null` after a failure.
	 *
	 * Items run in parallel: without this, two of them with the same key would both find nothing in 1CRM and both create
	 * a record, and the first of two changes of a record could arrive last.
	 */
	async serializeByKey<Result>(
		keys: string[],
		work: (previous: Result | null | undefined) => Promise<Result>,
	): Promise<Result> {
		const { queues } = this.memory;
		const before = Promise.all(keys.map((key) => queues.get(key)));
		const own = before.then(
			async ([previous]) => await work(previous as Result | null | undefined),
		);
		const settled = own.catch(() => null);
		for (const key of keys) queues.set(key, settled);
		return await own;
	}
}
