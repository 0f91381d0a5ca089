import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { PublishedWorkflow } from '../../support/engine/engine.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { workOf } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox({
	perTest: true,
	clock: () => new Date('2026-07-14T12:00:00Z'),
});

beforeEach(() => {
	sandbox.insert('Contact', {
		first_name: 'Ada',
		last_name: 'Müller',
		title: 'Straße',
		loyalty_level: 'gold',
		newsletter_topics: 'Tips^,^Events, Fairs',
		customer_since: '2026-07-14',
		do_not_call: 1,
		email1: 'ada@birch.example',
		phone_work: '+43 1 23',
		primary_account_id: sandbox.insert('Account', { id: 'account-1', name: 'Birch Media' }),
	});
	sandbox.insert('Contact', { first_name: 'Eva', last_name: 'Holm', loyalty_level: 'silver' });
	for (const amount of [9, 100]) sandbox.insert('Opportunity', { name: `${amount}`, amount });
	sandbox.clearRequests();
});

type Condition = Record<string, string | string[]>;

const asking = (
	operation: string,
	module: string,
	condition: Condition,
	rest: INodeParameters = {},
): INodeParameters => ({
	resource: 'record',
	operation,
	module,
	filters: { conditions: [condition] } as INodeParameters,
	...rest,
});
const searching = (module: string, condition: Condition, rest: INodeParameters = {}) =>
	asking('search', module, condition, { returnAll: true, ...rest });

const NOT_APPLIED = /^1CRM didn't apply the operator "/;

/** Conditions that one of the records doesn't meet, by an operator that the server may not have. */
const conditions: Array<[string, Condition]> = [
	['Contact', { filter: 'last_name', operator: 'eq', value: 'Müller' }],
	['Contact', { filter: 'last_name', operator: 'like', value: 'üll' }],
	['Contact', { filter: 'last_name', operator: 'prefix', value: 'Mü' }],
	['Contact', { filter: 'last_name', operator: 'suffix', value: 'ler' }],
	['Contact', { filter: 'last_name', operator: 'not_eq', value: 'Holm' }],
	['Contact', { filter: 'last_name', operator: 'not_like', value: 'Hol' }],
	['Contact', { filter: 'title', operator: 'empty' }],
	['Contact', { filter: 'title', operator: 'not_empty' }],
	['Contact', { filter: 'loyalty_level', operator: 'eq', value: 'gold' }],
	['Contact', { filter: 'loyalty_level', operator: 'not_eq', value: 'gold' }],
	['Contact', { filter: 'loyalty_level', operator: 'any_of', value: ['gold', 'bronze'] }],
	['Contact', { filter: 'loyalty_level', operator: 'not_any_of', value: ['gold', 'bronze'] }],
	['Contact', { filter: 'newsletter_topics', operator: 'any_of', value: ['Tips'] }],
	['Contact', { filter: 'newsletter_topics', operator: 'not_any_of', value: ['Tips'] }],
	['Contact', { filter: 'customer_since', operator: 'on_date', value: '2026-07-14' }],
	['Contact', { filter: 'customer_since', operator: 'not_on_date', value: '2026-07-14' }],
	['Contact', { filter: 'customer_since', operator: 'before_date', value: '2026-07-15' }],
	['Contact', { filter: 'customer_since', operator: 'after_date', value: '2026-07-14' }],
	['Contact', { filter: 'customer_since', operator: 'today' }],
	['Contact', { filter: 'customer_since', operator: 'period_prev', period: 'month' }],
	['Contact', { filter: 'customer_since', operator: 'period_current', period: 'fiscal_year' }],
	['Contact', { filter: 'customer_since', operator: 'not_empty' }],
	['Contact', { filter: 'do_not_call', operator: 'not_eq', value: 'true' }],
	['Contact', { filter: 'do_not_call', operator: 'eq', value: 'true' }],
	['Contact', { filter: 'primary_account_id', operator: 'eq', value: 'account-1' }],
	['Opportunity', { filter: 'amount', operator: 'eq', value: '9' }],
	['Opportunity', { filter: 'amount', operator: 'not_eq', value: '9' }],
	['Opportunity', { filter: 'amount', operator: 'gt', value: '9' }],
	['Opportunity', { filter: 'amount', operator: 'gte', value: '10' }],
	['Opportunity', { filter: 'amount', operator: 'lt', value: '100' }],
	['Opportunity', { filter: 'amount', operator: 'lte', value: '99' }],
	['Opportunity', { filter: 'amount', operator: 'between', value: '1', valueEnd: '10' }],
];

it.each(conditions)('%s %j that the server passes over fails', async (module, condition) => {
	sandbox.variants.missingOperators = [String(condition.operator)];
	for (const returnFields of [[], ['id'], ['name', String(condition.filter)]]) {
		const error = await engine.failure(searching(module, condition, { returnFields }));
		expect(error.message).toMatch(NOT_APPLIED);
		expect(error.message).toContain(`(${condition.filter}): it returned ${module} "`);
		expect(error.context.itemIndex).toBe(0);
	}
	const counting = asking('count', module, condition);
	expect((await engine.failure(counting)).message).toMatch(NOT_APPLIED);
});

it.each<Condition>([
	{ operator: 'eq', value: '0' },
	{ operator: 'lt', value: '5' },
	{ operator: 'lte', value: '0' },
	{ operator: 'between', value: '0', valueEnd: '5' },
	{ operator: 'not_eq', value: '0' },
	{ operator: 'not_eq', value: '5' },
])('a number that is not there may count as 0: %j', async (condition) => {
	const body = { records: [{ id: '1', name: 'New', amount: null }], total_results: 1 };
	sandbox.failNext({ kind: 'status', status: 200, body }, { path: /^\/data\/Opportunity$/ });
	const found = await engine.items(searching('Opportunity', { filter: 'amount', ...condition }));
	expect(found).toEqual([{ id: '1', name: 'New', amount: null }]);
});

it.each(conditions)(
	'%s %j that the server applies returns what it did',
	async (module, condition) => {
		const plain = await engine.items(searching(module, condition));
		const { filter } = condition;
		expect(plain.length).toBeLessThan(2);
		const listed = await engine.items({ ...searching(module, condition), filters: {} });
		for (const record of plain) expect(listed).toContainEqual(record);
		const named = searching(module, condition, { returnFields: ['id', 'date_entered'] });
		for (const record of await engine.items(named)) {
			expect(Object.keys(record)).not.toContain(filter);
			expect(Object.keys(record)).not.toContain('exchange_rate');
		}
	},
);

it.each<[string, Condition]>([
	['without accents', { filter: 'last_name', operator: 'eq', value: 'muller' }],
	['in capitals', { filter: 'last_name', operator: 'like', value: 'MÜLL' }],
	['with ss', { filter: 'title', operator: 'eq', value: 'strasse' }],
	['with a wildcard', { filter: 'last_name', operator: 'like', value: 'm%ll_r' }],
	['of several fields', { filter: 'any_email', operator: 'like', value: 'nobody@' }],
	['of a phone', { filter: 'any_phone', operator: 'eq', value: '+43123' }],
	['of a reference', { filter: 'primary_account', operator: 'eq', value: 'BM' }],
	['on the day before', { filter: 'customer_since', operator: 'yesterday' }],
])('a value %s that a server may find is no failure', async (_what, condition) => {
	// As if it compared in its own way: this one returns them whatever is asked.
	sandbox.variants.missingOperators = [String(condition.operator ?? 'eq')];
	sandbox.delete('Contact', sandbox.records('Contact').find((row) => row.last_name === 'Holm')!.id);
	expect(await engine.items(searching('Contact', condition))).toHaveLength(1);
});

it('dates that are further apart than a period fail, whatever day it is', async () => {
	sandbox.insert('Contact', { last_name: 'Early', customer_since: '2026-06-14' });
	sandbox.delete('Contact', sandbox.records('Contact').find((row) => row.last_name === 'Holm')!.id);
	sandbox.variants.missingOperators = ['period_current', 'today'];
	const condition = { filter: 'customer_since', operator: 'period_current' };
	const month = searching('Contact', { ...condition, period: 'month' });
	expect(await engine.items(month)).toHaveLength(2);
	for (const narrow of [
		{ ...condition, period: 'week' },
		{ ...condition, operator: 'today' },
	]) {
		expect((await engine.failure(searching('Contact', narrow))).message).toMatch(NOT_APPLIED);
	}
});

it('asks once if the fields of a list are enough, and twice if not', async () => {
	await engine.items(searching('Contact', { filter: 'last_name', value: 'Holm' }));
	expect(workOf(sandbox)).toHaveLength(1);
	sandbox.clearRequests();
	await engine.items(searching('Contact', { filter: 'loyalty_level', value: 'gold' }));
	expect(workOf(sandbox).map(({ query }) => query.fields)).toEqual([
		undefined,
		['id', 'loyalty_level'],
	]);
});

it('counts by reading where a condition may leave out nothing', async () => {
	for (let index = 0; index < 300; index++) sandbox.insert('Account', { name: `Berg ${index}` });
	const condition = { filter: 'name', operator: 'prefix', value: 'B' };
	expect(await engine.items(asking('count', 'Account', condition))).toEqual([
		{ module: 'Account', count: 301 },
	]);
	sandbox.insert('Account', { id: 'zzz', name: 'Tal' });
	sandbox.variants.missingOperators = ['prefix'];
	const error = await engine.failure(asking('count', 'Account', condition));
	expect(error.message).toMatch(/operator "prefix".*"zzz"/);
});

it('gets no changes past a condition that is passed over', async () => {
	vi.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-07-14T12:00:00Z'));
	const published: PublishedWorkflow = { id: 'checked', staticData: {} };
	const condition = { filter: 'last_name', operator: 'prefix', value: 'M' };
	const getting = asking('getChanges', 'Contact', condition, { returnFields: ['first_name'] });
	await engine.items(getting, { published });
	const contact = { first_name: 'Ines', last_name: 'Maier' };
	sandbox.insert('Contact', contact);
	const [{ record }] = await engine.items(getting, { published });
	expect(Object.keys(record as IDataObject)).not.toContain('date_modified');
	sandbox.insert('Contact', { last_name: 'Dale' });
	sandbox.variants.missingOperators = ['prefix'];
	expect((await engine.failure(getting, { published })).message).toMatch(NOT_APPLIED);
	sandbox.variants.missingOperators = [];
	sandbox.insert('Contact', { ...contact, first_name: 'Mara' });
	expect(await engine.items(getting, { published })).toHaveLength(1);
});
