import { type Fact, NotAskable } from '../fact.cts';
import { isMap } from '../server.cts';

const UNKNOWN_MODEL = 'data/NoSuchModule';
const UNKNOWN_RECORD = 'data/Account/00000000-none-none-none-000000000000';

/** The form of answers, good and bad. */
export const answerFacts: Fact[] = [
	{
		name: 'Before the JSON',
		question: 'Does an answer contain anything before its JSON?',
		expectation: 'nothing',
		consequence:
			'The nodes remove a byte order mark and white space. Other text makes the answer fail',
		async ask({ server }) {
			const { text } = await server.ask({ path: 'me' });
			const before = text.slice(0, Math.max(0, text.indexOf('{')));
			if (before === '') return 'nothing';
			return before.trim() === '' ? 'white space or a byte order mark' : 'text';
		},
	},
	{
		name: 'Empty map',
		question: 'What does an empty map look like, e.g. the groups of a user without groups?',
		expectation: 'an empty list',
		consequence: 'None: the nodes accept both forms',
		async ask({ server }) {
			const { groups } = await server.read({ path: 'me' });
			if (isMap(groups) && Object.keys(groups).length === 0) return 'an empty map';
			if (Array.isArray(groups) && groups.length === 0) return 'an empty list';
			throw new NotAskable('this user has groups');
		},
	},
	{
		name: 'Unknown module',
		question: 'Which status does a request for an unknown module return?',
		expectation: '404',
		consequence: 'The nodes would not show the hint about the spelling of modules',
		ask: async ({ server }) => String((await server.ask({ path: UNKNOWN_MODEL })).status),
	},
	{
		name: 'Unknown record',
		question: 'Which status does a request for an unknown record return?',
		expectation: '404',
		consequence: 'The nodes would report a missing record with a general message',
		ask: async ({ server }) => String((await server.ask({ path: UNKNOWN_RECORD })).status),
	},
	{
		name: 'Form of a failure',
		question: 'Which property of a failure contains the message?',
		expectation: 'message',
		consequence: 'The nodes also read error.message and plain text, and recognise a web page',
		async ask({ server }) {
			const { json } = await server.ask({ path: UNKNOWN_MODEL });
			if (typeof json === 'string') return 'the answer is the message';
			if (!isMap(json)) return 'no JSON';
			if (typeof json.message === 'string') return 'message';
			return isMap(json.error) ? 'error.message' : `in ${Object.keys(json).join(', ')}`;
		},
	},
];
