import { clientOf } from '../../support/client.cts';
import { EngineTrigger } from '../engine-trigger.cts';
import { until } from '../../support/until.cts';
import { SETTINGS } from './trigger-settings.cts';
import { triggerWithSandbox } from './trigger-with-sandbox.cts';

describe('Overlapping activations of one workflow', () => {
	const { sandbox, engine, trigger } = triggerWithSandbox();

	const types = () => sandbox.webhooks.map(({ type }) => type).sort();

	async function expectWorking(): Promise<void> {
		const before = trigger.executions.length;
		await clientOf(sandbox).post('/data/Contact', { data: { last_name: 'Aalto' } });
		await sandbox.settle();
		await trigger.settle();
		expect(trigger.executions).toHaveLength(before + 1);
	}

	it('in one process leave one set of webhooks, which works', async () => {
		sandbox.latency = 10;
		await Promise.all([trigger.activate(), trigger.activate(), trigger.activate()]);
		expect(types()).toEqual(['create', 'update']);
		await expectWorking();
		await trigger.deactivate();
		expect(sandbox.webhooks).toEqual([]);
	});

	it('of which one ends in the middle leave nothing that is not removed later', async () => {
		await trigger.activateAndCrash();
		await trigger.activate();
		expect(types()).toEqual(['create', 'update']);
		await expectWorking();
		await trigger.deactivate();
		expect(sandbox.webhooks).toEqual([]);
	});

	it('register again what another one takes away meanwhile', async () => {
		// The list is read before the registrations and after them.
		sandbox.hold({ method: 'GET', path: /^\/webhooks$/, after: 1 });
		const activation = trigger.activate();
		await until(() => sandbox.held === 1);
		await clientOf(sandbox).delete(`/webhooks/${sandbox.webhooks[0].id}`);
		sandbox.release();
		await activation;
		expect(types()).toEqual(['create', 'update']);
		await expectWorking();
	});

	it('of two triggers with the same address leave at least one that works', async () => {
		const other = await EngineTrigger.start(engine, { ...SETTINGS }, { inPlaceOf: trigger });
		await Promise.all([trigger.activate(), other.activate()]);
		await expectWorking();
		await other.stop();
	});
});

describe('An event while the webhooks are being registered', () => {
	const { sandbox, trigger } = triggerWithSandbox();

	it('is let in before the registration is answered', async () => {
		sandbox.holdAnswers({ method: 'POST', path: /^\/webhooks$/ });
		const activation = trigger.activate();
		await until(() => sandbox.held === 1);
		await clientOf(sandbox).post('/data/Contact', { data: { last_name: 'Aalto' } });
		await sandbox.settle();
		expect(sandbox.deliveries.map(({ status }) => status)).toEqual([200]);
		sandbox.release();
		await activation;
	});
});
