import { type Fact, NotAskable } from '../fact.cts';
import { isMap } from '../server.cts';

const UNKNOWN_MODEL = 'data/NoSuchModule';
const UNKNOWN_RECORD = 'data/Account/00000000-none-none-none-000000000000';

/** The form of answers, good and bad. */
export const answerFacts: Fact[] = [
	{
		name: 'Before the JSON',
		question: 'Does anything stand in front of the JSON of an answer?',
		expectation: 'nothing',
		consequence: 'A byte order mark and white space are removed; other text makes the answer fail',
		async ask({ server }) {
			const { text } = await server.ask({ path: 'me' });
			const before = text.slice(0, Math.max(0, text.indexOf('{')));
			if (before === '') return 'nothing';
			return before.trim() === '' ? 'white space or a byte order mark' : 'text';
		},
	},
	{
		name: 'Empty map',
		question: 'In which form is a map without entries, as the groups of a user without groups?',
		expectation: 'an empty list',
		consequence: 'None: either form is read where a map is due',
		async ask({ server }) {
			const { groups } = await server.read({ path: 'me' });
			if (isMap(groups) && Object.keys(groups).length === 0) return 'an empty map';
			if (Array.isArray(groups) && groups.length === 0) return 'an empty list';
			throw new NotAskable('this user has groups');
		},
	},
	{
		name: 'Unknown module',
		question: 'Which status has an answer about a module that does not exist?',
		expectation: '404',
		consequence: 'The words about the spelling of a module would not be shown',
		ask: async ({ server }) => String((await server.ask({ path: UNKNOWN_MODEL })).status),
	},
	{
		name: 'Unknown record',
		question: 'Which status has an answer about a record that does not exist?',
		expectation: '404',
		consequence: 'A missing record would be reported in general words',
		ask: async ({ server }) => String((await server.ask({ path: UNKNOWN_RECORD })).status),
	},
	{
		name: 'Form of a failure',
		question: 'Where does the message of a failure stand?',
		expectation: 'message',
		consequence: 'Read too: error.message and a plain text; a web page is told as one',
		async ask({ server }) {
			const { json } = await server.ask({ path: UNKNOWN_MODEL });
			if (typeof json === 'string') return 'the answer is the message';
			if (!isMap(json)) return 'no JSON';
			if (typeof json.message === 'string') return 'message';
			return isMap(json.error) ? 'error.message' : `in ${Object.keys(json).join(', ')}`;
		},
	},
];
