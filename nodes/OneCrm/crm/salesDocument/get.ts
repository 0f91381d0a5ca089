import type { IDataObject } from 'n8n-workflow';

import { isNotOffered, asNodeError } from '../../http/errors';
import { asMap, isJsonObject } from '../../http/json';
import type { CrmClient } from '../client';
import { Decimal } from '../decimal';
import type { RecordKey } from '../record';
import { fetchRecord } from '../record';
import { checkTotal, fetchTally, tallyGroups } from './check';
import type { DocumentModel } from './model';
import { documentModel, documentNumber } from './model';
import type {
	AdjustmentOutput,
	Check,
	DocumentOutput,
	GroupOutput,
	HeaderOutput,
	TaxOutput,
} from './output';
import { commentOutput, priceText } from './output';
import type { StoredParts } from './parts';
import { fetchParts } from './parts';
import { BASE_ID, currencyDecimals, taxCodeNames } from './prices';
import type { AdjustmentType } from './totals';

/**
 * Reads a document with its groups, lines and adjustments. The rows come from its links, which give their ids, or, if
 * these can't be read, from its tally. Throws a `CrmError` for one that isn't there.
 */
export async function getDocument(
	crm: CrmClient,
	key: RecordKey,
): Promise<DocumentOutput & Check & { record: IDataObject }> {
	const model = await documentModel(crm, key.module);
	const record = await fetchRecord(crm, key);
	const decimals = await decimalsOfRecord(crm, record);
	const parts = await partsOrNothing(crm, model, key.id);
	const document =
		parts === undefined
			? tallyOutput(model, record, await fetchTally(crm, key), decimals)
			: storedOutput(model, record, parts, decimals, await taxNames(crm));
	const total = Decimal.parse(document.total);
	const check: Check =
		total === undefined
			? { check: 'unavailable' }
			: await checkTotal(crm, model, key.id, { total, decimals });
	return { ...document, ...check, record };
}

/** A document in a currency that isn't there any more can be read all the same. */
async function decimalsOfRecord(crm: CrmClient, { currency_id }: IDataObject): Promise<number> {
	const id = String(currency_id ?? '') || BASE_ID;
	return await currencyDecimals(crm, id).catch(async () => await currencyDecimals(crm, BASE_ID));
}

async function partsOrNothing(
	crm: CrmClient,
	model: DocumentModel,
	id: string,
): Promise<StoredParts | undefined> {
	try {
		return await fetchParts(crm, model, id);
	} catch (error) {
		if (isNotOffered(error)) return undefined;
		throw asNodeError(crm.http.node, error);
	}
}

async function taxNames(crm: CrmClient): Promise<Map<string, string>> {
	try {
		return new Map((await taxCodeNames(crm)).map(({ id, name }) => [id, name]));
	} catch {
		// Their ids are shown then.
		return new Map();
	}
}

const TYPES: Record<string, AdjustmentType | 'tax'> = {
	CompoundedTax: 'tax',
	StandardDiscount: 'fixedDiscount',
	StandardTax: 'tax',
	StdPercentDiscount: 'percentDiscount',
	TaxedShipping: 'taxedShipping',
	UntaxedShipping: 'untaxedShipping',
};

function adjustmentOutput(
	{ id, type, name, rate, amount, value }: IDataObject,
	decimals: number,
): AdjustmentOutput {
	const serverType = String(type ?? '');
	return {
		id: textOrNull(id),
		type: Object.hasOwn(TYPES, serverType) ? TYPES[serverType] : serverType,
		name: textOrNull(name),
		rate: Decimal.parse(rate)?.toString() ?? null,
		amount: money(amount ?? value, decimals),
	};
}

function storedOutput(
	model: DocumentModel,
	record: IDataObject,
	{ LineGroup, Line, Comment, Adjustment }: StoredParts,
	decimals: number,
	taxCodes: Map<string, string>,
): DocumentOutput {
	const groups = LineGroup.map((group): GroupOutput => {
		const isOwn = ({ line_group_id }: IDataObject): boolean => line_group_id === group.id;
		const lines = [
			...Line.filter(isOwn).map((line) => {
				const code = textOrNull(line.tax_class_id);
				const taxCode = code === BASE_ID || code === null ? null : (taxCodes.get(code) ?? code);
				return { position: line.position, output: lineOutput(line, decimals, taxCode) };
			}),
			...Comment.filter(isOwn).map(({ id, body, position }) => ({
				position,
				output: commentOutput(textOrNull(id), String(body ?? '')),
			})),
		];
		return {
			id: textOrNull(group.id),
			name: String(group.name ?? ''),
			subtotal: money(group.subtotal, decimals),
			total: money(group.total, decimals),
			lines: lines
				.sort((a, b) => Number(a.position) - Number(b.position))
				.map(({ output }) => output),
			adjustments: Adjustment.filter(isOwn).map((row) => adjustmentOutput(row, decimals)),
		};
	});
	return {
		...headerOutput(model, record, groups, decimals),
		taxes: taxOutputs(Adjustment, decimals),
		groups,
	};
}

function lineOutput(line: IDataObject, decimals: number, taxCode: string | null) {
	const price = Decimal.parse(line.unit_price);
	return {
		id: textOrNull(line.id),
		name: textOrNull(line.name),
		quantity: Decimal.parse(line.quantity)?.toString() ?? null,
		unitPrice: price === undefined ? null : priceText(price, decimals),
		extPrice: money(line.ext_price, decimals),
		taxCode,
		comment: null,
	};
}

/** Taxes of all groups with the same rate are one. */
function taxOutputs(adjustments: IDataObject[], decimals: number): TaxOutput[] {
	const taxes = new Map<string, { name: string; rate: string; amount: Decimal }>();
	for (const { type, related_id, name, rate, amount } of adjustments) {
		if (TYPES[String(type)] !== 'tax') continue;
		const key = String(related_id ?? `${name} ${rate}`);
		const before = taxes.get(key)?.amount ?? Decimal.ZERO;
		taxes.set(key, {
			name: String(name ?? ''),
			rate: Decimal.parse(rate)?.toString() ?? '',
			amount: before.plus(Decimal.parse(amount) ?? Decimal.ZERO),
		});
	}
	return [...taxes.values()].map((tax) => ({ ...tax, amount: tax.amount.toFixed(decimals) }));
}

function headerOutput(
	model: DocumentModel,
	record: IDataObject,
	groups: GroupOutput[],
	decimals: number,
): HeaderOutput {
	const sum = (isWanted: (type: string) => boolean): string =>
		Decimal.sum(
			groups
				.flatMap(({ adjustments }) => adjustments)
				.filter(({ type }) => isWanted(type))
				.map(({ amount }) => Decimal.parse(amount) ?? Decimal.ZERO),
		).toFixed(decimals);
	return {
		id: String(record.id),
		module: model.module,
		number: documentNumber(model, record),
		subtotal: money(record.subtotal, decimals),
		discount: sum((type) => /discount/i.test(type)),
		shipping: sum((type) => /shipping/i.test(type)),
		pretax: money(record.pretax, decimals),
		total: money(record.amount, decimals),
	};
}

function tallyOutput(
	model: DocumentModel,
	record: IDataObject,
	tally: IDataObject,
	decimals: number,
): DocumentOutput {
	const groups = tallyGroups(tally).map(
		({ id, name, line_items, subtotal, total, adjusts }): GroupOutput => ({
			id: textOrNull(id),
			name: String(name ?? ''),
			subtotal: money(subtotal, decimals),
			total: money(total, decimals),
			lines: objects(line_items).map((line) =>
				Number(line.is_comment)
					? commentOutput(textOrNull(line.id), String(line.name ?? ''))
					: lineOutput(line, decimals, null),
			),
			adjustments: objects(adjusts).map((row) => adjustmentOutput(row, decimals)),
		}),
	);
	const totals = asMap(tally.totals);
	return {
		...headerOutput(model, record, groups, decimals),
		taxes: objects(totals.taxes).map(({ name, rate, amount }) => ({
			name: String(name ?? ''),
			rate: Decimal.parse(rate)?.toString() ?? '',
			amount: money(amount, decimals) ?? '',
		})),
		groups,
	};
}

function objects(list: unknown): IDataObject[] {
	return Object.values(list ?? {}).filter(isJsonObject);
}

function money(value: unknown, decimals: number): string | null {
	return Decimal.parse(value)?.toFixed(decimals) ?? null;
}

function textOrNull(value: unknown): string | null {
	return value === undefined || value === null || value === '' ? null : String(value);
}
