import type { IDataObject } from 'n8n-workflow';
import { setImmediate as turn } from 'node:timers/promises';
import { Random } from '../../sandbox/random.cts';
import type { VariantChoices } from '../../sandbox/sandbox.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';

const CHANGES = 10_000;

/** How late a change may be stored, after the time that it bears. */
const LATEST_MS = 5_000;

describe.each<[string, VariantChoices]>([
	['sorts by the ID', {}],
	['does not sort by the ID', { sortingById: 'ignored' }],
])('From a server that %s', (what, variants) => {
	let now = Date.parse('2026-07-14T12:00:00Z');
	const { sandbox, engine } = engineWithSandbox({ variants, clock: () => new Date(now) });

	it('each record arrives in its last state, and no state twice', async () => {
		vi.spyOn(Date, 'now').mockImplementation(() => now);
		const published = { id: `random, ${what}`, staticData: {} };
		const random = new Random(7);
		const names = new Map<string, string>();
		let done = 0;

		/** Creates, changes or deletes a record. Each state has a name of its own. */
		function change(): void {
			done++;
			const name = `State ${done}`;
			const ids = [...names.keys()];
			const id = ids.length > 0 ? random.pick(ids) : '';
			const dice = random.whole(1, 100);
			const isLate = random.once(10);
			const moment = new Date(now - (isLate ? random.whole(0, LATEST_MS) : 0));
			const time = moment.toISOString().slice(0, 19).replace('T', ' ');
			if (ids.length < 300 || dice < 5) {
				const dates = { date_entered: time, date_modified: time };
				names.set(sandbox.insert('Account', { name, ...dates }), name);
			} else if (dice < 8) {
				sandbox.delete('Account', id);
				names.delete(id);
			} else {
				sandbox.update('Account', id, { name });
				names.set(id, name);
			}
		}

		const found: IDataObject[] = [];
		const run = async () => {
			const parameters = { resource: 'record', operation: 'getChanges', module: 'Account' };
			const options = { returnFields: ['name'] };
			found.push(...(await engine.items({ ...parameters, ...options }, { published })));
		};
		await run();
		while (done < CHANGES) {
			let isRunning = true;
			const running = run().finally(() => (isRunning = false));
			// Now many within a second, now few, while pages are read and in between.
			const size = random.once(3) ? 400 : 40;
			for (let count = 0; count < size || isRunning; count++) {
				if (count < size && done < CHANGES) change();
				await turn();
			}
			await running;
			now += random.whole(0, 1500);
		}
		await run();
		await run();

		const last = new Map(
			found.map(({ recordId, record }) => [recordId, (record as IDataObject).name]),
		);
		for (const [id, name] of names) expect(last.get(id)).toBe(name);
		const states = found.map(({ record }) => (record as IDataObject).name);
		expect(new Set(states).size).toBe(states.length);
		const created = found.filter(({ event }) => event === 'created');
		expect(new Set(created.map(({ recordId }) => recordId)).size).toBe(created.length);
	}, 120_000);
});
