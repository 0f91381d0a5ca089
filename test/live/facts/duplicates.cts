import type { Fact } from '../fact.cts';
import { isMap, type Reply } from '../server.cts';
import { idOf, type Trial } from '../trial.cts';

/** As the node asks for it. */
const CHECK = { check_duplicates: 1 };

/** Creates a person, and returns the values of a duplicate. */
async function twin(trial: Trial): Promise<Record<string, string>> {
	const person = { first_name: 'Check', last_name: trial.name() };
	await trial.create('Contact', person);
	return person;
}

function refusal({ status, json }: Reply): string {
	const errors = isMap(json) ? json.errors : undefined;
	if (errors === undefined) return `refused with ${status}`;
	const form = Array.isArray(errors) ? 'list' : isMap(errors) ? 'map' : 'text';
	return `${status} with errors as a ${form}`;
}

/** How a record is met that is there already. */
export const duplicateFacts: Fact[] = [
	{
		name: 'Duplicate',
		question: 'How does 1CRM reject a duplicate if the check is on?',
		expectation: '200 with errors as a list',
		consequence:
			'None for these forms: the node reports a duplicate. "created": the check does nothing',
		writes: true,
		async ask({ trial }) {
			const reply = await trial.post('Contact', await twin(trial), CHECK);
			return idOf(reply) ? 'created' : refusal(reply);
		},
	},
	{
		name: 'Duplicate without the check',
		question: 'Does 1CRM accept a duplicate if the check is off?',
		expectation: 'created',
		consequence: "1CRM would reject a duplicate even if 'Check Duplicates' is off",
		writes: true,
		async ask({ trial }) {
			const reply = await trial.post('Contact', await twin(trial));
			return idOf(reply) ? 'created' : refusal(reply);
		},
	},
	{
		name: 'Duplicate by its ID',
		question: 'How does 1CRM reject a duplicate in a change with "create" and the check?',
		expectation: '200 with errors as a list',
		consequence: '"Created" means that \'Create or Update\' by ID does not check for duplicates',
		writes: true,
		async ask({ trial }) {
			const body = { data: await twin(trial), create: true };
			const { reply } = await trial.changeMissing('Contact', body, CHECK);
			const isMade = isMap(reply.json) && reply.json.errors === undefined && reply.status === 200;
			return isMade ? 'created' : refusal(reply);
		},
	},
];
