import type { UnusualPayload } from '../../sandbox/variants.cts';
import { sandboxForTests } from '../../support/sandbox-for-tests.cts';
import { addressOf, deliveryScene } from './delivery-scene.cts';

describe('A delivery', () => {
	const scene = deliveryScene();

	it.each<UnusualPayload>([
		'prefixedId',
		'capitalId',
		'records',
		'list',
		'map',
		'payload',
		'body',
		'bean',
		'module',
		'envelope',
		'formJson',
		'bareId',
	])('gives the same item in the form %s', async (unusualPayload) => {
		scene.sandbox.variants.webhooks.unusualPayload = unusualPayload;
		await scene.trigger.activate();
		const { data } = await scene.client.post('/data/Contact', { data: { last_name: 'Aalto' } });
		expect(await scene.items()).toMatchObject([
			{ event: 'created', recordId: data.id, record: { id: data.id, last_name: 'Aalto' } },
		]);
	});

	it('of several records gives an item for each, in one execution', async () => {
		await scene.trigger.activate();
		const ids = ['Aalto', 'Berg'].map((name) =>
			scene.sandbox.insert('Contact', { last_name: name }),
		);
		const body = { records: ids.map((id) => ({ id })) };
		expect(await scene.deliver(addressOf(scene, 'create'), body)).toBe(200);
		expect(await scene.items()).toMatchObject(ids.map((recordId) => ({ recordId })));
		expect(scene.trigger.executions).toHaveLength(1);
	});

	it.each([
		['&amp;', '&amp;'],
		['%26', '%26'],
		['&#38;', '&#38;'],
		['&amp;amp;', '&amp;amp;'],
		['\\u0026', '\\u0026'],
		[';', ';'],
	])('is let in if the separators of its address became %s', async (_, separator) => {
		await scene.trigger.activate();
		const id = scene.sandbox.insert('Contact', { last_name: 'Aalto' });
		const url = addressOf(scene, 'create').replaceAll('&', separator);
		expect(await scene.deliver(url, { id })).toBe(200);
	});

	it('is let in if only the = before its token became %3D', async () => {
		await scene.trigger.activate();
		const id = scene.sandbox.insert('Contact', { last_name: 'Aalto' });
		const url = addressOf(scene, 'create').replace('token=', 'token%3D');
		expect(await scene.deliver(url, { id })).toBe(200);
	});

	it('is let in beside a signature that another server has added', async () => {
		await scene.trigger.activate();
		const id = scene.sandbox.insert('Contact', { last_name: 'Aalto' });
		const url = `${addressOf(scene, 'create')}&signature=${'a1'.repeat(32)}`;
		expect(await scene.deliver(url, { id })).toBe(200);
	});

	describe('of a registration in another 1CRM', () => {
		const other = sandboxForTests();

		it('is refused', async () => {
			await scene.trigger.activate();
			const id = other.insert('Contact', { last_name: 'Of the other' });
			scene.engine.credentials.data.domain = other.url;
			expect(await scene.deliver(addressOf(scene, 'create'), { id })).toBe(401);
			expect(await scene.items()).toEqual([]);
			expect(other.requests).toEqual([]);
		});
	});

	it('for a change counts as the one of the creation, with Ignore Repeats, if the record is new', async () => {
		scene.sandbox.variants.webhooks.updateOnCreate = true;
		scene.trigger.parameters.options = { ignoreRepeats: true };
		await scene.trigger.activate();
		const { data } = await scene.client.post('/data/Contact', { data: { last_name: 'Aalto' } });
		expect(await scene.items()).toMatchObject([{ recordId: data.id }]);
	});
});
