import type { Seeder } from './seed.cts';

/** The tax code that every 1CRM is delivered with. */
const STANDARD = 'standard-tax_-code-0000-000000000001';

/** What documents refer to for their amounts. */
export function seedPricing(seeder: Seeder): void {
	seedTaxCode(seeder, { id: STANDARD, name: 'Standard', code: 'STD' }, 20);
	seedTaxCode(seeder, { name: 'Reduced', code: 'RED' }, 10);
}

function seedTaxCode(seeder: Seeder, values: Record<string, string>, rate: number): void {
	const code = seeder.add('TaxCode', values);
	const id = seeder.add('TaxRate', { name: `${values.name} rate`, rate, compounding: 0 });
	seeder.crm.link('TaxCode', code, 'taxrates', id);
}
