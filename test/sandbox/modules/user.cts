import { systemFields } from './common-fields.cts';
import type { Fields, ModuleDefinition } from './definition.cts';
import { bool, choice, email, field, personName, phone, recordName, text } from './fields.cts';
import { plainFilters, standardFilters } from './filters.cts';

const fields: Fields = {
	...systemFields(),
	...personName('first_name', 'last_name'),
	...field('user_name', 'varchar', 'User Name', { len: 60, required: true, unified_search: true }),
	...text('first_name', 'First Name', 30),
	...recordName('last_name', 'Last Name', 30),
	...choice('status', 'Status', ['Active', 'Inactive'], { default: 'Active' }),
	...bool('is_admin', 'Administrator'),
	...text('title', 'Title', 50),
	...text('department', 'Department', 50),
	...phone('phone_work', 'Office Phone'),
	...email('email1', 'Email'),
};

export const user: ModuleDefinition = {
	model: 'User',
	module: 'Users',
	label: 'Users',
	fields,
	filters: {
		...standardFilters(),
		...plainFilters(fields, 'Users', [
			'user_name',
			'first_name',
			'last_name',
			'status',
			'is_admin',
		]),
	},
	links: {},
	listFields: ['name', 'first_name', 'id', 'last_name', 'user_name'],
	nameField: 'name',
	referenceField: 'user_name',
	duplicateKeys: [['user_name']],
};
