import { NodeApiError, NodeOperationError, UserError } from 'n8n-workflow';
import {
	asNodeError,
	CrmError,
	errorAfter,
	errorOfItem,
	messageOf,
} from '../../../../../nodes/OneCrm/http/errors';
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

	it('keeps what 1CRM said in each of them', () => {
		const shared = new CrmError(
			node,
			{ message: 'No' },
			{ status: 403, outcome: 'unknown', isLogin: true },
		);
		const [first, second] = [0, 1].map((item) => errorOfItem(node, shared, item));
		expect(second).not.toBe(first);
		expect(second).toMatchObject({ httpCode: '403', outcome: 'unknown', isLogin: true });
		expect(second.description).toMatch(/^1CRM may have applied this change anyway/);
	});

	it('copies an error without a status, and one of n8n itself', () => {
		for (const shared of [
			new CrmError(node, { message: 'No' }),
			new NodeApiError(node, {}, { message: 'No', httpCode: '500' }),
		]) {
			const { httpCode } = shared;
			const [, second] = [0, 1].map((item) => errorOfItem(node, shared, item));
			expect(second).toBeInstanceOf(CrmError);
			expect(second).toMatchObject({ httpCode, message: 'No' });
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
		expect(messageOf('broken')).toBe('broken');
		expect(messageOf(new Error('broken'))).toBe('broken');
	});

	it('keeps a message that n8n would take for an error code', () => {
		expect(asNodeError(node, new Error('No ENOTFOUND here')).message).toBe('No ENOTFOUND here');
	});

	it('begins with what was done before, if anything was', () => {
		const done = 'Contact "1" was created, but could not be read back';
		expect(errorAfter(node, done, new Error('No')).message).toBe(`${done}: No`);
	});

	it('leaves an error that others share as it is', () => {
		const shared = new CrmError(node, { message: 'No' }, { status: 500, outcome: 'unknown' });
		shared.context.data = { id: '1' };
		const [, second] = ['A', 'B'].map((done) => errorAfter(node, done, shared));
		expect(shared.message).toBe('No');
		expect(second).toMatchObject({ message: 'B: No', httpCode: '500', outcome: 'unknown' });
		expect(second.context.data).toEqual({ id: '1' });
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
