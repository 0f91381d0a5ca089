import type { INodeParameters } from 'n8n-workflow';
import { describedOperations } from '../../support/package/described-operations.cts';
import { publishedNode } from '../../support/package/published.cts';
import { EngineTrigger } from '../engine-trigger.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { everyOperation } from './every-operation.cts';
import { builtSchema, mismatches } from './schema.cts';

const { sandbox, engine } = engineWithSandbox({ seed: 1 });
let parameters: Record<string, Record<string, INodeParameters>>;

beforeAll(async () => {
	parameters = await everyOperation(sandbox);
	await engine.items({
		resource: 'record',
		operation: 'update',
		module: 'Lead',
		recordId: sandbox.records('Lead')[0].id,
		fields: { mappingMode: 'defineBelow', value: { status: 'Assigned' } },
	});
});

const operations = describedOperations(publishedNode('oneCrm').description.properties);

it.each(operations)('$resource:$operation gives what its schema says', async (described) => {
	const { resource, operation } = described;
	const own = parameters[resource]?.[operation];
	if (!own) throw new Error(`every-operation.cts has no parameters for ${resource}:${operation}`);
	const items = await engine.items({ resource, operation, ...own });
	const schema = builtSchema(`OneCrm/__schema__/v1.0.0/${resource}/${operation}.json`);
	expect(items.length).toBeGreaterThan(0);
	expect(items.flatMap((item) => mismatches(schema, item))).toEqual([]);
});

it('the trigger gives what its schema says', async () => {
	const trigger = await EngineTrigger.start(engine, { event: 'created', module: 'Contact' });
	try {
		await trigger.activate();
		await engine.items({ resource: 'record', operation: 'create', ...parameters.record.create });
		await sandbox.settle();
		await trigger.settle();
		const [[{ json }]] = trigger.executions;
		expect(mismatches(builtSchema('OneCrmTrigger/__schema__/v1.0.0/output.json'), json)).toEqual(
			[],
		);
	} finally {
		await trigger.deactivate();
		await trigger.stop();
	}
});

it('a property that is missing or of another type is noticed', () => {
	const schema = { type: 'object', properties: { id: { type: 'string' } } };
	expect(mismatches(schema, { id: '1', other: 2 })).toEqual([]);
	expect(mismatches(schema, {})).toHaveLength(1);
	expect(mismatches(schema, { id: 1 })).toHaveLength(1);
	expect(mismatches({ type: 'array', items: schema }, [{ id: '1' }, {}])).toHaveLength(1);
});
