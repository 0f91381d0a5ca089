import { auditTarget, toEvent, valuesOf } from '../../../../../nodes/OneCrm/crm/audit';

const entry = {
	id: 'a-1',
	created_by_user: 'Ada',
	created_by: '7',
	date_created: '2026-07-14 11:00:00',
	parent_id: 'lead-1',
	field_name: 'status',
	data_type: 'enum',
	before_value_string: 'New',
	after_value_string: 'Converted',
	before_value_text: null,
	after_value_text: null,
};

describe('toEvent', () => {
	it('tells case, activity, time, actor, field and values', () => {
		expect(toEvent(entry)).toEqual({
			caseId: 'lead-1',
			activity: 'Set status to Converted',
			time: '2026-07-14T11:00:00Z',
			actor: 'Ada',
			field: 'status',
			before: 'New',
			after: 'Converted',
		});
	});

	it.each([
		[{ data_type: 'varchar' }, 'Change status'],
		[{ after_value_string: '' }, 'Change status'],
		[{ after_value_string: null }, 'Change status'],
		[{ data_type: 'bool', after_value_string: '1' }, 'Set status to 1'],
		[{ data_type: 'status' }, 'Set status to Converted'],
	])('makes few activities of many values (%j)', (changes, activity) => {
		expect(toEvent({ ...entry, ...changes }).activity).toBe(activity);
	});

	it('takes long texts and users without a name', () => {
		const changes = { before_value_string: null, after_value_string: null, created_by_user: null };
		const event = toEvent({ ...entry, ...changes, before_value_text: 'a', after_value_text: 'b' });
		expect(event).toMatchObject({ before: 'a', after: 'b', actor: '7' });
	});

	it('gives null for what the server leaves out', () => {
		expect(toEvent({})).toEqual({
			caseId: null,
			activity: 'Change ',
			time: null,
			actor: null,
			field: '',
			before: null,
			after: null,
		});
	});
});

describe('valuesOf', () => {
	it('gives null for values that are nowhere', () => {
		expect(valuesOf({ before_value_string: null, after_value_text: null })).toEqual({
			before: null,
			after: null,
		});
		expect(valuesOf({ after_value_text: 'New' })).toEqual({ before: null, after: 'New' });
	});

	it.each([null, ''])('takes the long text beside %j', (unused) => {
		const texts = { before_value_string: unused, after_value_string: unused };
		const values = valuesOf({ ...texts, before_value_text: 'Old', after_value_text: 'New' });
		expect(values).toEqual({ before: 'Old', after: 'New' });
	});

	it('keeps a value that was cleared', () => {
		const values = valuesOf({ ...entry, after_value_string: '', after_value_text: null });
		expect(values).toEqual({ before: 'New', after: '' });
	});
});

describe('auditTarget', () => {
	it('is the log of a module', () => {
		expect(auditTarget('Lead', undefined)).toEqual({ path: 'audit/Lead' });
	});

	it('is the log of a record, which is called by its id if it is not there', () => {
		expect(auditTarget('Lead', 'a b')).toEqual({
			path: 'audit/Lead/a%20b',
			subject: 'Lead "a b"',
		});
	});
});
