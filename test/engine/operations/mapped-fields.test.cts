import type { IDataObject, INodeParameters, NodeParameterValueType } from 'n8n-workflow';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo, workOf } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox();
let id: string;

beforeEach(() => {
	sandbox.clear('Contact');
	id = sandbox.insert('Contact', { last_name: 'Berg', title: 'Engineer', assistant: 'Tom' });
});

const updating = (fields: NodeParameterValueType): INodeParameters =>
	({
		resource: 'record',
		operation: 'update',
		module: 'Contact',
		recordId: id,
		fields,
	}) as INodeParameters;

const mapped = (value: NodeParameterValueType) => updating({ mappingMode: 'defineBelow', value });
const AUTOMATIC = { mappingMode: 'autoMapInputData', value: null };

const sentData = () => (workOf(sandbox)[0].body as { data: IDataObject }).data;

describe('mapped by hand', () => {
	it('leaves fields that the editor lists without a value', async () => {
		await engine.items(mapped({ title: 'Head', assistant: null, birthdate: null }));
		expect(sentData()).toEqual({ title: 'Head' });
		expect(sandbox.record('Contact', id)?.assistant).toBe('Tom');
	});

	it('leaves a field whose expression gives undefined', async () => {
		await engine.items(mapped({ title: 'Head', assistant: '={{ $json.missing }}' }));
		expect(sentData()).toEqual({ title: 'Head' });
	});

	it('does not lean on the list of fields that the workflow keeps', async () => {
		const field = { id: 'loyalty_level', displayName: 'Loyalty Level', required: false };
		const options = [{ name: 'Bronze', value: 'bronze' }];
		const schema = [{ ...field, defaultMatch: false, display: true, type: 'options', options }];
		await engine.items(
			updating({ mappingMode: 'defineBelow', value: { loyalty_level: '={{ "gold" }}' }, schema }),
		);
		expect(sentData()).toEqual({ loyalty_level: 'gold' });
	});
});

describe('given as a whole', () => {
	it.each<[string, NodeParameterValueType]>([
		['an object of an expression', '={{ $json }}'],
		['a JSON text of an expression', '={{ JSON.stringify($json) }}'],
		['a JSON text', '{ "title": "Head", "do_not_call": true, "assistant": null }'],
	])('takes %s, where null clears', async (_what, value) => {
		const json = { title: 'Head', do_not_call: true, assistant: null };
		await engine.items(mapped(value), { items: [{ json }] });
		expect(sentData()).toEqual({ title: 'Head', do_not_call: 1, assistant: '' });
	});

	it.each<[string, NodeParameterValueType]>([
		['a text that is no JSON', '{ title: Head'],
		['a list', '={{ [{ "title": "Head" }] }}'],
		['a number', '={{ 5 }}'],
		['an empty text', '={{ "" }}'],
	])('refuses %s', async (_what, value) => {
		const error = await engine.failure(mapped(value));
		expect(error.message).toBe("'Fields' isn't an object of field names and values");
		expect(error.context.itemIndex).toBe(0);
		expect(sentTo(sandbox)).toEqual([]);
	});

	it.each(['={{ null }}', '={{ ({}) }}'])('has nothing to update in %s', async (value) => {
		const error = await engine.failure(mapped(value));
		expect(error.message).toBe("'Fields' contains nothing to update");
	});
});

describe('taken from the input', () => {
	it('takes what the module has and lets write, and leaves the rest', async () => {
		const json = {
			title: 'Head',
			do_not_call: 'no',
			assistant: null,
			newsletter_topics: ['Events, Fairs', 'Tips'],
			assigned_user_id: 'user-2',
			id: 'another',
			date_entered: '2020-01-01 00:00:00',
			created_by: 'user-2',
			primary_account: 'Somebody',
			newsletter_topic: 'Tips',
			phone_home__raw: '1',
			unknown: 1,
			nested: { title: 'x' },
		};
		await engine.items(updating(AUTOMATIC), { items: [{ json }] });
		expect(sentTo(sandbox)).toEqual([`PATCH /data/Contact/${id}`]);
		expect(sentData()).toEqual({
			title: 'Head',
			do_not_call: 0,
			assistant: '',
			newsletter_topics: 'Events, Fairs^,^Tips',
			assigned_user_id: 'user-2',
		});
	});

	it('takes the values of the item at hand', async () => {
		const creating = { ...updating(AUTOMATIC), operation: 'create' };
		const items = ['A', 'B'].map((last_name) => ({ json: { last_name, row: 1 } }));
		const created = await engine.items(creating, { items });
		expect(created.map(({ last_name }) => last_name)).toEqual(['A', 'B']);
	});

	it('refuses a value that a known field cannot hold', async () => {
		const json = { title: 'Head', annual_budget: 'much' };
		const error = await engine.failure(updating(AUTOMATIC), { items: [{ json }] });
		expect(error.message).toMatch(/^'Annual Budget' takes a number.*not "much"$/);
		expect(sentTo(sandbox)).toEqual([]);
	});

	it.each([false, true])(
		'writes a record that was read back as it was, converted %s',
		async (convertValues) => {
			const values = {
				do_not_call: 1,
				birthdate: '1990-03-25',
				annual_budget: '1234.50',
				newsletter_topics: 'Events, Fairs^,^Tips',
				loyalty_level: 'gold',
				description: 'a\nb',
				invalid_email: 0,
			};
			id = sandbox.insert('Contact', { last_name: 'Berg', ...values });
			const reading = { ...mapped(null), operation: 'get', options: { convertValues } };
			const [before] = await engine.items(reading);
			await engine.items(updating(AUTOMATIC), { items: [{ json: before }] });
			const [after] = await engine.items(reading);
			expect(lasting(after)).toEqual(lasting(before));
			expect(sandbox.record('Contact', id)).toMatchObject(
				Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])),
			);
		},
	);

	it('says what is missing when the input holds nothing to write', async () => {
		const items = [{ json: { unknown: 1 } }];
		const update = await engine.failure(updating(AUTOMATIC), { items });
		expect(update.message).toBe("'Fields' contains nothing to update");
		const create = await engine.failure({ ...updating(AUTOMATIC), operation: 'create' }, { items });
		expect(create.message).toContain("'Last Name' (last_name)");
	});
});

/** What an update does not stamp; 1CRM has two ways of saying that there is nothing. */
function lasting({ date_modified: _, ...record }: IDataObject): IDataObject {
	const entries = Object.entries(record);
	return Object.fromEntries(entries.map(([name, value]) => [name, value === '' ? null : value]));
}
