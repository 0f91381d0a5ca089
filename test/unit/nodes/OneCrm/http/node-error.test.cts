import { NodeApiError, NodeOperationError, UserError } from 'n8n-workflow';
import { asNodeError, CrmError, errorOfItem } from '../../../../../nodes/OneCrm/http/errors';
import { failedItem } from '../../../../../nodes/OneCrm/item/output';
import { node } from './node.cts';

describe('errorOfItem', () => {
	it('completes an error of a node in place, with the index of its item', () => {
		const thrown = new NodeApiError(
			node,
			{},
			{ message: 'No', description: 'Ask', httpCode: '403' },
		);
		expect(errorOfItem(node, thrown, 3)).toBe(thrown);
		expect(thrown.context.itemIndex).toBe(3);
		expect(thrown).toMatchObject({ message: 'No', description: 'Ask', httpCode: '403' });
	});

	it.each([
		new CrmError(node, { message: 'No', description: 'Ask' }, { status: 403 }),
		new NodeOperationError(node, 'No', { description: 'Ask' }),
	])('gives each item an error of its own where several failed with the same', (shared) => {
		shared.context.data = { hint: 'x' };
		const errors = [0, 1, 2].map((item) => errorOfItem(node, shared, item));
		expect(errors.map(({ context }) => context.itemIndex)).toEqual([0, 1, 2]);
		for (const error of errors) {
			expect(error).toMatchObject({ message: 'No', description: 'Ask' });
			expect(error.constructor).toBe(shared.constructor);
			expect(error.context.data).toEqual({ hint: 'x' });
		}
	});

	it('keeps the words of any other error', () => {
		const error = errorOfItem(node, new UserError("'Module' is empty"), 2);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe("'Module' is empty");
		expect(error.context.itemIndex).toBe(2);
	});

	it('takes what is no error at all', () => {
		expect(asNodeError(node, 'broken').message).toBe('broken');
	});
});

describe('failedItem', () => {
	it('says what went wrong, and belongs to the item that failed', () => {
		const thrown = new NodeApiError(node, {}, { message: 'No', description: 'Ask an admin' });
		expect(failedItem(node, thrown, 4)).toEqual({
			json: { error: 'No' },
			error: thrown,
			pairedItem: { item: 4 },
		});
	});
});
