import { readMetadata } from '../../../../../nodes/OneCrm/crm/metadata';

const ref = (facts = {}) => ({ type: 'ref', vname: 'Owner', id_name: 'owner_id', ...facts });
const ownerId = { type: 'id', vname: 'ID', editable: false, for_ref: 'owner' };

const fieldsOf = (fields: object) => readMetadata({ fields: { ...fields } }).fields;
const fieldOf = (facts: object) => fieldsOf({ it: { name: 'it', ...facts } }).get('it');

describe('a field', () => {
	it('is writable unless 1CRM says otherwise', () => {
		expect(fieldOf({ type: 'varchar' })?.writable).toBe(true);
		expect(fieldOf({ type: 'varchar', editable: false })?.writable).toBe(false);
	});

	it('of an unknown type, or without one, is text', () => {
		expect(fieldOf({ type: 'hologram' })).toMatchObject({ type: 'hologram', kind: 'text' });
		expect(fieldOf({})).toMatchObject({ type: 'varchar', kind: 'text' });
	});

	it('is called by its name where it has no label', () => {
		expect(fieldOf({ type: 'int', vname: 'Size' })?.label).toBe('Size');
		expect(fieldOf({ type: 'int', vname: '' })?.label).toBe('it');
	});

	it('can be sorted by where it has a column of its own', () => {
		expect(fieldOf({ type: 'int', source: { type: 'db' } })?.sortable).toBe(true);
		expect(fieldOf({ type: 'int', source: { type: 'non-db' } })?.sortable).toBe(false);
		expect(fieldOf({ type: 'int', source: [] })?.sortable).toBe(false);
	});

	it.each([
		[{ type: 'varchar', required: true }, true],
		[{ type: 'varchar' }, false],
		[{ type: 'varchar', required: true, editable: false }, false],
		[{ type: 'varchar', required: true, default: '' }, false],
		[{ type: 'int', required: true, default: 0 }, false],
		[{ type: 'bool', required: true }, false],
		[{ type: 'sequence_number', required: true }, false],
		[{ type: 'item_number', required: true }, false],
		[{ type: 'base_currency', required: true }, false],
		[{ type: 'currency', required: true }, true],
		[{ type: 'varchar', required: true, source: { type: 'person_name' } }, false],
	])('with %j is required for a create: %s', (facts, required) => {
		expect(fieldOf(facts)?.requiredForCreate).toBe(required);
	});
});

describe('a reference', () => {
	it('is written through its ID, although 1CRM marks that as not editable', () => {
		const fields = fieldsOf({ owner: ref({ bean_name: 'User' }), owner_id: ownerId });
		expect(fields.get('owner')?.writable).toBe(false);
		expect(fields.get('owner_id')).toMatchObject({
			label: 'Owner',
			target: 'User',
			type: 'id',
			kind: 'text',
			writable: true,
		});
	});

	it('that is not editable has an ID that is not either', () => {
		const fields = fieldsOf({ owner: ref({ editable: false }), owner_id: ownerId });
		expect(fields.get('owner_id')?.writable).toBe(false);
	});

	it('that is required has an ID that is', () => {
		const fields = fieldsOf({ owner: ref({ required: true }), owner_id: ownerId });
		expect(fields.get('owner_id')?.requiredForCreate).toBe(true);
		expect(fields.get('owner')?.requiredForCreate).toBe(false);
	});

	it('to the assigned user is never required, as 1CRM fills it in', () => {
		const fields = fieldsOf({
			assigned_user: ref({ id_name: 'assigned_user_id', required: true }),
			assigned_user_id: { ...ownerId, for_ref: 'assigned_user', required: true },
		});
		expect(fields.get('assigned_user_id')).toMatchObject({
			writable: true,
			requiredForCreate: false,
		});
	});

	it('to a currency is never required, nor is its rate', () => {
		const others = ['old_exchange_rate', 'exchange_rate_2', 'old_currency_id', 'currency_id_2'];
		const fields = fieldsOf({
			currency: ref({ id_name: 'currency_id', required: true }),
			exchange_rate: { type: 'float', required: true },
			...Object.fromEntries(others.map((name) => [name, { type: 'float', required: true }])),
		});
		const isRequired = (name: string) => fields.get(name)?.requiredForCreate;
		expect([...fields.keys()].filter(isRequired)).toEqual(others);
	});

	it('has an ID even where 1CRM does not list it', () => {
		expect(fieldsOf({ owner: ref() }).get('owner_id')).toMatchObject({
			label: 'Owner',
			writable: true,
		});
	});

	it('an ID without a reference stays what 1CRM says', () => {
		expect(fieldsOf({ other_id: { ...ownerId, for_ref: 'other' } }).get('other_id')?.writable).toBe(
			false,
		);
	});
});

describe('options', () => {
	it('stand in a list for fields and in a map for filters, and either is read', () => {
		const options = [{ value: 'a', label: 'Ay' }];
		const { fields, filters } = readMetadata({
			fields: {
				listed: { type: 'enum', options },
				mapped: { type: 'enum', options: { a: 'Ay' } },
			},
			filters: {
				listed: { type: 'enum', options },
				mapped: { type: 'enum', options: { a: 'Ay' } },
			},
		});
		for (const owner of [fields.get('listed'), fields.get('mapped')]) {
			expect(owner?.options).toEqual(options);
		}
		for (const owner of [filters.get('listed'), filters.get('mapped')]) {
			expect(owner?.options).toEqual(options);
		}
	});

	it('without labels are shown by their value', () => {
		expect(fieldOf({ type: 'enum', options: [{ value: 5 }] })?.options).toEqual([
			{ value: '5', label: '5' },
		]);
		const owner = { type: 'owner', options: { not_mine: { vname: 'LBL_X', icon: 'y' } } };
		const { filters } = readMetadata({ fields: {}, filters: { owner } });
		expect(filters.get('owner')?.options).toEqual([{ value: 'not_mine', label: 'not mine' }]);
	});

	it('may be missing, an empty list or nothing readable', () => {
		for (const options of [undefined, [], {}, null, 'x', [null, 1]]) {
			expect(fieldOf({ type: 'enum', options })?.options).toEqual([]);
		}
	});

	it('are known by their positions where PHP has made a list of a map', () => {
		expect(fieldOf({ type: 'enum', options: ['Low', 'High'] })?.options).toEqual([
			{ value: '0', label: 'Low' },
			{ value: '1', label: 'High' },
		]);
	});
});

describe('a reference filter', () => {
	const filters = (facts: object) =>
		readMetadata({
			fields: [],
			filters: { ...facts, owner: { type: 'ref', vname: 'Owner', id_name: 'owner_id' } },
		}).filters;

	it('has a companion that takes the ID', () => {
		expect(filters({}).get('owner_id')).toMatchObject({
			name: 'owner_id',
			label: 'Owner (ID)',
			type: 'id',
			kind: 'text',
		});
	});

	it('does not push aside a filter that 1CRM has under that name', () => {
		const own = { owner_id: { type: 'varchar', vname: 'Owned by' } };
		expect(filters(own).get('owner_id')?.label).toBe('Owned by');
	});
});

describe('an answer', () => {
	it('with empty lists, as PHP writes empty maps, has no fields and no filters', () => {
		const { fields, filters } = readMetadata({ fields: [], filters: [] });
		expect([fields.size, filters.size]).toEqual([0, 0]);
	});

	it('without filters has none', () => {
		expect(readMetadata({ fields: {} }).filters.size).toBe(0);
	});

	it('may list the fields with their names instead of mapping them', () => {
		const { fields } = readMetadata({
			fields: [{ name: 'a', type: 'int' }, { type: 'int' }, null, 'x'] as never,
		});
		expect([...fields.keys()]).toEqual(['a']);
	});

	it('keeps the order of the fields', () => {
		expect([...fieldsOf({ z: {}, a: {}, m: {} }).keys()]).toEqual(['z', 'a', 'm']);
	});
});
