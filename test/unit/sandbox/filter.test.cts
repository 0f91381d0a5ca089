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
		sandbox.variants.multiSelectEquals = 'whole';
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
});
