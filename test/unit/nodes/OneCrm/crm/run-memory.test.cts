import { CrmClient } from '../../../../../nodes/OneCrm/crm/client';
import { FixedWidth, Slots } from '../../../../../nodes/OneCrm/http/slots';
import type { N8nContext } from '../../../../../nodes/OneCrm/http/types';
import { node } from '../http/node.cts';
import { clientWith } from './scripted-client.cts';

const context = { getNode: () => node } as unknown as N8nContext;
const client = () => CrmClient.of(context);

/** A promise, and the functions that settle it. */
function later<Value>() {
	let resolve: (value: Value) => void = () => undefined;
	let reject: (error: Error) => void = () => undefined;
	const promise = new Promise<Value>((...settle) => ([resolve, reject] = settle));
	return { promise, resolve, reject };
}

/** Lets everything go on that waits for nothing else. */
const rest = async () => await new Promise((resolve) => setImmediate(resolve));

describe('A client', () => {
	it('has the slots that it is given', () => {
		const slots = new Slots(new FixedWidth(3));
		expect(CrmClient.of(context, slots).http.slots).toBe(slots);
	});

	it('stays the same with the patience that it has, and shares its slots with another', () => {
		const crm = client();
		const patient = crm.withTimeout(7);
		expect(patient).not.toBe(crm);
		expect(patient.withTimeout(7)).toBe(patient);
		expect(patient.http.slots).toBe(crm.http.slots);
	});

	it('knows with another patience what it knew before', async () => {
		const crm = client();
		await crm.readOnce('name', async () => 'first');
		expect(await crm.withTimeout(7).readOnce('name', async () => 'second')).toBe('first');
	});

	it('asks for the fields of each module once', async () => {
		const { crm, sent } = clientWith(({ path }) => ({ fields: { [path]: { type: 'varchar' } } }));
		for (const module of ['Account', 'Contact', 'Account']) {
			const { fields } = await crm.metadata(module);
			expect([...fields.keys()]).toEqual([`meta/fields/${module}`]);
		}
		expect(sent).toHaveLength(2);
	});
});

describe('What is read once', () => {
	it('is read by the first who asks, and the others wait for that', async () => {
		const crm = client();
		const reading = later<string>();
		const read = vi.fn(async () => await reading.promise);
		const both = Promise.all([crm.readOnce('name', read), crm.readOnce('name', read)]);
		reading.resolve('known');
		expect(await both).toEqual(['known', 'known']);
		expect(await crm.readOnce('name', read)).toBe('known');
		expect(read).toHaveBeenCalledTimes(1);
	});

	it('is read for each name', async () => {
		const crm = client();
		expect(await crm.readOnce('one', async () => 1)).toBe(1);
		expect(await crm.readOnce('other', async () => 2)).toBe(2);
	});

	it('is read again after a failure', async () => {
		const crm = client();
		const failing = crm.readOnce('name', async () => {
			throw new Error('Lost');
		});
		await expect(failing).rejects.toThrow('Lost');
		expect(await crm.readOnce('name', async () => 'found')).toBe('found');
	});
});

describe('Work with the same key', () => {
	it('begins when the earlier work is done, and knows what that returned', async () => {
		const crm = client();
		const first = later<string>();
		const begun: unknown[] = [];
		const start = (result: Promise<string>) =>
			crm.serializeByKey<string>(['key'], async (previous) => {
				begun.push(previous);
				return await result;
			});
		const all = [first.promise, Promise.resolve('second'), Promise.resolve('third')].map(start);
		await rest();
		expect(begun).toEqual([undefined]);
		first.resolve('first');
		expect(await Promise.all(all)).toEqual(['first', 'second', 'third']);
		expect(begun).toEqual([undefined, 'first', 'second']);
	});

	it('knows of a failure of the earlier work that there is nothing to know', async () => {
		const crm = client();
		const failing = crm.serializeByKey(['key'], async () => {
			throw new Error('Lost');
		});
		const next = crm.serializeByKey<unknown>(['key'], async (previous) => [previous]);
		await expect(failing).rejects.toThrow('Lost');
		expect(await next).toEqual([null]);
	});

	it('waits under each of its keys, but knows the earlier work of the first', async () => {
		const crm = client();
		const [one, two] = [later<string>(), later<string>()];
		void crm.serializeByKey(['one'], async () => await one.promise);
		void crm.serializeByKey(['two'], async () => await two.promise);
		const work = vi.fn(async (previous: unknown) => previous);
		const both = crm.serializeByKey<unknown>(['one', 'two'], work);
		const behind = crm.serializeByKey<unknown>(['two'], async (previous) => [previous]);
		one.resolve('first');
		await rest();
		expect(work).not.toHaveBeenCalled();
		two.resolve('second');
		expect(await both).toBe('first');
		expect(await behind).toEqual(['first']);
	});

	it('does not wait for work with another key', async () => {
		const crm = client();
		void crm.serializeByKey(['slow'], async () => await later().promise);
		expect(await crm.serializeByKey<unknown>(['key'], async (previous) => [previous])).toEqual([
			undefined,
		]);
	});
});
