import type { Sandbox } from '../sandbox/sandbox.cts';

/** Puts a tax code into the sandbox, with its rates in percent; `~9.5` is a compounded one. Returns its id. */
export function insertTaxCode(sandbox: Sandbox, name: string, ...rates: string[]): string {
	const code = sandbox.insert('TaxCode', { name, code: name });
	for (const text of rates) {
		const rate = text.replace('~', '');
		const known = sandbox.records('TaxRate').find((row) => row.name === `${rate} %`);
		const id =
			known?.id ??
			sandbox.insert('TaxRate', { name: `${rate} %`, rate, compounding: text !== rate });
		sandbox.link('TaxCode', code, 'taxrates', id);
	}
	return code;
}

/** What every test of a document needs: an account. */
export function insertAccount(sandbox: Sandbox): string {
	return sandbox.insert('Account', { id: 'account-1', name: 'Birch Ltd' });
}

/** The parameter of the mapper for a quote's header. */
export function quoteHeader(more: Record<string, string> = {}) {
	const value = {
		name: 'Offer',
		billing_account_id: 'account-1',
		valid_until: '2026-12-31',
		...more,
	};
	return { mappingMode: 'defineBelow', value };
}
