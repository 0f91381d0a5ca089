import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { asNodeError, isMissing, isNotOffered } from '../../http/errors';
import { fetchList } from '../../http/paging';
import { readBoolean } from '../boolean';
import type { CrmClient } from '../client';
import { Decimal } from '../decimal';
import { linkTarget } from '../links';
import { findMatches, matchValues } from '../matching';
import { fetchRecord, recordsPath } from '../record';
import type { TaxCode, TaxRate } from './totals';

/** The id of the base currency, and of the tax code of lines without tax. */
export const BASE_ID = '-99';

const DEFAULT_DECIMALS = 2;

/**
 * How many decimals a currency has, by its ISO 4217 code. The base currency, of which 1CRM has no record, is taken to
 * have two. Throws a `UserError` for a currency that isn't there.
 */
export async function currencyDecimals(crm: CrmClient, id: string): Promise<number> {
	return await crm.readOnce(`currency ${id}`, async () => {
		if (id === BASE_ID) return DEFAULT_DECIMALS;
		const currency = await recordOrNothing(crm, 'Currency', id);
		if (currency === undefined) throw new UserError(`1CRM has no currency with the ID "${id}"`);
		return decimalsOf(currency.iso4217);
	});
}

function decimalsOf(code: unknown): number {
	if (typeof code !== 'string' || !/^[A-Za-z]{3}$/.test(code)) return DEFAULT_DECIMALS;
	const format = new Intl.NumberFormat('en', { style: 'currency', currency: code });
	return format.resolvedOptions().maximumFractionDigits ?? DEFAULT_DECIMALS;
}

/**
 * The tax code with this id or name, with its rates; `undefined` for the one that means exempt. Throws a `UserError`
 * for one that isn't there, for a name that two have, and for rates that can't be read.
 */
export async function findTaxCode(crm: CrmClient, idOrName: string): Promise<TaxCode | undefined> {
	if (idOrName === BASE_ID) return undefined;
	const codes = await taxCodeNames(crm);
	const wanted = idOrName.toLowerCase();
	const byId = codes.filter(({ id }) => id === idOrName);
	const matches =
		byId.length > 0 ? byId : codes.filter(({ name }) => name.toLowerCase() === wanted);
	if (matches.length !== 1) {
		const names = codes.map(({ name }) => `"${name}"`).join(', ');
		const problem = matches.length === 0 ? 'no tax code' : 'more than one tax code';
		throw new UserError(`1CRM has ${problem} "${idOrName}". Its tax codes: ${names || 'none'}`);
	}
	const [{ id, name }] = matches;
	return await crm.readOnce(`tax code ${id}`, async () => ({
		id,
		name,
		rates: await fetchRates(crm, id, name),
	}));
}

/** The names of all tax codes. */
export async function taxCodeNames(crm: CrmClient): Promise<Array<{ id: string; name: string }>> {
	return await crm.readOnce('tax codes', async () => {
		const codes = await fetchList(crm.http, {
			path: recordsPath('TaxCode'),
			isOfRecords: true,
			limit: Infinity,
		});
		return codes.map(({ id, name, _display }) => ({
			id: String(id),
			name: String(name ?? _display ?? id).trim(),
		}));
	});
}

async function fetchRates(crm: CrmClient, id: string, name: string): Promise<TaxRate[]> {
	const rates = await fetchList(crm.http, {
		...linkTarget({ module: 'TaxCode', id, link: 'taxrates' }),
		query: { fields: ['name', 'rate', 'compounding'] },
		isOfRecords: true,
		limit: Infinity,
	}).catch((error: unknown) => {
		throw ratesError(crm, name, error);
	});
	// A compounded rate is taken on the taxes before it, and 1CRM isn't known to return it after them.
	return rates
		.map((rate) => readRate(rate, name))
		.sort((a, b) => Number(a.isCompounded) - Number(b.isCompounded));
}

function ratesError(crm: CrmClient, taxCode: string, error: unknown): Error {
	return isNotOffered(error)
		? new UserError(`The rates of the tax code "${taxCode}" can't be read from this 1CRM`)
		: asNodeError(crm.http.node, error);
}

function readRate(record: IDataObject, taxCode: string): TaxRate {
	const rate = Decimal.parse(record.rate);
	if (rate === undefined) {
		throw new UserError(`A rate of the tax code "${taxCode}" isn't a number: "${record.rate}"`);
	}
	const { compounding } = record;
	return {
		id: String(record.id),
		name: String(record.name ?? `${rate.toString()} %`),
		rate,
		isCompounded: readBoolean(compounding) ?? /^compound/i.test(String(compounding)),
	};
}

/** A product, as far as a line needs it. */
export interface Product {
	id: string;
	name: string;
	partNumber?: string;
	listPrice?: Decimal;
	cost?: Decimal;
	currencyId: string;
	taxCodeId?: string;
}

const PART_NUMBERS = ['mfr_part_no', 'manufacturers_part_no', 'vendor_part_no'];

/** The product with this id. Throws a `UserError` if there is none. */
export async function findProduct(crm: CrmClient, id: string): Promise<Product> {
	return await crm.readOnce(`product ${id}`, async () => {
		const record = await recordOrNothing(crm, 'Product', id);
		if (record === undefined) throw new UserError(`1CRM has no product with the ID "${id}"`);
		return readProduct(record);
	});
}

/** The product with this part number. Throws a `UserError` unless exactly one has it. */
export async function findProductByNumber(crm: CrmClient, partNumber: string): Promise<Product> {
	return await crm.readOnce(`product number ${partNumber}`, async () => {
		const metadata = await crm.metadata('Product');
		const column = PART_NUMBERS.find((name) => metadata.fields.has(name));
		if (column === undefined) throw new UserError('Products of this 1CRM have no part number');
		const data = { [column]: partNumber };
		const values = matchValues('Product', metadata, [column], data);
		const matches = await findMatches(crm, 'Product', values);
		if (matches.length !== 1) {
			const problem = matches.length === 0 ? 'no product' : 'more than one product';
			throw new UserError(`1CRM has ${problem} with the part number "${partNumber}"`);
		}
		return await findProduct(crm, String(matches[0].id));
	});
}

function readProduct(record: IDataObject): Product {
	const text = (name: string): string | undefined => {
		const value = record[name];
		return value === undefined || value === null || value === '' ? undefined : String(value);
	};
	return {
		id: String(record.id),
		name: text('name') ?? '',
		partNumber: PART_NUMBERS.map(text).find((number) => number !== undefined),
		listPrice: Decimal.parse(record.list_price),
		cost: Decimal.parse(record.cost),
		currencyId: text('currency_id') ?? BASE_ID,
		taxCodeId: text('tax_code_id'),
	};
}

async function recordOrNothing(
	crm: CrmClient,
	module: string,
	id: string,
): Promise<IDataObject | undefined> {
	try {
		return await fetchRecord(crm, { module, id });
	} catch (error) {
		if (isMissing(error)) return undefined;
		throw asNodeError(crm.http.node, error);
	}
}
