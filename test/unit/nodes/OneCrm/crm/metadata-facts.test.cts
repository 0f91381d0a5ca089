import { UserError } from 'n8n-workflow';
import { fetchMetadata, readMetadata } from '../../../../../nodes/OneCrm/crm/metadata';
import { clientWith } from './scripted-client.cts';

const metadataOf = (fields: object, module?: string) =>
	readMetadata({ fields: { ...fields } }, module);
const fieldOf = (name: string, facts: object) => metadataOf({ [name]: facts }).fields.get(name);
const filtersOf = (filters: object) => readMetadata({ filters: { ...filters } }).filters;

describe('1CRM works out the value of', () => {
	it.each<[string, string, object]>([
		['the name of a reference', 'owner', { type: 'ref' }],
		['the name of a person', 'name', { type: 'varchar', source: { type: 'person_name' } }],
		['a column behind a multi-select', 'topic', { type: 'varchar', multi_select_group: 'topics' }],
		['the ID', 'id', { type: 'id', editable: false }],
		['the mark of a deletion', 'deleted', { type: 'bool', editable: false }],
		['the time of the creation', 'date_entered', { type: 'datetime', editable: false }],
		['the time of the last change', 'date_modified', { type: 'datetime', editable: false }],
		['who created it', 'created_by', { type: 'id', editable: false }],
		['who changed it last', 'modified_user_id', { type: 'id', editable: false }],
		['the number of a product', 'number', { type: 'item_number', editable: false }],
		['the number of a document', 'number', { type: 'sequence_number', editable: false }],
		['an inferred field', 'digits', { type: 'varchar', editable: false, inferred: true }],
	])('%s', (_, name, facts) => {
		expect(fieldOf(name, facts)).toMatchObject({ computed: true, writable: false });
	});

	it('the columns of an image', () => {
		const { fields } = metadataOf({
			photo: { type: 'image', filename: 'photo_name', thumbnail_name: 'photo_thumb' },
			photo_name: { type: 'varchar' },
			photo_thumb: { type: 'varchar' },
			file: { type: 'file_ref', filename: 'file_name' },
			file_name: { type: 'varchar' },
		});
		const computed = [...fields.values()].filter((field) => field.computed);
		expect(computed.map(({ name }) => name)).toEqual(['photo_name', 'photo_thumb']);
		expect(computed.map(({ writable }) => writable)).toEqual([false, false]);
	});

	it('the amount due of a bill, if it is not editable', () => {
		const isComputed = (module: string | undefined, facts: object) =>
			metadataOf({ amount_due: { type: 'currency', ...facts } }, module).fields.get('amount_due')
				?.computed;
		expect(isComputed('Bill', { editable: false })).toBe(true);
		expect(isComputed('Bill', {})).toBe(false);
		expect(isComputed('Invoice', { editable: false })).toBe(false);
		expect(isComputed(undefined, { editable: false })).toBe(false);
		expect(metadataOf({}, 'Bill').fields.size).toBe(0);
	});
});

describe('1CRM does not work out the value of', () => {
	it.each<[string, string, object]>([
		['a field that is not editable only', 'total', { type: 'currency', editable: false }],
		['a time of the creation that is editable', 'date_entered', { type: 'datetime' }],
		['a number that is editable', 'number', { type: 'sequence_number' }],
		['an inferred field that is editable', 'digits', { type: 'varchar', inferred: true }],
		['the multi-select itself', 'topics', { type: 'multienum', multi_select_group: 'topics' }],
	])('%s', (_, name, facts) => {
		expect(fieldOf(name, facts)?.computed).toBe(false);
	});

	it('the ID of a reference, which 1CRM infers from it', () => {
		const owner = { type: 'ref', id_name: 'owner_id', editable: false };
		const ownerId = { type: 'id', editable: false, inferred: true };
		const { fields } = metadataOf({ owner, owner_id: ownerId });
		expect(fields.get('owner_id')?.computed).toBe(false);
		expect(metadataOf({ owner_id: ownerId }).fields.get('owner_id')?.computed).toBe(true);
	});
});

describe('a multi-select', () => {
	it('is written itself, not through its columns', () => {
		expect(fieldOf('topics', { type: 'multienum', multi_select_group: 'topics' })?.writable).toBe(
			true,
		);
		expect(fieldOf('topic', { type: 'enum', multi_select_group: 'topics' })?.writable).toBe(false);
	});
});

describe('the ID of a reference', () => {
	it('is an ID where 1CRM does not list it, and belongs to no other field', () => {
		const { fields } = metadataOf({
			owner: { type: 'ref', id_name: 'owner_id', bean_name: 'User', comment: 'Who does it' },
			numbered: { type: 'ref', id_name: 7 },
			other: { type: 'varchar', id_name: 'other_id' },
		});
		expect([...fields.keys()]).toEqual(['owner', 'numbered', 'other', 'owner_id']);
		expect(fields.get('owner_id')).toMatchObject({
			type: 'id',
			kind: 'text',
			label: 'owner_id',
			target: 'User',
			description: 'Who does it',
		});
	});

	it('keeps the type that 1CRM gives it', () => {
		const owner = { type: 'ref', id_name: 'owner_id' };
		const { fields } = metadataOf({ owner, owner_id: { type: 'char' } });
		expect(fields.get('owner_id')?.type).toBe('char');
	});
});

it('the audit log has the changes of a reference under its ID', () => {
	const audited = true;
	const metadata = metadataOf({
		status: { type: 'enum', audited },
		title: { type: 'varchar' },
		phone: { type: 'phone', audited: false },
		owner: { type: 'ref', id_name: 'owner_id', audited },
		owner_id: { type: 'id' },
		boss: { type: 'ref', id_name: 'boss_id' },
		boss_id: { type: 'id', audited: '1' },
		unlisted: { type: 'ref', id_name: 'unlisted_id', audited },
	});
	expect([...metadata.audited]).toEqual(['status', 'owner_id', 'unlisted_id']);
});

it('the fields that a new record needs are listed in their order', () => {
	const { required } = metadataOf({
		last_name: { type: 'varchar', required: true },
		title: { type: 'varchar' },
		owner: { type: 'ref', id_name: 'owner_id', required: true },
		owner_id: { type: 'id' },
	});
	expect(required.map(({ name }) => name)).toEqual(['last_name', 'owner_id']);
});

it.each([
	[true, true],
	[1, true],
	['1', true],
	[false, false],
	['0', false],
	[undefined, false],
])('a field whose personal_info is %j is data about a person: %s', (personal_info, personal) => {
	expect(fieldOf('email1', { type: 'email', personal_info })?.personal).toBe(personal);
});

it.each([
	[50, 50],
	['50', 50],
	[0, undefined],
	['', undefined],
	[null, undefined],
])('a text whose len is %j has room for %s characters', (len, length) => {
	expect(fieldOf('it', { type: 'varchar', len })).toHaveProperty('length', length);
});

it.each([[''], [5], [null], [undefined]])('a comment of %j is none', (comment) => {
	const field = fieldOf('it', { type: 'int', comment, bean_name: comment });
	expect(field).toMatchObject({ description: undefined, target: undefined });
});

describe('a filter', () => {
	it('of no type is text', () => {
		expect(filtersOf({ it: {} }).get('it')).toMatchObject({ type: 'varchar', kind: 'text' });
		expect(filtersOf({ it: { type: 'int' } }).get('it')).toMatchObject({
			type: 'int',
			kind: 'integer',
		});
	});

	it('is called by its name where it has no label', () => {
		expect(filtersOf({ it: { vname: 'Size' } }).get('it')?.label).toBe('Size');
		expect(filtersOf({ it: {} }).get('it')).toMatchObject({ name: 'it', label: 'it' });
	});

	it('compares the field of its name, another one, or several', () => {
		const filters = filtersOf({
			title: {},
			who: { field: 'owner' },
			any_email: { fields: ['email1', 'email2'] },
			broken: { fields: 'email1' },
		});
		expect(filters.get('title')).toMatchObject({ column: 'title', fields: [] });
		expect(filters.get('who')).toMatchObject({ column: 'owner', fields: [] });
		expect(filters.get('any_email')).toMatchObject({
			column: undefined,
			fields: ['email1', 'email2'],
		});
		expect(filters.get('broken')).toMatchObject({ column: undefined, fields: [] });
	});

	it('of a reference is followed by one for the ID, which compares the column of the ID', () => {
		const filters = filtersOf({ owner: { type: 'ref', id_name: 'owner_id' }, title: {} });
		expect([...filters.keys()]).toStrictEqual(['owner', 'owner_id', 'title']);
		expect(filters.get('owner_id')).toEqual({
			name: 'owner_id',
			label: 'owner (ID)',
			type: 'id',
			kind: 'text',
			options: [],
			column: 'owner_id',
			fields: [],
		});
	});
});

it('an option without value and label is an empty one, as 1CRM lists it first in many picklists', () => {
	expect(
		fieldOf('it', { type: 'enum', options: [{}, { value: 'a', label: '' }] })?.options,
	).toEqual([
		{ value: '', label: '' },
		{ value: 'a', label: '' },
	]);
});

it('fields in a list are those with a name', () => {
	const fields = [{ name: '', type: 'int' }, { name: null }, {}, { name: 'a' }, 'b', []];
	expect([...readMetadata({ fields: fields as never }).fields.keys()]).toEqual(['a']);
});

describe('the fields of a module', () => {
	it('are asked for by its name', async () => {
		const answer = { fields: { amount_due: { type: 'currency', editable: false } } };
		const { crm, sent } = clientWith(() => answer);
		const { fields } = await fetchMetadata(crm.http, 'Bill');
		expect(fields.get('amount_due')?.computed).toBe(true);
		expect(sent).toEqual([{ method: 'GET', path: 'meta/fields/Bill' }]);
	});

	it('may be none, but have to be in the answer', async () => {
		const none = clientWith(() => ({ fields: [] }));
		expect((await fetchMetadata(none.crm.http, 'Bill')).fields.size).toBe(0);
		const reading = fetchMetadata(clientWith(() => ({ filters: {} })).crm.http, 'Bill');
		await expect(reading).rejects.toThrow(UserError);
		await expect(reading).rejects.toThrow('1CRM answered without the fields of the module "Bill"');
	});
});
