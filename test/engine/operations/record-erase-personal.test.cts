import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { sentTo } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox();

beforeEach(() => sandbox.clear('Contact'));

const erasing = (recordId: string, fieldsToErase: string | string[]) => ({
	resource: 'record',
	operation: 'erasePersonal',
	module: 'Contact',
	recordId,
	fieldsToErase,
});

const insert = () =>
	sandbox.insert('Contact', { last_name: 'Aalto', email1: 'a@example.com', description: 'kept' });

it('erases the chosen fields and nothing else, in one request', async () => {
	const id = insert();
	expect(await engine.items(erasing(id, ['email1', 'first_name']))).toEqual([
		{ id, erased: ['email1', 'first_name'] },
	]);
	expect(sandbox.record('Contact', id)).toMatchObject({
		last_name: 'Aalto',
		email1: null,
		description: 'kept',
	});
	expect(sentTo(sandbox)).toEqual([`PATCH /data/erase_personal/Contact/${id}`]);
	expect(sandbox.requests.at(-1)?.body).toEqual({ data: { fields: 'email1,first_name' } });
});

it('takes names with commas between them, each once', async () => {
	const id = insert();
	expect(await engine.items(erasing(id, 'email1, email1'))).toEqual([{ id, erased: ['email1'] }]);
});

it.each(['={{ [] }}', '={{ "" }}'])(
	'refuses an empty list (%s) before sending anything',
	async (none) => {
		const error = await engine.failure(erasing(insert(), none));
		expect(error.message).toBe("'Fields to Erase' is empty. Choose at least one");
		expect(sentTo(sandbox)).toEqual([]);
	},
);

it.each(['description', 'no_such_field', '__proto__'])(
	'refuses %s, which is no personal data, and erases nothing',
	async (name) => {
		const id = insert();
		const error = await engine.failure(erasing(id, ['email1', name]));
		expect(error.message).toContain(`Contact has no personal data in "${name}"`);
		expect(sandbox.record('Contact', id)?.email1).toBe('a@example.com');
	},
);

it('says which record was not there', async () => {
	const error = await engine.failure(erasing('no-such-id', ['email1']));
	expect(error.message).toBe('Contact "no-such-id" was not found');
});

it('offers the fields that 1CRM marks as personal data', async () => {
	const parameters = { ...erasing('1', []), module: { mode: 'name', value: 'Contact' } };
	const options = await engine.loadOptions('getPersonalFields', parameters);
	const values = options.map(({ value }) => value);
	expect(values).toContain('email1');
	expect(values).not.toContain('description');
});
