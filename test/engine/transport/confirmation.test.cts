import type { INodeParameters } from 'n8n-workflow';
import {
	createContact,
	deleteContact,
	updateContact,
} from '../../support/engine/simple-operations.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { skipPauses } from '../pauses.cts';

const { sandbox, engine } = engineWithSandbox();
let id: string;

beforeEach(() => {
	skipPauses();
	id = sandbox.insert('Contact', { last_name: 'Berg' });
});

const linking = (): INodeParameters => ({
	resource: 'relatedRecord',
	operation: 'add',
	module: 'Account',
	recordId: sandbox.insert('Account', { name: 'Berg' }),
	link: 'contacts',
	relatedIds: id,
});

describe('A change is not done', () => {
	it.each([
		[{ result: 0 }],
		[{ result: '0' }],
		[{ result: 'false' }],
		[{ result: 'FALSE' }],
		[{ result: null }],
		[{ result: '' }],
		[{ result: [] }],
		[{ result: [false] }],
		[{ result: 'failed' }],
		[{ result: true, error: true }],
		[{ id: false }],
		[{ status: 'error' }],
		[[]],
		[{ success: 0 }],
		[{ success: 'false' }],
	])('when it is answered with %j', async (body) => {
		for (const run of [deleteContact(id), updateContact(id, 'Holm'), linking()]) {
			sandbox.failNext({ kind: 'status', status: 200, body }, { path: /^\/data/ });
			await engine.failure(run);
		}
	});

	it.each([true, 1, '1', 'true'] as const)('but is when it is %j', async (confirmation) => {
		sandbox.variants.confirmation = confirmation;
		await engine.items(linking());
		await engine.items(updateContact(id, 'Holm'));
		expect(await engine.items(deleteContact(id))).toEqual([{ id, deleted: true }]);
	});
});

describe('A create that is answered with an ID and', () => {
	it.each([
		['a list of errors', { errors: ['E-mail could not be sent'] }],
		['a text of errors', { errors: 'E-mail could not be sent' }],
		['an error', { error: { message: 'E-mail could not be sent' } }],
		['an error under another name', { error: { text: 'E-mail could not be sent' } }],
	])('%s says both, and that it may be there', async (_what, rest) => {
		const body = { id: 'new-1', ...rest };
		sandbox.failNext({ kind: 'status', status: 200, body }, { method: 'POST' });
		const error = await engine.failure(createContact('Holm'));
		expect(error.message).toContain('new-1');
		expect(error.message).toContain('E-mail could not be sent');
		expect(error.description).toMatch(/may have/);
	});
});
