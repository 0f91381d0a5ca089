import { UserError } from 'n8n-workflow';
import { recordsPath, recordTarget } from '../../../../../nodes/OneCrm/crm/record';

describe('the path of a record', () => {
	it.each(['1', '-99', 'standard-tax_-code-0000-000000000001', 'ä b'])('takes the ID %j', (id) => {
		expect(recordTarget({ module: 'aCase', id })).toEqual({
			path: `data/aCase/${encodeURIComponent(id)}`,
			subject: `aCase "${id}"`,
		});
	});

	it.each(['..', '', '1/contacts'])(
		'refuses the ID %j, which would address something else',
		(id) => {
			expect(() => recordTarget({ module: 'Account', id })).toThrow(UserError);
		},
	);

	it('of a module ends with its name', () => {
		expect(recordsPath('invoices_payments')).toBe('data/invoices_payments');
	});
});
