import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { Field, ModuleMetadata } from '../../../../../../nodes/OneCrm/crm/metadata';
import {
	documentModel,
	documentNumber,
	isComputedField,
	knownValues,
} from '../../../../../../nodes/OneCrm/crm/salesDocument/model';
import { failed, StandIn } from '../stand-in.cts';
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

describe('documentModel', () => {
	const module = (fields: Record<string, Partial<Field>>): ModuleMetadata => {
		const metadata = withFields(...Object.keys(fields));
		for (const [name, facts] of Object.entries(fields)) {
			Object.assign(metadata.fields.get(name)!, facts);
		}
		return metadata;
	};
	const reference = { type: 'id', target: 'Quote' };
	const nameOfReference = { type: 'ref', target: 'Quote' };
	const modules = (): Record<string, ModuleMetadata | Error> => ({
		Quote: module({ name: {}, quote_number: { type: 'sequence_number' } }),
		QuoteLineGroup: module({ quote_id: reference }),
		QuoteLine: module({
			account_id: { type: 'id', target: 'Account' },
			quote: nameOfReference,
			quote_id: reference,
		}),
		QuoteComment: module({ own_quote_id: reference }),
		QuoteAdjustment: module({ quote: nameOfReference }),
	});
	const modelFrom = async (known: Record<string, ModuleMetadata | Error>) =>
		await documentModel(new StandIn({}, known).crm, 'Quote');

	it('has a module, a link and a column for each kind of rows', async () => {
		const known = modules();
		expect(await modelFrom(known)).toEqual({
			module: 'Quote',
			metadata: known.Quote,
			numberField: 'quote_number',
			parts: {
				LineGroup: {
					...{ module: 'QuoteLineGroup', link: 'line_groups_link', column: 'parent_id' },
					metadata: known.QuoteLineGroup,
				},
				Line: {
					...{ module: 'QuoteLine', link: 'lines_link', column: 'quote_id' },
					metadata: known.QuoteLine,
				},
				Comment: {
					...{ module: 'QuoteComment', link: 'comments_link', column: 'own_quote_id' },
					metadata: known.QuoteComment,
				},
				Adjustment: {
					...{ module: 'QuoteAdjustment', link: 'adjustments_link', column: 'quote_id' },
					metadata: known.QuoteAdjustment,
				},
			},
		});
	});

	it('has no number where nothing counts the documents', async () => {
		const model = await modelFrom({ ...modules(), Quote: module({ name: {} }) });
		expect(model.numberField).toBeUndefined();
	});

	it('refuses lines of which nobody knows where the document is named', async () => {
		const QuoteLine = module({ quote: nameOfReference });
		await expect(modelFrom({ ...modules(), QuoteLine })).rejects.toThrow(
			new UserError("1CRM doesn't say which field of QuoteLine contains the Quote"),
		);
	});

	it('refuses a module without lines', async () => {
		const { Quote, QuoteLineGroup, QuoteLine } = modules();
		await expect(modelFrom({ Quote, QuoteLineGroup, QuoteLine })).rejects.toThrow(
			new UserError("Quote isn't a module with lines: 1CRM has no QuoteComment"),
		);
	});

	it('passes on any other failure', async () => {
		await expect(modelFrom({ ...modules(), QuoteLine: failed(403) })).rejects.toThrow('Status 403');
		await expect(modelFrom({ ...modules(), Quote: failed(404) })).rejects.toThrow('Status 404');
	});
});
