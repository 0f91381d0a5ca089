import * as fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { meeting } from '../../sandbox/modules/activities.cts';
import { contact } from '../../sandbox/modules/contact.cts';
import type { ModuleDefinition } from '../../sandbox/modules/definition.cts';
import type { StoredRecord } from '../../sandbox/sandbox.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { itemsOf } from '../upserting.cts';
import { type FieldValue, valuesOf } from '../../support/field-values.cts';

const SEED = 2026;
const RECORDS_PER_ZONE = 5;

const ZONES = [
	'Pacific/Pago_Pago',
	'America/St_Johns',
	'UTC',
	'Europe/Vienna',
	'Asia/Kathmandu',
	'Australia/Lord_Howe',
	'Pacific/Kiritimati',
];

const { sandbox, engine } = engineWithSandbox();

/** The names of the fields that the node calls writable, without file fields. */
async function writableFields(module: string): Promise<string[]> {
	const fields = await engine.items({
		resource: 'field',
		operation: 'getAll',
		module,
		returnAll: true,
	});
	return fields
		.filter(({ writable, type }) => writable === true && type !== 'image' && type !== 'file_ref')
		.map(({ name }) => String(name));
}

/** A value for each of the fields. */
function recordsOf({ fields }: ModuleDefinition, names: string[], timezone: string) {
	return fc.record(
		Object.fromEntries(names.map((name) => [name, valuesOf(fields[name], timezone)])),
	) as fc.Arbitrary<Record<string, FieldValue>>;
}

const each = (values: Record<string, FieldValue>, of: (value: FieldValue) => unknown) =>
	Object.fromEntries(
		Object.entries(values).map(([name, value]) => [name, of(value)]),
	) as IDataObject;

/** 1CRM knows no difference between nothing and an empty text. */
const meaning = (value: unknown) => (value === null || value === undefined ? '' : value);

const writing = (operation: string, module: string, recordId = ''): INodeParameters => ({
	resource: 'record',
	operation,
	module,
	recordId,
	fields: { mappingMode: 'autoMapInputData', value: null, matchingColumns: [] },
	options: { returnRecord: true, convertValues: true },
});

/** What is stored, without the traces of the change itself. */
function contentOf(row: StoredRecord | undefined): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(row ?? {}).filter(
			([name, value]) => name !== 'date_modified' && meaning(value) !== '',
		),
	);
}

describe.each(ZONES)('in a workflow of %s', (timezone) => {
	it.each([contact, meeting])('what is written to a $model is read back', async (definition) => {
		const { model } = definition;
		engine.timezone = timezone;
		const names = await writableFields(model);
		expect(names.length).toBeGreaterThan(10);
		const property = fc.asyncProperty(recordsOf(definition, names, timezone), async (values) => {
			const [record] = await engine.items(writing('create', model), {
				items: itemsOf([each(values, ({ given }) => given)]),
			});
			const read = Object.fromEntries(names.map((name) => [name, meaning(record[name])]));
			expect(read).toEqual(each(values, ({ meant }) => meaning(meant)));
			const id = String(record.id);
			const stored = contentOf(sandbox.record(model, id));
			await engine.items(writing('update', model, id), { items: itemsOf([record]) });
			expect(contentOf(sandbox.record(model, id))).toEqual(stored);
		});
		await fc.assert(property, { seed: SEED, numRuns: RECORDS_PER_ZONE });
	});
});
