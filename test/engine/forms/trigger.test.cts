import type { INodeParameters } from 'n8n-workflow';
import { clientOf } from '../../support/client.cts';
import { deliveryScene } from '../trigger/delivery-scene.cts';

const CONDITION = { field: 'last_name', operator: 'eq', value: 'Berg', when: 'current_value' };
const asExpression = (value: unknown): string => `={{ ${JSON.stringify(value)} }}`;

describe('The trigger', () => {
	const scene = deliveryScene();

	/** The events of two contacts that are created, one of them called Berg. */
	async function created(parameters: Record<string, unknown>): Promise<unknown[]> {
		Object.assign(scene.trigger.parameters, { event: 'created' }, parameters as INodeParameters);
		await scene.trigger.activate();
		const client = clientOf(scene.sandbox);
		for (const last_name of ['Aalto', 'Berg']) {
			await client.post('/data/Contact', { data: { last_name } });
		}
		return await scene.items();
	}

	it.each<[string, unknown]>([
		['the form of the editor', { conditions: [CONDITION] }],
		['one expression', asExpression({ conditions: [CONDITION] })],
		['one expression with a list', asExpression([CONDITION])],
		['JSON text', JSON.stringify({ conditions: [CONDITION] })],
		['conditions by expression', { conditions: asExpression([CONDITION]) }],
		['a value by expression', { conditions: [{ ...CONDITION, value: '={{ "Berg" }}' }] }],
	])('reads its filters from %s', async (_, filters) => {
		expect(await created({ filters })).toMatchObject([{ record: { last_name: 'Berg' } }]);
	});

	it.each<[string, unknown]>([
		['a text', 'last_name = Berg'],
		['an expression with an empty result', '={{ null }}'],
		['conditions whose expression has an empty result', { conditions: '={{ [] }}' }],
		['JSON whose expression has an empty result', { rawJson: '={{ "" }}' }],
		['conditions in other words', asExpression([{ name: 'last_name', value: 'Berg' }])],
	])('refuses filters by name as %s, before a webhook is made', async (_, filters) => {
		await expect(created({ filters })).rejects.toThrow("'Filters'");
		expect(scene.sandbox.webhooks).toEqual([]);
	});

	it.each<[string, unknown]>([
		['one expression', asExpression({ fetchRecord: false, webhookName: 'Mine' })],
		['JSON text', JSON.stringify({ fetchRecord: 'no', webhookName: 'Mine' })],
		['single expressions', { fetchRecord: '={{ 0 }}', webhookName: '={{ "Mine" }}' }],
	])('reads its options from %s', async (_, options) => {
		const items = await created({ options });
		expect(items).toMatchObject([{ webhookName: 'Mine' }, { webhookName: 'Mine' }]);
		const reads = scene.sandbox.requests.filter(({ path }) => path.startsWith('/data/Contact/'));
		expect(reads).toEqual([]);
	});

	it.each<[string, unknown, string]>([
		['a text', 'includeChanges', "'Options'"],
		['a list', '={{ [] }}', "'Options'"],
		['a name that is misspelt', asExpression({ includechanges: true }), "'Options'"],
		['a switch that is neither', { includeChanges: 'maybe' }, "'Include Changes'"],
		['a list of what are no names', { onlyIfChanged: '={{ [{}] }}' }, "'Only If Changed'"],
		['no names by expression', { onlyIfChanged: '={{ [] }}' }, "'Only If Changed'"],
		['no names in one expression', asExpression({ onlyIfChanged: [] }), "'Only If Changed'"],
	])('refuses options by name as %s, before a webhook is made', async (_, options, name) => {
		await expect(created({ options })).rejects.toThrow(name);
		expect(scene.sandbox.webhooks).toEqual([]);
	});
});
