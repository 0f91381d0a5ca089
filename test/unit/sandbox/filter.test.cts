import { clientOf } from '../../support/client.cts';
import { sandboxForTests } from '../../support/sandbox-for-tests.cts';

describe('filters', () => {
	const sandbox = sandboxForTests();

	beforeAll(() => {
		const john = { first_name: 'John', last_name: 'Doe', email1: 'john@doe.example' };
		const account = sandbox.insert('Account', {
			name: 'Doe Works',
			date_modified: '2024-05-01 10:00:00',
		});
		sandbox.insert('Contact', {
			...john,
			primary_account_id: account,
			newsletter_topics: 'Tips^,^Events, Fairs',
			customer_since: '2024-01-31',
			do_not_call: 1,
			loyalty_level: 'gold',
		});
		sandbox.insert('Contact', {
			first_name: 'Johnathan',
			last_name: 'Roe',
			email2: 'JOHN@doe.example',
			customer_since: '2024-02-01',
			newsletter_topics: 'Offers & Discounts',
		});
		sandbox.insert('Contact', { first_name: 'Mary', last_name: 'Johnson' });
	});

	const found = async (params: object) => {
		const { data } = await clientOf(sandbox).get('/data/Contact', { params });
		return data.records.map((row: { last_name: string }) => row.last_name);
	};

	it.each<[string, object, string[]]>([
		['a text by its beginning', { first_name: 'john' }, ['Doe', 'Roe']],
		['a text as a whole with eq', { first_name: 'john', 'first_name-operator': 'eq' }, ['Doe']],
		['a text within with like', { last_name: 'ohn', 'last_name-operator': 'like' }, ['Johnson']],
		['several fields at once', { any_email: 'john@doe.example' }, ['Doe', 'Roe']],
		['a choice as a whole', { loyalty_level: 'gold' }, ['Doe']],
		['no choice by its beginning', { loyalty_level: 'go' }, []],
		['one choice of a multi-select', { newsletter_topics: 'Events, Fairs' }, ['Doe']],
		['a flag', { do_not_call: '1' }, ['Doe']],
		['a flag by a word for it', { do_not_call: 'yes' }, ['Doe']],
		['a flag that is not set', { do_not_call: '0' }, ['Roe', 'Johnson']],
		['a reference by name', { primary_account: 'Doe' }, ['Doe']],
		['a day', { customer_since: '2024-02-01' }, ['Roe']],
		[
			'days between',
			{
				customer_since: '2024-01-31',
				'customer_since-operator': 'between_dates',
				'customer_since-end': '2024-02-01',
			},
			['Doe', 'Roe'],
		],
		['free text', { filter_text: 'mary' }, ['Johnson']],
		['an owner', { filter_owner: 'not_mine' }, []],
		['several filters at once', { first_name: 'John', last_name: 'R' }, ['Roe']],
	])('find %s', async (_what, filters, expected) => {
		expect(await found({ filters })).toEqual(expected);
	});

	it('find a reference by its id companion, and free text at the top level', async () => {
		const [account] = sandbox.records('Account');
		expect(await found({ filters: { primary_account_id: account.id } })).toEqual(['Doe']);
		expect(await found({ filters: { primary_account_id: 'none' } })).toEqual([]);
		expect(await found({ filter_text: 'mary' })).toEqual(['Johnson']);
	});

	it('find moments between two, the last day included', async () => {
		const params = {
			'filters[date_modified]': '2024-04-30 12:00:00',
			'filters[date_modified-end]': '2024-05-01',
			'filters[date_modified-operator]': 'between_dates',
		};
		const { data } = await clientOf(sandbox).get('/data/Account', { params });
		expect(data.total_results).toBe(1);
	});

	it('find one choice of a multi-select among others with eq, if told to', async () => {
		const tips = { newsletter_topics: 'Tips', 'newsletter_topics-operator': 'eq' };
		expect(await found({ filters: tips })).toEqual([]);
		sandbox.variants.multiSelectEquals = 'any';
		expect(await found({ filters: tips })).toEqual(['Doe']);
	});

	it('take joined choices for one, if told to', async () => {
		sandbox.variants.joinedValues = 'one';
		const anyOf = (name: string, value: string) => ({
			filters: { [name]: value, [`${name}-operator`]: 'any_of' },
		});
		expect(await found(anyOf('loyalty_level', 'gold^,^silver'))).toEqual([]);
		expect(await found(anyOf('loyalty_level', 'gold'))).toEqual(['Doe']);
		expect(await found(anyOf('newsletter_topics', 'Tips'))).toEqual([]);
		expect(await found(anyOf('newsletter_topics', 'Tips^,^Events, Fairs'))).toEqual(['Doe']);
	});

	it('find a part of a text with like only behind %, if told to', async () => {
		sandbox.variants.like = 'pattern';
		const ending = (text: string) => ({
			'filters[last_name]': text,
			'filters[last_name-operator]': 'like',
		});
		expect(await found(ending('son'))).toEqual([]);
		expect(await found(ending('%son'))).toEqual(['Johnson']);
		expect(await found(ending('johnson'))).toEqual(['Johnson']);
		sandbox.variants.like = 'contains';
		expect(await found(ending('son'))).toEqual(['Johnson']);
	});

	it.each<[string, string, string, string, string[]]>([
		['text', 'last_name', 'prefix', 'JOHN', ['Johnson']],
		['text', 'last_name', 'suffix', 'oe', ['Doe', 'Roe']],
		['text', 'last_name', 'not_like', 'oe', ['Johnson']],
		['text', 'last_name', 'not_eq', 'doe', ['Roe', 'Johnson']],
		['text', 'title', 'empty', '', ['Doe', 'Roe', 'Johnson']],
		['text', 'first_name', 'not_empty', '', ['Doe', 'Roe', 'Johnson']],
		['several fields', 'any_email', 'empty', '', ['Johnson']],
		['several fields', 'any_email', 'not_like', 'john@', ['Johnson']],
		['choice', 'loyalty_level', 'not_eq', 'gold', ['Roe', 'Johnson']],
		['choice', 'loyalty_level', 'any_of', 'gold^,^silver', ['Doe']],
		['choice', 'loyalty_level', 'empty', '', ['Roe', 'Johnson']],
		['multi-select', 'newsletter_topics', 'any_of', 'Tips^,^Product News', ['Doe']],
		['multi-select', 'newsletter_topics', 'not_any_of', 'Tips', ['Roe', 'Johnson']],
		['reference', 'primary_account', 'not_eq', 'Doe Works', ['Roe', 'Johnson']],
		['date', 'customer_since', 'on_date', '2024-02-01', ['Roe']],
		['date', 'customer_since', 'before_date', '2024-02-01', ['Doe']],
		['date', 'customer_since', 'after_date', '2024-01-31', ['Roe']],
		['date', 'customer_since', 'empty', '', ['Johnson']],
		['flag', 'do_not_call', 'not_eq', '1', ['Roe', 'Johnson']],
	])('compare a %s: %s %s %j', async (_what, name, operator, value, expected) => {
		expect(await found({ filters: { [name]: value, [`${name}-operator`]: operator } })).toEqual(
			expected,
		);
	});

	it.each([
		['last_name', 'gt'],
		['last_name', 'neq'],
		['customer_since', 'eq'],
		['loyalty_level', 'like'],
	])('pass %s over with the operator %s, or compare it as usual', async (name, operator) => {
		const filters = { [name]: 'nothing', [`${name}-operator`]: operator };
		expect(await found({ filters })).toHaveLength(3);
		sandbox.variants.unknownOperator = 'usual';
		expect(await found({ filters })).toEqual([]);
	});

	it('compare numbers by what they are', async () => {
		for (const amount of [9, 10, 100]) sandbox.insert('Opportunity', { name: `${amount}`, amount });
		const client = clientOf(sandbox);
		const names = async (operator: string, value: number, end?: number) => {
			const filters = { amount: value, 'amount-operator': operator, 'amount-end': end };
			const { data } = await client.get('/data/Opportunity', { params: { filters } });
			return data.records.map(({ name }: { name: string }) => name);
		};
		expect(await names('gt', 9)).toEqual(['10', '100']);
		expect(await names('lte', 10)).toEqual(['9', '10']);
		expect(await names('between', 10, 99)).toEqual(['10']);
		expect(await names('not_eq', 10)).toEqual(['9', '100']);
	});
});

describe('periods of a filter', () => {
	const sandbox = sandboxForTests({ clock: () => new Date('2026-07-14T12:00:00Z') });

	beforeAll(() => {
		for (const day of [
			...['2025-12-31', '2026-06-30', '2026-07-12', '2026-07-13', '2026-07-14'],
			...['2026-07-15', '2026-10-01'],
		]) {
			sandbox.insert('Contact', { last_name: day, customer_since: day });
		}
	});

	it.each([
		['today', undefined, ['2026-07-14']],
		['yesterday', undefined, ['2026-07-13']],
		['tomorrow', undefined, ['2026-07-15']],
		['period_current', 'week', ['2026-07-13', '2026-07-14', '2026-07-15']],
		['period_prev', 'week', ['2026-07-12']],
		['period_prev', 'month', ['2026-06-30']],
		['period_next', 'quarter', ['2026-10-01']],
		['period_prev', 'year', ['2025-12-31']],
		['period_current', 'no_such_period', []],
	])('are those of the server: %s %s', async (operator, period, expected) => {
		const filters = {
			customer_since: '',
			'customer_since-operator': operator,
			'customer_since-period': period,
		};
		const { data } = await clientOf(sandbox).get('/data/Contact', { params: { filters } });
		const days = data.records.map(({ last_name: day }: { last_name: string }) => day);
		expect(days).toEqual(expected);
	});
});
