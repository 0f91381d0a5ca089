import { type Fact, NotAskable } from '../fact.cts';
import { choicesOf, metadataOf, placeOf } from '../fields.cts';
import type { Trial } from '../trial.cts';

const MOMENT = '2001-02-03 12:34:56';

/**
 * Creates a contact, writes an empty value into one of its fields, and returns whether that cleared the
 * field.
 */
async function clearing(trial: Trial, name: string, filled: string, empty: '' | null) {
	const contact = await trial.create('Contact', { last_name: trial.name(), [name]: filled });
	await trial.change('Contact', contact, { [name]: empty });
	const { [name]: left } = await trial.read('Contact', contact);
	return !left || String(left).startsWith('0000') ? 'cleared' : 'kept';
}

async function clearingReference(trial: Trial, empty: '' | null): Promise<string> {
	const account = await trial.create('Account', { name: trial.name() });
	return await clearing(trial, 'primary_account_id', account, empty);
}

/** In which form values are written. */
export const valueFacts: Fact[] = [
	{
		name: 'Reference cleared',
		question: 'Does an empty text in place of the ID clear a reference?',
		expectation: 'cleared',
		consequence: 'To clear a reference, users would have to enter {{ null }}',
		writes: true,
		ask: async ({ trial }) => await clearingReference(trial, ''),
	},
	{
		name: 'Null for a reference',
		question: 'Does null in place of the ID clear a reference?',
		expectation: 'cleared',
		consequence: 'None: the nodes write an empty text, unless users enter {{ null }}',
		writes: true,
		ask: async ({ trial }) => await clearingReference(trial, null),
	},
	{
		name: 'Text cleared',
		question: 'Does an empty text clear a text?',
		expectation: 'cleared',
		consequence: 'The nodes could not clear texts',
		writes: true,
		ask: async ({ trial }) => await clearing(trial, 'description', 'Check', ''),
	},
	{
		name: 'Null for a text',
		question: 'Does null clear a text?',
		expectation: 'cleared',
		consequence: 'None: the package writes an empty text',
		writes: true,
		ask: async ({ trial }) => await clearing(trial, 'description', 'Check', null),
	},
	{
		name: 'Date cleared',
		question: 'Does null clear a date?',
		expectation: 'cleared',
		consequence: 'The nodes could not clear dates',
		writes: true,
		ask: async ({ trial }) => await clearing(trial, 'birthdate', '2001-02-03', null),
	},
	{
		name: 'Empty text for a date',
		question: 'Does an empty text clear a date?',
		expectation: 'cleared',
		consequence: 'None: the package writes null',
		writes: true,
		ask: async ({ trial }) => await clearing(trial, 'birthdate', '2001-02-03', ''),
	},
	{
		name: 'Date-time',
		question: 'Does 1CRM return a date-time as it was written, YYYY-MM-DD HH:MM:SS?',
		expectation: 'as written',
		consequence: 'Times would be wrong by the difference between the zones, or lost',
		writes: true,
		async ask({ server, trial }) {
			const { model, name } = await placeOf(server, ['Task', 'Call'], 'fields', 'datetime');
			const id = await trial.create(model, { name: trial.name(), [name]: MOMENT });
			const { [name]: kept } = await trial.read(model, id);
			return kept === MOMENT ? 'as written' : 'another';
		},
	},
	{
		name: 'Date-time in ISO 8601',
		question: 'What happens to a date-time in ISO 8601, with T and Z?',
		expectation: 'lost',
		consequence: 'None: the package writes YYYY-MM-DD HH:MM:SS in UTC',
		writes: true,
		async ask({ server, trial }) {
			const { model, name } = await placeOf(server, ['Task', 'Call'], 'fields', 'datetime');
			const written = `${MOMENT.replace(' ', 'T')}Z`;
			const id = await trial.create(model, { name: trial.name(), [name]: written });
			const { [name]: kept } = await trial.read(model, id);
			if (kept === MOMENT) return 'kept as UTC';
			return !kept || String(kept).startsWith('0000') ? 'lost' : 'another';
		},
	},
	{
		name: 'Form of a switch',
		question: 'How is a switch read that was written as 1 or as 0?',
		expectation: '1 and 0',
		consequence: 'None: true, on, yes and nothing are read too',
		writes: true,
		async ask({ trial }) {
			const [yes, no] = await Promise.all(
				[1, 0].map(async (do_not_call) => {
					const id = await trial.create('Contact', { last_name: trial.name(), do_not_call });
					const { do_not_call: kept } = await trial.read('Contact', id);
					return kept === null || kept === '' ? 'nothing' : String(kept);
				}),
			);
			return `${yes} and ${no}`;
		},
	},
	{
		name: 'Quotes in a text',
		question: 'How are quotes and angle brackets read in a text?',
		expectation: 'as written',
		consequence: "None for 'Create or Update', which compares entities by what they mean",
		writes: true,
		async ask({ trial }) {
			const last_name = `${trial.name()} O'Brien <&>`;
			const id = await trial.create('Contact', { last_name });
			const { last_name: kept } = await trial.read('Contact', id);
			if (kept === last_name) return 'as written';
			return /&(amp|lt|#0?39);/.test(String(kept)) ? 'with entities' : 'another';
		},
	},
	{
		name: 'Read-only field',
		question: 'Is a value kept that is written into a field that metadata mark as read-only?',
		expectation: 'kept',
		consequence: 'Such a value would be lost; a hint of the node says that it may be',
		writes: true,
		async ask({ server, trial }) {
			const [field] = await metadataOf(
				server,
				'Contact',
				'fields',
				({ type, editable }) => type === 'date' && editable === false,
			);
			if (!field) throw new NotAskable('contacts have no date that is read-only');
			const day = MOMENT.slice(0, 10);
			const id = await trial.create('Contact', { last_name: trial.name(), [field.name]: day });
			const { [field.name]: kept } = await trial.read('Contact', id);
			return kept === day ? 'kept' : 'left alone';
		},
	},
	{
		name: 'Multi-select as an array',
		question: 'Does a multi-select accept a JSON array?',
		expectation: 'not kept',
		consequence: 'None: the package writes one text with ^,^ between the values',
		writes: true,
		async ask({ server, trial }) {
			const { name, values } = await choicesOf(server);
			const contact = await trial.create('Contact', { last_name: trial.name(), [name]: values });
			const { [name]: kept } = await trial.read('Contact', contact);
			return kept === values.join('^,^') ? 'kept' : 'not kept';
		},
	},
];
