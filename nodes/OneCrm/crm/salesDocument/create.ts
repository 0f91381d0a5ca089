import { UserError } from 'n8n-workflow';

import type { CrmClient } from '../client';
import type { Decimal } from '../decimal';
import { recordExists } from '../record';
import type { FieldValues, RecordValues } from '../recordValues';
import { without } from '../recordValues';
import { checkTotal } from './check';
import type { AdjustmentEntry, LineEntry } from './draft';
import { draftGroups } from './draft';
import type { DocumentModel } from './model';
import { DOCUMENT_MODULES, documentModel, documentNumber } from './model';
import type { AdjustmentOutput, Check, DocumentOutput, GroupOutput, LineOutput } from './output';
import { commentOutput, priceText } from './output';
import { BASE_ID, currencyDecimals } from './prices';
import type { Draft } from './rows';
import { adjustmentsOf } from './rows';
import { documentTotals } from './totals';
import type { WrittenDocument, WrittenRow } from './write';
import { writeDocument } from './write';

interface NewDocument {
	module: string;
	/** The header without its amounts. */
	header: RecordValues;
	lines: LineEntry[];
	adjustments: AdjustmentEntry[];
	/** What it has to come to; anything else is refused. */
	expectedTotal?: Decimal;
	/** The id of the document that it's made from. */
	sourceDocument?: string;
	onFailure: 'keep' | 'undo';
	/** Called with the names of tax codes that have no rates: no tax is calculated for them. */
	onNoRates?: (taxCodes: string[]) => void;
}

/**
 * Creates a document with its lines, calculated and checked.
 *
 * Everything that can be refused is refused, with a `UserError`, before the first request that writes. Throws what
 * `writeDocument` throws.
 */
export async function createDocument(
	crm: CrmClient,
	{ module, header, lines, adjustments, ...options }: NewDocument,
): Promise<DocumentOutput & Check> {
	const { onFailure } = options;
	const model = await documentModel(crm, module);
	const currencyId = String(header.data.currency_id ?? '') || BASE_ID;
	const decimals = await currencyDecimals(crm, currencyId);
	const groups = await draftGroups(crm, lines, adjustments, currencyId);
	const taxCodes = groups.flatMap(({ lines, adjustments }) =>
		[...lines, ...adjustments].flatMap(({ taxCode }) => taxCode ?? []),
	);
	options.onNoRates?.(taxCodes.filter(({ rates }) => rates.length === 0).map(({ name }) => name));
	const totals = documentTotals(groups, decimals);
	checkExpected(totals.total, options.expectedTotal, decimals);
	const source = await sourceReference(crm, model, header.data, options.sourceDocument);

	const draft: Draft = {
		model,
		groups,
		totals,
		currencyId,
		decimals,
		baseDecimals: await currencyDecimals(crm, BASE_ID),
	};
	const written = await writeDocument(crm, {
		draft,
		header: without(header, Object.keys(source)),
		source,
		onFailure,
	});
	const document = { model, id: written.id };
	const checked = { total: totals.total, decimals };
	const check = await checkTotal(crm, document, checked);
	return { ...documentOutput(draft, written), ...check };
}

function checkExpected(total: Decimal, expected: Decimal | undefined, decimals: number): void {
	if (expected === undefined || expected.equals(total)) return;
	throw new UserError(
		`The document comes to ${total.toFixed(decimals)}, but ${priceText(expected, decimals)} was expected. Nothing was written`,
	);
}

/** How references to a source document are mostly named, such as `related_quote_id`. */
const SOURCE_REFERENCE = /^(from|related)_/;

/**
 * The references to a source document: those among the header's values and, with an id, the one to the module that has
 * a document with this id. Throws a `UserError` if none has.
 */
async function sourceReference(
	crm: CrmClient,
	{ module, metadata }: DocumentModel,
	data: FieldValues,
	id: string | undefined,
): Promise<FieldValues> {
	const references = [...metadata.fields.values()].filter(
		({ name, target, type }) =>
			target !== undefined &&
			type !== 'ref' &&
			(SOURCE_REFERENCE.test(name) || DOCUMENT_MODULES.includes(target)),
	);
	const source: FieldValues = {};
	for (const { name } of references) if (data[name]) source[name] = data[name];
	if (id === undefined) return source;

	for (const { name, target = '' } of references) {
		if (await recordExists(crm, { module: target, id })) return { ...source, [name]: id };
	}
	const targets = references.map(({ target }) => target).join(' or ') || 'other document';
	throw new UserError(`1CRM has no ${targets} "${id}" that a ${module} could be made from`);
}

function documentOutput(draft: Draft, { id, record, rows }: WrittenDocument): DocumentOutput {
	const { model, totals, decimals } = draft;
	const money = (amount: Decimal): string => amount.toFixed(decimals);
	return {
		id,
		module: model.module,
		number: documentNumber(model, record),
		subtotal: money(totals.subtotal),
		discount: money(totals.discount),
		shipping: money(totals.shipping),
		taxes: totals.taxes.map(({ name, rate, amount }) => ({
			name,
			rate: rate.toString(),
			amount: money(amount),
		})),
		pretax: money(totals.pretax),
		total: money(totals.total),
		groups: draft.groups.map((_, index) =>
			groupOutput(
				draft,
				index,
				rows.filter(({ group }) => group === index),
			),
		),
	};
}

function groupOutput(draft: Draft, index: number, rows: WrittenRow[]): GroupOutput {
	const { name } = draft.groups[index];
	const { subtotal, total } = draft.totals.groups[index];
	return {
		id: idOf(rows, 'LineGroup'),
		name,
		subtotal: subtotal.toFixed(draft.decimals),
		total: total.toFixed(draft.decimals),
		lines: lineOutputs(draft, index, rows),
		adjustments: adjustmentOutputs(draft, index, rows),
	};
}

function lineOutputs({ groups, totals, decimals }: Draft, index: number, rows: WrittenRow[]) {
	let lines = 0;
	return groups[index].rows.map((row, position): LineOutput => {
		if (!('line' in row)) return commentOutput(idOf(rows, 'Comment', position), row.comment);
		const { name, quantity, unitPrice, taxCode } = row.line;
		return {
			id: idOf(rows, 'Line', position),
			name,
			quantity: quantity.toString(),
			unitPrice: priceText(unitPrice, decimals),
			extPrice: totals.groups[index].extPrices[lines++].toFixed(decimals),
			taxCode: taxCode?.name ?? null,
			comment: null,
		};
	});
}

function adjustmentOutputs({ groups, totals, decimals }: Draft, index: number, rows: WrittenRow[]) {
	return adjustmentsOf(groups[index], totals.groups[index]).map(
		({ columns, amount, index: own }, position): AdjustmentOutput => ({
			id: idOf(rows, 'Adjustment', position),
			type: own === undefined ? 'tax' : groups[index].adjustments[own].type,
			name: String(columns.name),
			rate: columns.rate === undefined ? null : String(columns.rate),
			amount: amount.toFixed(decimals),
		}),
	);
}

function idOf(rows: WrittenRow[], kind: WrittenRow['kind'], position?: number): string | null {
	const row = rows.find((one) => one.kind === kind && (position ?? one.position) === one.position);
	return row?.id ?? null;
}
