import type { Fact } from '../fact.cts';
import { filtered, page } from '../page.cts';
import { isMap, Refused } from '../server.cts';
import { idOf } from '../trial.cts';

/** Records that are created, changed and deleted. */
export const recordFacts: Fact[] = [
	{
		name: 'Required field missing',
		question: 'Does 1CRM accept a contact without a last name?',
		expectation: 'taken',
		consequence: 'None: the node checks required fields before it sends a request',
		writes: true,
		async ask({ trial }) {
			const reply = await trial.post('Contact', { first_name: trial.name() });
			return idOf(reply) ? 'taken' : `refused with ${reply.status}`;
		},
	},
	{
		name: 'Change of one field',
		question: 'What happens to fields that a change does not contain?',
		expectation: 'they stay',
		consequence: 'Record > Update would empty all other fields',
		writes: true,
		async ask({ trial }) {
			const person = { first_name: 'Check', last_name: trial.name() };
			const contact = await trial.create('Contact', person);
			await trial.change('Contact', contact, { description: 'Changed' });
			const { first_name: left } = await trial.read('Contact', contact);
			return left === person.first_name ? 'they stay' : 'they change';
		},
	},
	{
		name: 'Confirmation of a change',
		question: 'What is the "result" of a change that was made?',
		expectation: 'true',
		consequence: '1 and texts for yes are taken too; anything else fails',
		writes: true,
		async ask({ server, trial }) {
			const id = await trial.create('Contact', { last_name: trial.name() });
			const body = { data: { description: 'Changed' } };
			const answer = await server.read({ method: 'PATCH', path: `data/Contact/${id}`, body });
			return JSON.stringify(answer.result) ?? 'missing';
		},
	},
	{
		name: 'Change of a missing record',
		question: 'Which status does a change of an unknown record return, without "create"?',
		expectation: '404',
		consequence: 'Record > Update would not report a missing record',
		writes: true,
		async ask({ trial }) {
			const body = { data: { name: trial.name() }, create: false };
			return String((await trial.changeMissing('Account', body)).reply.status);
		},
	},
	{
		name: 'Created by its ID',
		question: 'Does a change with "create" create a missing record with the given ID?',
		expectation: 'made',
		consequence: "'Create or Update' by ID would not create records",
		writes: true,
		async ask({ server, trial }) {
			const body = { data: { name: trial.name() }, create: true };
			const { path, reply } = await trial.changeMissing('Account', body);
			if (reply.status !== 200) throw new Refused(reply.status);
			return (await server.ask({ path })).status === 200 ? 'made' : 'not made';
		},
	},
	{
		name: 'ID of a deleted record',
		question: 'What does a change with "create" do if the ID is that of a deleted record?',
		expectation: 'refused with 500',
		consequence: "None: 'Create or Update' looks for the record afterwards",
		writes: true,
		async ask({ server, trial }) {
			const data = { name: trial.name() };
			const path = `data/Account/${await trial.create('Account', data)}`;
			await server.read({ method: 'DELETE', path });
			const { status } = await server.ask({ method: 'PATCH', path, body: { data, create: true } });
			if (status !== 200) return `refused with ${status}`;
			const { json } = await server.ask({ path });
			const record = isMap(json) ? json.record : undefined;
			return isMap(record) && record.deleted !== '1' ? 'made' : 'written unseen';
		},
	},
	{
		name: 'Notes of a contact',
		question: 'Which notes does a contact list: those that belong to it, or those that name it?',
		expectation: 'those that name it',
		consequence: "None: 'Activity > Create' writes both",
		writes: true,
		async ask({ server, trial }) {
			const id = await trial.create('Contact', { last_name: trial.name() });
			const name = trial.name();
			await trial.create('Note', { name, parent_type: 'Contacts', parent_id: id });
			await trial.create('Note', { name, contact_id: id });
			const { records } = await server.read({
				path: `data/Contact/${id}/notes`,
				query: { 'fields[]': 'contact_id' },
			});
			const named = Array.isArray(records) ? records.map((row) => row.contact_id === id) : [];
			if (named.length !== 1) return named.length === 0 ? 'none' : 'both';
			return named[0] ? 'those that name it' : 'those that belong to it';
		},
	},
	{
		name: 'Deleted record',
		question: 'What does a request for a deleted record return?',
		expectation: '404',
		consequence: 'None for deleted = 1, which also counts as missing',
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
		name: 'Deleted record in a list',
		question: 'Does a list leave out deleted records?',
		expectation: 'left out',
		consequence: 'Record > Search and Create or Update would find deleted records',
		writes: true,
		async ask({ server, trial }) {
			const name = trial.name();
			const id = await trial.create('Account', { name });
			await server.read({ method: 'DELETE', path: `data/Account/${id}` });
			const { ids } = await page(server, 'Account', filtered('name', name));
			return ids.includes(id) ? 'listed' : 'left out';
		},
	},
];
