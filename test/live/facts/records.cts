import type { Fact } from '../fact.cts';
import { isMap } from '../server.cts';
import { idOf } from '../trial.cts';

/** Records that are written. */
export const recordFacts: Fact[] = [
	{
		name: 'Required field missing',
		question: 'Is a contact without a last name taken?',
		expectation: 'taken',
		consequence: 'None: the node asks for required fields before a request',
		writes: true,
		async ask({ trial }) {
			const reply = await trial.post('Contact', { first_name: trial.name() });
			return idOf(reply) ? 'taken' : `refused with ${reply.status}`;
		},
	},
	{
		name: 'Duplicate',
		question: 'How is a duplicate refused, with the check switched on?',
		expectation: '200 with errors as a list',
		consequence:
			'Each of these forms is told as a duplicate; "created" means that the check does nothing',
		writes: true,
		async ask({ trial }) {
			const person = { first_name: 'Check', last_name: trial.name() };
			await trial.create('Contact', person);
			const reply = await trial.post('Contact', person, { check_duplicates: 'true' });
			if (idOf(reply)) return 'created';
			const errors = isMap(reply.json) ? reply.json.errors : undefined;
			if (errors === undefined) return `refused with ${reply.status}`;
			const form = Array.isArray(errors) ? 'list' : isMap(errors) ? 'map' : 'text';
			return `${reply.status} with errors as a ${form}`;
		},
	},
	{
		name: 'Reference cleared',
		question: 'Does an empty text as its ID clear a reference?',
		expectation: 'cleared',
		consequence: 'References could not be cleared',
		writes: true,
		async ask({ trial }) {
			const account = await trial.create('Account', { name: trial.name() });
			const person = { last_name: trial.name(), primary_account_id: account };
			const contact = await trial.create('Contact', person);
			await trial.change('Contact', contact, { primary_account_id: '' });
			const { primary_account_id: left } = await trial.read('Contact', contact);
			return left ? 'kept' : 'cleared';
		},
	},
	{
		name: 'Deleted record',
		question: 'What does reading a deleted record give?',
		expectation: '404',
		consequence: 'A record that is read with deleted = 1 counts as missing, too',
		writes: true,
		async ask({ server, trial }) {
			const id = await trial.create('Account', { name: trial.name() });
			const path = `data/Account/${id}`;
			await server.read({ method: 'DELETE', path });
			const { status, json } = await server.ask({ path });
			const record = isMap(json) ? json.record : undefined;
			return isMap(record) ? `a record with deleted = ${record.deleted}` : String(status);
		},
	},
	{
		name: 'Created by its ID',
		question: 'Does a change with "create" make a missing record under the given ID?',
		expectation: 'made',
		consequence: "'Create or Update' by ID would not create",
		writes: true,
		async ask({ server, trial }) {
			const path = `data/Account/${crypto.randomUUID()}`;
			const body = { data: { name: trial.name() }, create: true };
			await server.read({ method: 'PATCH', path, body });
			trial.willRemove(path);
			return (await server.ask({ path })).status === 200 ? 'made' : 'not made';
		},
	},
];
