import axios from 'axios';
import { clientOf } from '../../support/client.cts';
import { EngineTrigger } from '../engine-trigger.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';

describe('Listening for a test event', () => {
	const { sandbox, engine } = engineWithSandbox({ perTest: true });
	let production: EngineTrigger;
	let test: EngineTrigger;

	beforeEach(async () => {
		const parameters = { event: 'created', module: 'Contact', options: { ignoreRepeats: true } };
		production = await EngineTrigger.start(engine, parameters);
		test = await EngineTrigger.start(engine, parameters, { isTest: true });
		await production.activate();
	});
	afterEach(async () => {
		await Promise.all([production.stop(), test.stop()]);
	});

	const urls = () => sandbox.webhooks.map(({ url }) => url);

	it('registers a webhook of its own and removes it, and leaves that of production alone', async () => {
		const before = urls();
		await test.activate();
		expect(urls()).toHaveLength(2);
		expect(urls()[1].startsWith(`${test.address}?`)).toBe(true);
		expect(await production.checkExists()).toBe(true);
		await test.deactivate();
		expect(urls()).toEqual(before);
		expect(await production.checkExists()).toBe(true);
	});

	it('leaves nothing behind when the workflow is published meanwhile', async () => {
		await test.activate();
		await production.deactivate();
		await production.activate();
		expect(urls()).toHaveLength(2);
		await test.deactivate();
		expect(urls()).toHaveLength(1);
		expect(await production.checkExists()).toBe(true);
	});

	it('gets each event once, as production does', async () => {
		await test.activate();
		await clientOf(sandbox).post('/data/Contact', { data: { last_name: 'Aalto' } });
		await sandbox.settle();
		await Promise.all([production.settle(), test.settle()]);
		expect([test.executions.length, production.executions.length]).toEqual([1, 1]);
	});

	it.each([{ onlyIfChanged: ['title'] }, { includeChanges: true }])(
		'gets each change, as production does: %j',
		async (options) => {
			await production.deactivate();
			for (const trigger of [production, test]) {
				Object.assign(trigger.parameters, { event: 'updated', options });
				await trigger.activate();
			}
			const id = sandbox.insert('Contact', { last_name: 'Aalto' });
			await clientOf(sandbox).patch(`/data/Contact/${id}`, { data: { title: 'Head' } });
			await sandbox.settle();
			await Promise.all([production.settle(), test.settle()]);
			const expected = options.includeChanges ? { changes: [{ field: 'title' }] } : {};
			for (const { executions } of [production, test]) {
				expect(executions.flat().map(({ json }) => json)).toMatchObject([expected]);
			}
		},
	);

	it('lets nobody in with the token of production, nor the other way round', async () => {
		await test.activate();
		const [ofProduction, ofTest] = urls().map((url) => new URL(url).search);
		for (const url of [`${test.address}${ofProduction}`, `${production.address}${ofTest}`]) {
			const { status } = await axios.post(url, { id: '1' }, { validateStatus: () => true });
			expect(status).toBe(401);
		}
	});
});
