import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { ModuleMetadata } from '../../../../../../nodes/OneCrm/crm/metadata';
import {
	currencyDecimals,
	findProduct,
	findProductByNumber,
	findTaxCode,
	taxCodeNames,
} from '../../../../../../nodes/OneCrm/crm/salesDocument/prices';
import { decimal } from '../decimals.cts';
import { type Answer, failed, listOf, oneOf, pagesOf, StandIn } from '../stand-in.cts';
import { withFields } from './models.cts';

describe('the decimals of a currency', () => {
	const decimalsOf = async (answer: Answer) =>
		await currencyDecimals(new StandIn({ 'GET data/Currency/own': answer }).crm, 'own');

	it.each([
		['EUR', 2],
		['jpy', 0],
		['KWD', 3],
		['', 2],
		[null, 2],
		[undefined, 2],
		['JPYEN', 2],
		['KKWD', 2],
		['12', 2],
		[['JPY'], 2],
	])('are by the code %j %i', async (iso4217, decimals) => {
		expect(await decimalsOf(oneOf({ iso4217 }))).toBe(decimals);
	});

	it('are two for the base currency, of which there is no record', async () => {
		const { crm, sent } = new StandIn({});
		expect(await currencyDecimals(crm, '-99')).toBe(2);
		expect(sent).toEqual([]);
	});

	it('are read once for each currency', async () => {
		const standIn = new StandIn({
			'GET data/Currency/yen': oneOf({ iso4217: 'JPY' }),
			'GET data/Currency/dinar': oneOf({ iso4217: 'KWD' }),
		});
		const ids = ['yen', 'dinar', 'yen', '-99'];
		const decimals = [];
		for (const id of ids) decimals.push(await currencyDecimals(standIn.crm, id));
		expect(decimals).toEqual([0, 3, 0, 2]);
		expect(standIn.requests).toEqual(['GET data/Currency/yen', 'GET data/Currency/dinar']);
	});

	it('are not known of a currency that is not there', async () => {
		await expect(decimalsOf(failed(404))).rejects.toThrow(
			new UserError('1CRM has no currency with the ID "own"'),
		);
	});

	it('are not known if 1CRM does not answer', async () => {
		await expect(decimalsOf(failed(500))).rejects.toThrow('Status 500');
	});

	it('are not known if the module of currencies is not there', async () => {
		const failure = failed(404, { message: 'Model Currency not found' });
		await expect(decimalsOf(failure)).rejects.toThrow(failure);
	});
});

describe('a tax code', () => {
	const CODES = listOf(
		{ id: 'code-1', name: ' VAT ' },
		{ id: 'code-2', name: null, _display: 'Canada' },
		{ id: 'code-3' },
		{ id: 'code-4', name: 'twice' },
		{ id: 'code-5', name: 'Twice' },
		{ id: 'code-6', name: 'code-1' },
	);
	const server = (rates: Answer = listOf(), codes: Answer = CODES) => {
		const path = (id: string) => `GET data/TaxCode/${id}/taxrates`;
		const ids = ['code-1', 'code-2', 'code-3', 'code-4', 'code-5', 'code-6'];
		return new StandIn({
			'GET data/TaxCode': codes,
			...Object.fromEntries(ids.map((id) => [path(id), rates])),
		});
	};

	it.each([
		['code-1', 'code-1', 'VAT'],
		['VAT', 'code-1', 'VAT'],
		['vat', 'code-1', 'VAT'],
		['canada', 'code-2', 'Canada'],
		['Code-3', 'code-3', 'code-3'],
		['code-4', 'code-4', 'twice'],
	])('is found by %j', async (idOrName, id, name) => {
		expect(await findTaxCode(server().crm, idOrName)).toEqual({ id, name, rates: [] });
	});

	it('of exempt lines is none, and nothing is asked', async () => {
		const { crm, sent } = server();
		expect(await findTaxCode(crm, '-99')).toBeUndefined();
		expect(sent).toEqual([]);
	});

	it('has to be there', async () => {
		await expect(findTaxCode(server().crm, 'GST')).rejects.toThrow(
			new UserError(
				'1CRM has no tax code "GST". Its tax codes: "VAT", "Canada", "code-3", "twice", "Twice", "code-1"',
			),
		);
		await expect(findTaxCode(server(listOf(), listOf()).crm, 'GST')).rejects.toThrow(
			new UserError('1CRM has no tax code "GST". Its tax codes: none'),
		);
	});

	it('has to be the only one with its name', async () => {
		await expect(findTaxCode(server().crm, 'TWICE')).rejects.toThrow(
			'1CRM has more than one tax code "TWICE". Its tax codes: "VAT", ',
		);
	});

	it('has its rates, the compounded ones last, in any form in which 1CRM says so', async () => {
		const rates: IDataObject[] = [
			{ id: '1', name: 'GST', rate: '5.000', compounding: '0' },
			{ id: 2, name: null, rate: 9.5, compounding: '1' },
			{ id: '3', name: 'PST', rate: '7', compounding: 'Compounded' },
			{ id: '4', name: 'HST', rate: '8', compounding: 'not compounded' },
			{ id: '5', name: 'QST', rate: '0', compounding: null },
		];
		const code = await findTaxCode(server(listOf(...rates)).crm, 'VAT');
		expect(code?.rates).toEqual([
			{ id: '1', name: 'GST', rate: decimal('5.000'), isCompounded: false },
			{ id: '4', name: 'HST', rate: decimal('8'), isCompounded: false },
			{ id: '5', name: 'QST', rate: decimal('0'), isCompounded: false },
			{ id: '2', name: '9.5 %', rate: decimal('9.5'), isCompounded: true },
			{ id: '3', name: 'PST', rate: decimal('7'), isCompounded: true },
		]);
	});

	it('is read with its rates once, by whatever it is asked for', async () => {
		const standIn = server();
		for (const idOrName of ['VAT', 'code-1', 'code-2', 'vat']) {
			await findTaxCode(standIn.crm, idOrName);
		}
		expect(standIn.requests).toEqual([
			...['GET data/TaxCode', 'GET data/TaxCode/code-1/taxrates'],
			'GET data/TaxCode/code-2/taxrates',
		]);
		expect(standIn.sent[1].query).toMatchObject({ fields: ['name', 'rate', 'compounding'] });
	});

	it('needs rates that are numbers', async () => {
		const rates = listOf({ id: '1', name: 'GST', rate: 'five' });
		await expect(findTaxCode(server(rates).crm, 'VAT')).rejects.toThrow(
			new UserError('A rate of the tax code "VAT" isn\'t a number: "five"'),
		);
	});

	it.each([403, 404])('needs rates that can be read (%i)', async (status) => {
		await expect(findTaxCode(server(failed(status)).crm, 'VAT')).rejects.toThrow(
			new UserError('The rates of the tax code "VAT" can\'t be read from this 1CRM'),
		);
	});

	it('is not known if 1CRM does not answer', async () => {
		await expect(findTaxCode(server(failed(500)).crm, 'VAT')).rejects.toThrow('Status 500');
	});

	it('may be one of more than fit on a page, and so may its rates', async () => {
		const standIn = server(pagesOf(201, { rate: 1 }), pagesOf(201));
		standIn.answers['GET data/TaxCode/200/taxrates'] = pagesOf(201, { rate: 1 });
		expect((await findTaxCode(standIn.crm, '200'))?.rates).toHaveLength(201);
		const orders = standIn.sent.map(({ path, query }) => [path, query?.order]);
		expect(orders).toContainEqual(['data/TaxCode', 'id']);
		expect(orders).toContainEqual(['data/TaxCode/200/taxrates', 'id']);
	});

	it('is listed with its ID where it has no name', async () => {
		const codes = await taxCodeNames(server().crm);
		expect(codes.slice(0, 3)).toEqual([
			{ id: 'code-1', name: 'VAT' },
			{ id: 'code-2', name: 'Canada' },
			{ id: 'code-3', name: 'code-3' },
		]);
	});
});

describe('a product', () => {
	const RECORD = { id: 'pump', name: 'Pump', list_price: '50.00', cost: 20.5 };
	const found = async (record: IDataObject) =>
		await findProduct(new StandIn({ 'GET data/Product/pump': oneOf(record) }).crm, 'pump');

	it('has its prices, its currency, its tax code and its part number', async () => {
		const more = { currency_id: 'eur', tax_code_id: 'vat', manufacturers_part_no: 'PN-1' };
		expect(await found({ ...RECORD, ...more })).toEqual({
			...{ id: 'pump', name: 'Pump', currencyId: 'eur', taxCodeId: 'vat', partNumber: 'PN-1' },
			...{ listPrice: decimal('50.00'), cost: decimal('20.5') },
		});
	});

	it.each(['', null, undefined])('without them is in the base currency (%j)', async (nothing) => {
		const names = ['name', 'list_price', 'cost', 'currency_id', 'tax_code_id', 'vendor_part_no'];
		const empty = Object.fromEntries(names.map((name) => [name, nothing]));
		expect(await found({ id: 7, ...empty })).toEqual({
			...{ id: '7', name: '', currencyId: '-99', taxCodeId: undefined, partNumber: undefined },
			...{ listPrice: undefined, cost: undefined },
		});
	});

	it.each([
		[{ mfr_part_no: 'M', manufacturers_part_no: 'P', vendor_part_no: 'V' }, 'M'],
		[{ mfr_part_no: '', manufacturers_part_no: 'P', vendor_part_no: 'V' }, 'P'],
		[{ vendor_part_no: 0 }, '0'],
	])('with %j has the part number %s', async (numbers, partNumber) => {
		expect(await found({ ...RECORD, ...numbers })).toMatchObject({ partNumber });
	});

	it('has to be there', async () => {
		await expect(findProduct(new StandIn({}).crm, 'pump')).rejects.toThrow(
			new UserError('1CRM has no product with the ID "pump"'),
		);
	});

	it('is not known if 1CRM does not answer', async () => {
		const { crm } = new StandIn({ 'GET data/Product/pump': failed(403) });
		await expect(findProduct(crm, 'pump')).rejects.toThrow('Status 403');
	});

	it('is read once', async () => {
		const standIn = new StandIn({
			'GET data/Product/pump': oneOf(RECORD),
			'GET data/Product/hose': oneOf({ id: 'hose', name: 'Hose' }),
		});
		const names = [];
		for (const id of ['pump', 'hose', 'pump']) names.push(await findProduct(standIn.crm, id));
		expect(names.map(({ name }) => name)).toEqual(['Pump', 'Hose', 'Pump']);
		expect(standIn.requests).toHaveLength(2);
	});
});

describe('a product by its part number', () => {
	const column = 'manufacturers_part_no';

	function matchable(...names: string[]): ModuleMetadata {
		const metadata = withFields('name', ...names);
		for (const name of names) {
			const { label, type, kind, options } = metadata.fields.get(name)!;
			metadata.filters.set(name, { name, label, type, kind, options, fields: [] });
		}
		return metadata;
	}

	const server = (metadata: ModuleMetadata, ...records: IDataObject[]) =>
		new StandIn(
			{
				'GET data/Product': listOf(...records),
				'GET data/Product/pump': oneOf({ id: 'pump', name: 'Pump', [column]: 'PN-1' }),
				'GET data/Product/hose': oneOf({ id: 'hose', name: 'Hose', [column]: 'PN-2' }),
			},
			{ Product: metadata },
		);

	it('is found once for each number', async () => {
		const standIn = server(
			matchable(column, 'vendor_part_no'),
			{ id: 'pump', [column]: 'PN-1', vendor_part_no: 'PN-2' },
			{ id: 'hose', [column]: 'PN-2' },
		);
		const found = [];
		for (const number of ['PN-1', 'PN-2', 'PN-1']) {
			found.push(await findProductByNumber(standIn.crm, number));
		}
		expect(found.map(({ name }) => name)).toEqual(['Pump', 'Hose', 'Pump']);
		expect(standIn.requests).toEqual([
			...['GET data/Product', 'GET data/Product/pump'],
			...['GET data/Product', 'GET data/Product/hose'],
		]);
	});

	it.each(['mfr_part_no', 'vendor_part_no'])('is looked up in %s', async (name) => {
		const standIn = server(matchable(name), { id: 'pump', [name]: 'PN-1' });
		await findProductByNumber(standIn.crm, 'PN-1');
		expect(standIn.sent[0].query).toMatchObject({ filters: { [name]: 'PN-1' } });
	});

	it('has to be there', async () => {
		await expect(findProductByNumber(server(matchable(column)).crm, 'PN-1')).rejects.toThrow(
			new UserError('1CRM has no product with the part number "PN-1"'),
		);
	});

	it('has to be the only one', async () => {
		const records = ['pump', 'hose'].map((id) => ({ id, [column]: 'PN-1' }));
		const { crm } = server(matchable(column), ...records);
		await expect(findProductByNumber(crm, 'PN-1')).rejects.toThrow(
			new UserError('1CRM has more than one product with the part number "PN-1"'),
		);
	});

	it('needs a filter for the part number', async () => {
		await expect(findProductByNumber(server(withFields(column)).crm, 'PN-1')).rejects.toThrow(
			`Product cannot be matched by "${column}"`,
		);
	});

	it('needs products with a part number', async () => {
		await expect(findProductByNumber(server(matchable()).crm, 'PN-1')).rejects.toThrow(
			new UserError('Products of this 1CRM have no part number'),
		);
	});
});
