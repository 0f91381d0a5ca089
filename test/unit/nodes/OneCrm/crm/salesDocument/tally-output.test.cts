import type { IDataObject } from 'n8n-workflow';
import type {
	DocumentOutput,
	GroupOutput,
	LineOutput,
} from '../../../../../../nodes/OneCrm/crm/salesDocument/output';
import { commentOutput } from '../../../../../../nodes/OneCrm/crm/salesDocument/output';
import type { StoredHeader } from '../../../../../../nodes/OneCrm/crm/salesDocument/storedOutput';
import type { Tally, TallyGroup } from '../../../../../../nodes/OneCrm/crm/salesDocument/tally';
import {
	tallyOutput,
	withTally,
} from '../../../../../../nodes/OneCrm/crm/salesDocument/tallyOutput';
import { modelOf } from './models.cts';

const headerOf = (record: IDataObject = {}): StoredHeader => ({
	model: modelOf('Quote'),
	record: { id: 'quote-1', number: '17', ...record },
	decimals: 2,
});

const shownLine: IDataObject = {
	...{ name: 'Pump', quantity: '2', unit_price: '5', ext_price: '10', is_comment: '0' },
};
const shownComment: IDataObject = { name: 'By ship', is_comment: '1' };
const shownTax: IDataObject = { type: 'StandardTax', name: 'VAT', rate: '13', value: '1.3' };
const shownGroup = (more: Partial<TallyGroup> = {}): TallyGroup => ({
	...{ name: 'Parts', subtotal: '10', total: '11.3' },
	...{ lines: [shownLine, shownComment], adjustments: [shownTax], ...more },
});
const tallyOf = (groups: TallyGroup[], more: Partial<Tally> = {}): Tally => ({
	groups,
	totals: { subtotal: '10', total: '11.3' },
	taxes: [{ name: 'VAT', rate: '13.0', amount: '1.3' }],
	...more,
});

describe('a document of which only the tally can be read', () => {
	it('has its groups with lines, comments and adjustments, without IDs', () => {
		const shipping = { type: 'UntaxedShipping', name: 'Post', value: '5' };
		const groups = [shownGroup({ adjustments: [shownTax, shipping] })];
		expect(tallyOutput(headerOf(), tallyOf(groups))).toEqual({
			...{ id: 'quote-1', module: 'Quote', number: '17' },
			...{ subtotal: '10.00', discount: '0.00', shipping: '5.00', pretax: null, total: '11.30' },
			taxes: [{ name: 'VAT', rate: '13', amount: '1.30' }],
			groups: [
				{
					...{ id: null, name: 'Parts', subtotal: '10.00', total: '11.30' },
					lines: [
						{
							...{ id: null, name: 'Pump', quantity: '2', unitPrice: '5.00' },
							...{ extPrice: '10.00', taxCode: null, comment: null },
						},
						commentOutput(null, 'By ship'),
					],
					adjustments: [
						{ id: null, type: 'tax', name: 'VAT', rate: '13', amount: '1.30' },
						{ id: null, type: 'untaxedShipping', name: 'Post', rate: null, amount: '5.00' },
					],
				},
			],
		});
	});

	it('has the amounts of the record where that has any', () => {
		const header = headerOf({ subtotal: '9', amount: '12' });
		const document = tallyOutput(header, tallyOf([shownGroup()]));
		expect(document).toMatchObject({ subtotal: '9.00', total: '12.00' });
	});

	it('has empty texts for what its tally leaves out of a tax or a comment', () => {
		const groups = [shownGroup({ lines: [{ id: 'comment-1', is_comment: '1' }] })];
		const document = tallyOutput(headerOf(), tallyOf(groups, { taxes: [{}] }));
		expect(document.taxes).toEqual([{ name: '', rate: '', amount: '' }]);
		expect(document.groups[0].lines).toEqual([commentOutput('comment-1', '')]);
	});
});

describe('a stored document with its tally', () => {
	const storedLine: LineOutput = {
		...{ id: 'line-1', name: 'Pump', quantity: '2', unitPrice: '4.00' },
		...{ extPrice: null, taxCode: 'VAT 13%', comment: null },
	};
	const storedComment = commentOutput('comment-1', 'By plane');
	const storedTax = { id: 'tax-1', type: 'tax', name: 'Tax', rate: '12', amount: '1.20' };
	const storedGroup = (more: Partial<GroupOutput> = {}): GroupOutput => ({
		...{ id: 'group-1', name: 'Own', subtotal: null, total: '1.00' },
		...{ lines: [storedLine, storedComment], adjustments: [storedTax], ...more },
	});
	const storedOf = (groups: GroupOutput[]): DocumentOutput => ({
		...{ id: 'quote-1', module: 'Quote', number: '17', discount: '1.00', shipping: '2.00' },
		...{ subtotal: null, pretax: '3.00', total: null },
		...{ taxes: [{ name: 'Tax', rate: '12', amount: '1.20' }], groups },
	});

	it('has the amounts of the tally, and everything else as it is stored', () => {
		const document = withTally(headerOf(), storedOf([storedGroup()]), tallyOf([shownGroup()]));
		expect(document).toEqual({
			...storedOf([]),
			...{ subtotal: '10.00', total: '11.30' },
			groups: [
				{
					...{ id: 'group-1', name: 'Own', subtotal: '10.00', total: '11.30' },
					lines: [{ ...storedLine, extPrice: '10.00' }, storedComment],
					adjustments: [{ ...storedTax, amount: '1.30' }],
				},
			],
		});
	});

	it('keeps its own amounts where the tally has none', () => {
		const bare = shownGroup({
			...{ subtotal: null, total: undefined },
			lines: [{ name: 'Pump' }, shownComment],
			adjustments: [{ type: 'StandardTax' }],
		});
		const stored = storedOf([
			storedGroup({ lines: [{ ...storedLine, extPrice: '8.00' }, storedComment] }),
		]);
		const { groups } = withTally(headerOf(), stored, tallyOf([bare]));
		expect(groups).toEqual(stored.groups);
	});

	it('takes the amounts of each group and row from its own place', () => {
		const second = {
			lines: [shownComment, { ...shownLine, name: 'Hose', ext_price: '7' }],
			adjustments: [
				{ ...shownTax, value: '2' },
				{ type: 'UntaxedShipping', value: '3' },
			],
		};
		const shown = tallyOf([shownGroup(), shownGroup({ ...second, total: '20' })]);
		const stored = storedOf([
			storedGroup(),
			storedGroup({
				lines: [storedComment, { ...storedLine, name: 'Hose' }],
				adjustments: [storedTax, { ...storedTax, type: 'untaxedShipping' }],
			}),
		]);
		expect(withTally(headerOf(), stored, shown).groups).toMatchObject([
			{ total: '11.30', lines: [{ extPrice: '10.00' }, {}], adjustments: [{ amount: '1.30' }] },
			{
				...{ total: '20.00', lines: [{}, { extPrice: '7.00' }] },
				adjustments: [{ amount: '2.00' }, { amount: '3.00' }],
			},
		]);
	});

	it.each<[what: string, shown: TallyGroup[], stored?: GroupOutput[]]>([
		['no group', []],
		['one group more', [shownGroup(), shownGroup()]],
		['one group less', [shownGroup()], [storedGroup(), storedGroup()]],
		['one line less', [shownGroup({ lines: [shownLine] })]],
		['one line more', [shownGroup({ lines: [shownLine, shownComment, shownLine] })]],
		['another line', [shownGroup({ lines: [{ ...shownLine, name: 'Hose' }, shownComment] })]],
		['another order', [shownGroup({ lines: [shownComment, shownLine] })]],
		[
			'a nameless line in place of a comment',
			[shownGroup({ lines: [shownLine, { is_comment: '0' }] })],
		],
		['no adjustment', [shownGroup({ adjustments: [] })]],
		['one adjustment more', [shownGroup({ adjustments: [shownTax, shownTax] })]],
		['another adjustment', [shownGroup({ adjustments: [{ type: 'UntaxedShipping' }] })]],
		[
			'another second adjustment',
			[shownGroup({ adjustments: [shownTax, { type: 'UntaxedShipping' }] })],
			[storedGroup({ adjustments: [storedTax, storedTax] })],
		],
		[
			'another second group',
			[shownGroup(), shownGroup({ lines: [] })],
			[storedGroup(), storedGroup()],
		],
	])('is left as it is if the tally shows %s', (_, shown, groups = [storedGroup()]) => {
		const stored = storedOf(groups);
		expect(withTally(headerOf(), stored, tallyOf(shown))).toBe(stored);
	});
});
