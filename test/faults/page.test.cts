import { type Mode, faults } from './faults.cts';
import type { FaultedOperation } from './operations/operation.cts';
import { operations } from './operations/operations.cts';
import type { Outcome } from './outcome.cts';
import { faultsSection } from './page.cts';

const login = operationWhere(({ isLogin }) => isLogin === true);
const call = operationWhere(({ isRaw, effect }) => isRaw === true && effect === 'reads');
const create = operationWhere(({ operation, step }) => operation === 'create' && !step);
const [refused, reset] = faults;

function operationWhere(isWanted: (operation: FaultedOperation) => boolean): FaultedOperation {
	const found = operations.find(isWanted);
	if (!found) throw new Error('An operation is missing');
	return found;
}

const outcome = (changes: Partial<Outcome>): Outcome => ({
	operation: call,
	fault: refused,
	mode: 'once',
	text: '',
	isWhole: true,
	isChange: false,
	held: 'unchanged',
	unnamed: [],
	hangs: false,
	secrets: [],
	...changes,
});

const failed = (mode: Mode, changes: Partial<Outcome> = {}): Outcome =>
	outcome({
		mode,
		isWhole: false,
		error: { message: '"127.0.0.1:4711" is down', description: '' },
		...changes,
	});

/** The cells of all rows except the headings. */
const rowsOf = (section: string): string[][] =>
	section
		.split('\n')
		.filter((line) => line.startsWith('| once') || line.startsWith('| always'))
		.map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));

it('puts operations with the same outcome into one row', () => {
	const section = faultsSection([outcome({}), outcome({ operation: login })]);
	expect(rowsOf(section)).toEqual([['once', 'all', 'the result', 'as it should be']]);
});

it('separates once and always only if they differ', () => {
	const section = faultsSection([
		failed('once'),
		failed('always'),
		outcome({ operation: create, isChange: true, held: 'done' }),
		failed('always', { operation: create }),
	]);
	expect(rowsOf(section)).toEqual([
		['once', 'all reads', '“"your server" is down”', 'as before'],
		['once', 'all creates', 'the result', 'as it should be'],
		['always', 'all', '“"your server" is down”', 'as before'],
	]);
});

it('shows that a change may have been applied, and what was', () => {
	const error = {
		message: 'Lost',
		description: '1CRM may have applied this change anyway. Check before you retry',
	};
	const lost = outcome({ error, isWhole: false, isChange: true, held: 'done' });
	expect(rowsOf(faultsSection([lost]))[0].slice(2)).toEqual([
		'“Lost” “1CRM may have applied this change anyway. Check before you retry”',
		'has the whole change, once',
	]);
});

it('shows what the server said if only the description contains it', () => {
	const fault = { ...refused, said: 'Bad Gateway' };
	const shown = (message: string, description: string) =>
		rowsOf(faultsSection([failed('once', { fault, error: { message, description } })]))[0][2];
	expect(shown('Status 502', 'Try again. It reads: Bad Gateway')).toBe(
		'“Status 502” “Bad Gateway”',
	);
	expect(shown('Bad Gateway', 'Bad Gateway')).toBe('“Bad Gateway”');
	expect(shown('Status 502', 'Try again')).toBe('“Status 502”');
});

it('gives faults with the same outcomes one table', () => {
	const section = faultsSection([outcome({}), outcome({ fault: reset })]);
	expect(section).toContain(`### ${refused.name}; ${reset.name}`);
});
