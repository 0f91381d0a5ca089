import type { Answer } from '../answers.cts';
import type { Crm } from '../crm.cts';
import { type Duplicate, findDuplicates } from '../duplicates.cts';
import { ApiError, badRequest, notFound } from '../errors.cts';
import { textsOf } from '../php-query.cts';
import { INVOICES_PAYMENTS } from '../modules/payments.cts';
import { missingColumn } from '../required-columns.cts';
import type { Values } from '../records.cts';
import { bodyOf, type Call, DONE, isMap, mapFrom, type Route } from '../route.cts';
import { afterCreate, beforeDelete, isSalesDocument } from '../sales.cts';
import type { StoredRecord } from '../store.cts';
import { tallyOf } from '../tally.cts';
import { isFlagSet } from '../values.cts';

/** Lists of records and single records. */
export function dataRoutes(crm: Crm): Route[] {
	const collection = '/data/:model';
	const record = '/data/:model/:id';
	return [
		{ method: 'get', path: collection, scope: 'read', answer: (call) => list(crm, call) },
		{ method: 'post', path: collection, scope: 'write', answer: (call) => create(crm, call) },
		{ method: 'get', path: record, scope: 'read', answer: (call) => read(crm, call) },
		{ method: 'patch', path: record, scope: 'write', answer: (call) => update(crm, call) },
		{ method: 'delete', path: record, scope: 'write', answer: (call) => remove(crm, call) },
		{
			method: 'patch',
			path: '/data/erase_personal/:model/:id',
			scope: 'write',
			answer: (call) => erasePersonal(crm, call),
		},
	];
}

/** The record that the path names; a deleted one is not found. */
export function recordOf(crm: Crm, { model, id }: Record<string, string>): StoredRecord {
	crm.store.table(model);
	const row = crm.store.live(model, id);
	if (!row) throw notFound();
	return row;
}

/** The same, be it deleted or not. */
function storedRecord(crm: Crm, { model, id }: Record<string, string>): StoredRecord {
	const row = crm.store.table(model).rows.get(id);
	if (!row) throw notFound();
	return row;
}

function list(crm: Crm, { params, query, userId }: Call): Answer {
	return { json: crm.lists.page(crm.store.table(params.model), query, userId) };
}

function read(crm: Crm, { params, query }: Call): Answer {
	const isShown = crm.variants.deletedRecord === 'marked';
	const row = isShown ? storedRecord(crm, params) : recordOf(crm, params);
	const { definition } = crm.store.table(params.model);
	const fields = textsOf(query.fields);
	if (crm.variants.sales.headerTotals === 'recomputed' && isSalesDocument(crm, params.model)) {
		recomputeTotals(crm, params.model, row);
	}
	const record =
		fields.length > 0
			? crm.view.selected(definition, row, fields)
			: crm.view.whole(definition, row);
	return { json: { record } };
}

function recomputeTotals(crm: Crm, model: string, row: StoredRecord): void {
	const { totals } = tallyOf(crm, model, row);
	row.subtotal = totals.subtotal;
	row.amount = totals.total;
}

function create(crm: Crm, call: Call, id?: string, mayCheck = true): Answer {
	const { model } = call.params;
	const { definition } = crm.store.table(model);
	const values = valuesOf(call);
	const isChecked = mayCheck && wantsDuplicateCheck(call);
	const duplicates = isChecked ? findDuplicates(crm, definition, values) : [];
	if (duplicates.length > 0) return duplicateAnswer(crm, model, duplicates);
	const missing = missingColumn(definition, values, crm.variants);
	if (missing !== undefined) {
		throw new ApiError(500, `MySQL error 1364: Field '${missing}' doesn't have a default value`);
	}
	const row = crm.records.create(model, values, call.userId, id);
	afterCreate(crm, model, row, call.userId);
	if (crm.variants.auditsCreation) crm.audit.record(definition, {}, row);
	crm.webhooks.fire('create', definition, row);
	const isList = model === INVOICES_PAYMENTS && crm.variants.sales.linkRowId === 'list';
	return { json: { id: isList ? [row.id] : row.id } };
}

function update(crm: Crm, call: Call): Answer {
	const { model, id } = call.params;
	const { definition } = crm.store.table(model);
	const row = crm.store.live(model, id);
	if (!row) {
		if (!isFlagSet(bodyOf(call).create)) throw notFound();
		const deleted = crm.store.table(model).rows.get(id);
		if (deleted && crm.variants.deletedId === 'taken') {
			throw new ApiError(500, `MySQL error 1062: Duplicate entry '${id}' for key 'PRIMARY'`);
		}
		if (deleted && crm.variants.deletedId === 'written') {
			crm.records.update(model, deleted, valuesOf(call), call.userId);
			return DONE;
		}
		const answer = create(crm, call, id, crm.variants.duplicatesOnChange);
		return 'json' in answer && isMap(answer.json) && 'id' in answer.json ? DONE : answer;
	}
	const values = valuesOf(call);
	const isChecked = crm.variants.duplicatesOnChange && wantsDuplicateCheck(call);
	const duplicates = isChecked ? findDuplicates(crm, definition, values, row) : [];
	if (duplicates.length > 0) return duplicateAnswer(crm, model, duplicates);
	crm.records.update(model, row, values, call.userId);
	crm.webhooks.fire('update', definition, row);
	return DONE;
}

function remove(crm: Crm, { params, userId }: Call): Answer {
	const row = recordOf(crm, params);
	beforeDelete(crm, params.model, row, userId);
	crm.records.delete(row, userId);
	return DONE;
}

function erasePersonal(crm: Crm, call: Call): Answer {
	const row = recordOf(crm, call.params);
	const { fields } = crm.store.table(call.params.model).definition;
	const names = String(valuesOf(call).fields ?? '')
		.split(',')
		.filter((name) => Object.hasOwn(fields, name) && fields[name].personal_info === true);
	const values = Object.fromEntries(names.map((name) => [name, null]));
	crm.records.update(call.params.model, row, values, call.userId);
	crm.audit.erase(call.params.model, row.id, names);
	return DONE;
}

function valuesOf(call: Call): Values {
	const values = mapFrom(bodyOf(call).data);
	if (!values) throw badRequest('No data given');
	return values;
}

function wantsDuplicateCheck(call: Call): boolean {
	return isFlagSet(call.query.check_duplicates) || isFlagSet(bodyOf(call).check_duplicates);
}

function duplicateAnswer(crm: Crm, model: string, duplicates: Duplicate[]): Answer {
	const messages = duplicates.map(({ label, id }) => `Possible duplicate: ${label} (${id})`);
	switch (crm.variants.duplicates) {
		case 'string':
			return { json: { errors: messages.join('; ') } };
		case 'map':
			return {
				json: {
					errors: Object.fromEntries(
						duplicates.map(({ field }, index) => [field, [messages[index]]]),
					),
				},
			};
		case 'status400':
			throw badRequest(`${model} exists: ${duplicates[0].id}`);
		default:
			return { json: { errors: messages } };
	}
}
