import { faults } from './faults.cts';
import { operations } from './operations/operations.cts';
import { compareContents, type Outcome } from './outcome.cts';
import { brokenRules } from './rules.cts';

const create = operations.find(({ step, operation }) => operation === 'create' && !step);
const call = operations.find(({ isRaw }) => isRaw);
const down = faults.find(({ name }) => name === '503');
const errorsIn200 = faults.find(({ name }) => name === '200 with `errors`');

function outcome(changes: Partial<Outcome> = {}): Outcome {
	if (!create || !call || !down || !errorsIn200)
		throw new Error('An operation or fault is missing');
	return {
		operation: create,
		fault: down,
		mode: 'once',
		text: '',
		isWhole: true,
		isChange: true,
		held: 'done',
		unnamed: [],
		hangs: false,
		secrets: ['c2VjcmV0'],
		...changes,
	};
}

const failed = (message: string, description = '', changes: Partial<Outcome> = {}): Outcome =>
	outcome({ error: { message, description }, isWhole: false, held: 'unchanged', ...changes });

describe('nothing is wrong with', () => {
	it.each<[string, Outcome]>([
		['a success', outcome()],
		['a failure with the words of the server', failed('Down for maintenance')],
		[
			'a failure that tells of its work',
			failed(
				'Down for maintenance',
				'1CRM may have applied this change anyway. Check before you retry',
				{ held: 'done' },
			),
		],
		[
			'a raw call that hands on errors',
			outcome({
				operation: call,
				fault: errorsIn200,
				isWhole: false,
				held: 'unchanged',
				text: `{"errors":"${errorsIn200?.said}"}`,
			}),
		],
	])('%s', (_, right) => expect(brokenRules(right)).toEqual([]));
});

describe('it is noticed when an operation', () => {
	it.each<[string, Outcome]>([
		['hangs longer than all time-outs together', outcome({ hangs: true })],
		['leaves something twice, or something that nobody asked for', outcome({ held: 'too much' })],
		['reports a success that is none', outcome({ held: 'unchanged' })],
		['reports a success that is none', outcome({ isWhole: false })],
		['says nothing', failed(' ')],
		['hides what the server says', failed('It did not work')],
		['hides that something was done', failed('Down for maintenance', '', { held: 'done' })],
		[
			'leaves a record that it does not name',
			failed('Contact "1" was created: Down for maintenance', '', { unnamed: ['2'] }),
		],
		[
			'warns of a change that reading cannot make',
			failed('Down for maintenance', '1CRM may have applied this change anyway', {
				isChange: false,
			}),
		],
		['speaks of its machinery', failed('Down for maintenance: ECONNRESET')],
		['tells a secret', outcome({ text: 'x c2VjcmV0 x' })],
		['tells a secret', outcome({ text: `Authorization: Basic ${'x'.repeat(20)}` })],
	])('%s', (rule, wrong) => expect(brokenRules(wrong)).toContain(rule));
});

it('tells what 1CRM holds from what it held and was to hold', () => {
	const contents = (names: string[], uploads: string[] = []) => ({
		records: { Contact: names.map((name) => ({ name })) },
		links: {},
		files: {},
		uploads,
	});
	const before = contents(['Aalto']);
	const done = contents(['Aalto', 'Berg']);
	expect(compareContents(before, done, before)).toBe('unchanged');
	expect(compareContents(before, done, done)).toBe('done');
	expect(compareContents(before, before, before)).toBe('unchanged');
	expect(compareContents(before, done, contents(['Aalto', 'Berg', 'Berg']))).toBe('too much');
	expect(compareContents(before, contents([]), done)).toBe('too much');
	const uploaded = { ...done, files: { note: 'sum' } };
	expect(compareContents(before, uploaded, contents(['Aalto'], ['sum']))).toBe('done in part');
});
