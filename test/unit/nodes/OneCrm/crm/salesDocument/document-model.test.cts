import type { IDataObject } from 'n8n-workflow';
import {
	documentNumber,
	isComputedField,
	knownValues,
} from '../../../../../../nodes/OneCrm/crm/salesDocument/model';
import { modelOf, withFields } from './models.cts';

it.each([
	...['amount', 'amount_due', 'pretax', 'subtotal'],
	...['amount_usd', 'amount_usdollar', 'amount_due_usdollar', 'subtotal_usd', 'pretax_usd'],
])('%s follows from the lines', (name) => {
	expect(isComputedField(name)).toBe(true);
});

it.each(['name', 'discount_amount', 'amount_usd_due', 'amount_us', 'shipping_usd', '_usd', ''])(
	'"%s" is for people to fill in',
	(name) => {
		expect(isComputedField(name)).toBe(false);
	},
);

it.each<[record: IDataObject, number: string | null]>([
	[{ prefix: 'Q-', number: '17' }, 'Q-17'],
	[{ prefix: null, number: 17 }, '17'],
	[{ number: '0' }, '0'],
	[{ prefix: 'Q-', number: '' }, null],
	[{ prefix: 'Q-', number: null }, null],
	[{ prefix: 'Q-' }, null],
])('the number of %j is %j', (record, number) => {
	expect(documentNumber(modelOf('Quote'), record)).toBe(number);
});

it('a document without a field for it has no number', () => {
	const model = { ...modelOf('Quote'), numberField: undefined };
	expect(documentNumber(model, { prefix: 'Q-', number: '17', undefined: '18' })).toBeNull();
});

it('only values are written for which there is a field', () => {
	const values = { name: 'Pump', rate: undefined, empty: '', nothing: null, zero: 0, other: '1' };
	const metadata = withFields('name', 'rate', 'empty', 'nothing', 'zero');
	const known = knownValues(metadata, values);
	expect(known).toEqual({ name: 'Pump', empty: '', nothing: null, zero: 0 });
	expect(Object.keys(known)).not.toContain('rate');
});
