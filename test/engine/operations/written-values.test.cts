import type { INodeParameters, NodeParameterValueType } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo, workOf } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox();

beforeEach(() => {
	engine.timezone = 'Europe/Vienna';
});

type Value = NodeParameterValueType;

const REQUIRED: Record<string, INodeParameters> = {
	Contact: { last_name: 'Berg' },
	Task: { name: 'Call back' },
};

function writing(operation: string, module: string, value: INodeParameters): INodeParameters {
	return { resource: 'record', operation, module, fields: { mappingMode: 'defineBelow', value } };
}

/** What the server received for a field of a new record, and what it stored. */
async function written(module: string, field: string, value: Value): Promise<unknown[]> {
	const values = { ...REQUIRED[module], [field]: value } as INodeParameters;
	const [{ id }] = await engine.items(writing('create', module, values));
	const { data } = workOf(sandbox)[0].body as { data: Record<string, unknown> };
	return [data[field], sandbox.record(module, String(id))?.[field]];
}

it.each<[string, Value, number]>([
	['true', true, 1],
	['false', false, 0],
	['the text yes', 'yes', 1],
	['the text off', 'off', 0],
	['1 of an expression', '={{ 1 }}', 1],
	['"0"', '0', 0],
])('writes the boolean %s as 1 or 0', async (_what, value, expected) => {
	expect(await written('Contact', 'do_not_call', value)).toEqual([expected, String(expected)]);
});

it.each<[string, Value, string]>([
	['summer time of the workflow', '2026-07-14T09:30:00', '2026-07-14 07:30:00'],
	['winter time of the workflow', '2026-01-14T09:30:00', '2026-01-14 08:30:00'],
	['a zone of its own', '2026-07-14T09:30:00-05:00', '2026-07-14 14:30:00'],
	['UTC with fractions', '2026-07-14T09:30:00.999Z', '2026-07-14 09:30:00'],
	['the form of 1CRM, which is UTC', '2026-07-14 09:30:00', '2026-07-14 09:30:00'],
	['a day', '2026-07-14', '2026-07-13 22:00:00'],
	['a luxon date-time', '={{ DateTime.fromISO("2026-07-14T09:30:00Z") }}', '2026-07-14 09:30:00'],
	['a JavaScript date', '={{ new Date("2026-07-14T09:30:00Z") }}', '2026-07-14 09:30:00'],
])('writes a moment given as %s in UTC', async (_what, value, expected) => {
	expect(await written('Task', 'date_due', value)).toEqual([expected, expected]);
});

it('takes the zone of the workflow, not that of the machine', async () => {
	engine.timezone = 'Pacific/Auckland';
	const [sent] = await written('Task', 'date_due', '2026-07-14T09:30:00');
	expect(sent).toBe('2026-07-13 21:30:00');
});

it.each(['Pacific/Auckland', 'America/Los_Angeles', 'UTC'])(
	'writes a day as it was written, in a workflow of %s',
	async (timezone) => {
		engine.timezone = timezone;
		for (const value of [
			'1990-03-25',
			'1990-03-25T00:00:00',
			'1990-03-25T23:59:59Z',
			'1990-03-25T00:00:00+14:00',
			'={{ DateTime.fromISO("1990-03-25T00:30:00", { zone: "Asia/Tokyo" }) }}',
		]) {
			sandbox.clearRequests();
			expect(await written('Contact', 'birthdate', value)).toEqual(['1990-03-25', '1990-03-25']);
		}
	},
);

it.each<[string, Value, string]>([
	['a list', ['Offers & Discounts', 'Tips'], 'Offers & Discounts^,^Tips'],
	['a list of an expression', '={{ ["Tips", "Product News"] }}', 'Tips^,^Product News'],
	['a JSON text', '["Events, Fairs","Tips"]', 'Events, Fairs^,^Tips'],
	['one value that holds a comma', 'Events, Fairs', 'Events, Fairs'],
	['a text with commas', 'Tips, Product News', 'Tips^,^Product News'],
	['the form of 1CRM', 'Events, Fairs^,^Tips', 'Events, Fairs^,^Tips'],
	['labels', ['Events and fairs', 'Offers & discounts'], 'Events, Fairs^,^Offers & Discounts'],
])('writes a multi-select given as %s', async (_what, value, expected) => {
	expect(await written('Contact', 'newsletter_topics', value)).toEqual([expected, expected]);
});

it.each<[string, Value, string, string]>([
	['a number', 1234.5, '1234.5', '1234.50'],
	['a text', ' 0.10 ', '0.10', '0.10'],
	['a negative text', '-7.00', '-7.00', '-7.00'],
])('writes an amount given as %s without loss', async (_what, value, sent, stored) => {
	expect(await written('Contact', 'annual_budget', value)).toEqual([sent, stored]);
});

it('sends more digits than a float holds, which is what the sandbox keeps', async () => {
	const [received] = await written('Contact', 'annual_budget', '9007199254740993.01');
	expect(received).toBe('9007199254740993.01');
});

it('writes a whole number of many digits as it was typed', async () => {
	const [sent] = await written('Contact', 'mautic_id', '90071992547409931');
	expect(sent).toBe('90071992547409931');
});

it.each([
	['gold', 'gold'],
	['Platinum (by invitation)', 'platinum'],
])('writes the picklist entry %s of a custom field by its value', async (value, expected) => {
	expect(await written('Contact', 'loyalty_level', value)).toEqual([expected, expected]);
});

it('writes a reference by its id', async () => {
	const accountId = sandbox.insert('Account', { name: 'Birch Media' });
	expect(await written('Contact', 'primary_account_id', accountId)).toEqual([accountId, accountId]);
});

it('writes a parent of any module', async () => {
	const parent_id = sandbox.insert('Account', { name: 'Birch Media' });
	await engine.items(
		writing('create', 'Task', { name: 'Visit', parent_type: 'Accounts', parent_id }),
	);
	expect(sandbox.records('Task').at(-1)).toMatchObject({ parent_type: 'Accounts', parent_id });
});

it('writes text as it is, lines, spaces and emoji included', async () => {
	const text = ' Grüße\n"¿Qué?" 日本 \u{1f600} <b>&amp;</b> ';
	expect(await written('Contact', 'description', text)).toEqual([text, text]);
});

const FILLED = {
	last_name: 'Berg',
	title: 'Engineer',
	do_not_call: 1,
	birthdate: '1990-03-25',
	annual_budget: '5.00',
	loyalty_level: 'gold',
	newsletter_topics: 'Tips',
	primary_account_id: 'account',
	assistant: 'Kept',
};
const CLEARED = {
	title: ['', ''],
	// A switch without a value keeps the one that it has.
	do_not_call: [undefined, '1'],
	birthdate: [null, null],
	annual_budget: [null, null],
	loyalty_level: ['', ''],
	newsletter_topics: ['', ''],
	primary_account_id: ['', null],
} as const;

it.each<[string, Value]>([
	['an empty text', ''],
	['an expression with an empty text', '={{ "" }}'],
	['an expression with null', '={{ null }}'],
])('clears fields of every kind with %s', async (_what, empty) => {
	const id = sandbox.insert('Contact', FILLED);
	const values = Object.fromEntries(Object.keys(CLEARED).map((name) => [name, empty]));
	const isNull = empty === '={{ null }}';
	const updating = writing('update', 'Contact', values as INodeParameters);
	await engine.items({ ...updating, recordId: id });
	const { data } = workOf(sandbox)[0].body as { data: Record<string, unknown> };
	const stored = sandbox.record('Contact', id);
	for (const [name, [sent, kept]] of Object.entries(CLEARED)) {
		// Of a reference the user decides, because it is not documented which of the two clears it.
		const asked = name === 'primary_account_id' && isNull ? null : sent;
		expect({ name, sent: data[name] }).toEqual({ name, sent: asked });
		expect({ name, kept: stored?.[name] }).toEqual({ name, kept });
	}
	expect(stored?.assistant).toBe('Kept');
});

it.each([
	['either', ''],
	['emptyText', ''],
	['null', '={{ null }}'],
] as const)(
	'clears a reference on a server that takes %s for that, with %j',
	async (way, empty) => {
		sandbox.variants.referenceClearedBy = way;
		const id = sandbox.insert('Contact', FILLED);
		const updating = writing('update', 'Contact', { primary_account_id: empty });
		await engine.items({ ...updating, recordId: id });
		expect(sandbox.record('Contact', id)?.primary_account_id).toBeNull();
	},
);

it('sends nothing for a bad value beside good ones', async () => {
	const values = { last_name: 'Berg', do_not_call: true, birthdate: '25.03.1990' };
	const error = await engine.failure(writing('create', 'Contact', values));
	expect(error.message).toBe('\'Birthdate\' takes a date, e.g. 2026-07-14, not "25.03.1990"');
	expect(sentTo(sandbox)).toEqual([]);
});
