import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { ServerValue } from '../../field/value';
import { readMappedFields } from '../../field/mappedFields';
import { fieldsMapper, ID_FIELD } from '../../field/mapper';
import type { ModuleMetadata } from '../../field/metadata';
import { loadMetadata } from '../../field/metadata';
import { readNames } from '../../names';
import { attachFiles } from '../../file/attach';
import { moduleLocator, readModuleName } from '../../module/locator';
import type { MatchValues } from '../../record/matching';
import { findMatches, matchKey } from '../../record/matching';
import { recordExists } from '../../record/read';
import { inTurn } from '../../record/turns';
import { checkRequiredFields, createRecord, updateRecord } from '../../record/write';
import type { Operation, OutputItem } from '../operation';
import { jsonItems } from '../operation';
import { convertValues, isSwitchedOn, optionsCollection, readTimeout } from '../options';
import { checkDuplicates } from './duplicates';
import { returnRecord, returnWrittenRecord } from './written';

/** What to write, and how to recognise the record. */
interface Upsert {
	itemIndex: number;
	module: string;
	metadata: ModuleMetadata;
	data: Record<string, ServerValue>;
	match: MatchValues;
	checkDuplicates: boolean;
	timeoutSeconds: number;
}

interface Upserted {
	id: IDataObject[string];
	/** What was sent. */
	data: Record<string, ServerValue>;
	verb: 'created' | 'updated';
}

/**
 * Creates a record or updates the one that matches. Never guesses: with two or more matches nothing is
 * written, and a lookup that fails is no "not found".
 */
async function execute(context: IExecuteFunctions, itemIndex: number): Promise<OutputItem[]> {
	const module = readModuleName(context, itemIndex);
	const metadata = await loadMetadata(context, module);
	const columns = readNames(context.getNodeParameter('fields.matchingColumns', itemIndex, []));
	const data = await readMappedFields(context, itemIndex, module, columns);
	const upsert: Upsert = {
		itemIndex,
		module,
		metadata,
		data,
		match: matchValues(columns, data),
		checkDuplicates: isSwitchedOn(context, itemIndex, checkDuplicates),
		timeoutSeconds: readTimeout(context, itemIndex),
	};
	const key = `${module} ${matchKey(metadata, upsert.match)}`;
	const upserted = await inTurn<Upserted>(context, key, async (previous) =>
		typeof previous?.id === 'string'
			? await update(context, upsert, previous.id)
			: await createOrUpdate(context, upsert),
	);
	const { id, verb } = upserted;
	const written = { ...upsert.match, ...upserted.data };
	const record = await returnWrittenRecord(context, itemIndex, { module, id, data: written, verb });
	return jsonItems([{ ...record, _upsert: verb }]);
}

function matchValues(columns: string[], data: Record<string, ServerValue>): MatchValues {
	if (columns.length === 0) {
		throw new UserError("'Fields' has no column to match on. Choose one, e.g. Email");
	}
	if (columns.includes(ID_FIELD) && columns.length > 1) {
		throw new UserError("'ID' names one record by itself. Remove the other columns to match on");
	}
	return Object.fromEntries(columns.map((name) => [name, data[name] ?? null]));
}

async function createOrUpdate(context: IExecuteFunctions, upsert: Upsert): Promise<Upserted> {
	if (ID_FIELD in upsert.match) return await createOrUpdateById(context, upsert);
	const { itemIndex, module, metadata, match, timeoutSeconds } = upsert;
	const matches = await findMatches(context, module, metadata, match, timeoutSeconds);
	if (matches.length > 1) {
		const names = matches.map(({ id, name }) => `"${name}" (${id})`).join(' and ');
		const values = Object.entries(match).map(([name, value]) => `${name} = "${value}"`);
		throw new UserError(
			`More than one ${module} matches ${values.join(', ')}: ${names}. Nothing was written`,
		);
	}
	if (matches.length === 1) return await update(context, upsert, matches[0].id);
	await checkRequiredFields(context, module, upsert.data);
	const data = await attachFiles(context, itemIndex, module, upsert.data, timeoutSeconds);
	const id = await createRecord(context, { ...upsert, data });
	return { id, data, verb: 'created' };
}

/** A record that is not there is made with the given id, which only 1CRM's PATCH can do. */
async function createOrUpdateById(context: IExecuteFunctions, upsert: Upsert): Promise<Upserted> {
	const { itemIndex, module, match, checkDuplicates, timeoutSeconds } = upsert;
	const id = String(match.id ?? '').trim();
	if (id === '') throw new UserError("'ID' is to be matched on, but has no value");
	if (await recordExists(context, module, id, timeoutSeconds)) {
		return await update(context, upsert, id);
	}
	await checkRequiredFields(context, module, upsert.data);
	const values = withoutMatch(upsert.data, upsert.match);
	const data = await attachFiles(context, itemIndex, module, values, timeoutSeconds);
	await updateRecord(context, { module, id, data, create: true, checkDuplicates, timeoutSeconds });
	return { id, data, verb: 'created' };
}

/** The values that were matched on are in the record already; they may be written in another case. */
async function update(context: IExecuteFunctions, upsert: Upsert, id: string): Promise<Upserted> {
	const { itemIndex, module, timeoutSeconds } = upsert;
	const values = withoutMatch(upsert.data, upsert.match);
	const data = await attachFiles(context, itemIndex, module, values, timeoutSeconds);
	if (Object.keys(data).length > 0) {
		await updateRecord(context, { module, id, data, timeoutSeconds });
	}
	return { id, data, verb: 'updated' };
}

function withoutMatch(
	data: Record<string, ServerValue>,
	match: MatchValues,
): Record<string, ServerValue> {
	return Object.fromEntries(Object.entries(data).filter(([name]) => !(name in match)));
}

export const upsert: Operation = {
	option: {
		name: 'Create or Update',
		action: 'Create or update a record',
		description: 'Create a new record, or update the current one if it already exists (upsert)',
	},
	properties: [
		moduleLocator,
		fieldsMapper('upsert'),
		optionsCollection(checkDuplicates, convertValues, returnRecord),
	],
	execute,
};
