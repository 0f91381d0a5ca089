import type { INodeParameters } from 'n8n-workflow';
import { type BadInput, record, RECORD_ID, row, VALUE, writing } from './row.cts';

export const modules: BadInput[] = [
	row(
		'an unknown module to search',
		record('search', { module: VALUE }),
		['Contact', 'Contacts'],
		/^Model Contacts not found$/,
		['GET /data/Contacts'],
	),
	row(
		'an unknown module to write to',
		{ ...writing({ title: 'x' }), module: VALUE },
		['Contact', 'contact'],
		/^Model contact not found$/,
	),
	row(
		'an empty module',
		record('search', { module: VALUE }),
		['Contact', ''],
		/^'Module' is empty/,
	),
	row(
		'a module with a slash',
		record('search', { module: VALUE }),
		['Contact', 'Contact/1'],
		/^'Module' cannot be "Contact\/1"/,
	),
	row(
		'a module of dots',
		record('search', { module: VALUE }),
		['Contact', '..'],
		/^'Module' cannot be "\.\."/,
	),
];

export const ids: BadInput[] = ['get', 'update', 'delete'].flatMap((operation) => {
	const parameters = { ...writing({ title: 'x' }, operation), recordId: VALUE };
	const good = operation === 'delete' ? 'to-delete' : RECORD_ID;
	return [
		row(`an empty id to ${operation}`, parameters, [good, ''], /^'Record' is empty/),
		row(`null as the id to ${operation}`, parameters, [good, null], /^'Record' is empty/),
		row(`spaces as the id to ${operation}`, parameters, [good, ' \n'], /^'Record' is empty/),
		row(
			`an id with a slash to ${operation}`,
			parameters,
			[good, 'a/b'],
			/^'Record' cannot be "a\/b": an ID doesn't contain slashes/,
		),
		row(
			`an id with a back slash to ${operation}`,
			parameters,
			[good, 'a\\b'],
			/^'Record' cannot be "a\\b"/,
		),
		row(`dots as the id to ${operation}`, parameters, [good, '..'], /^'Record' cannot be "\.\."/),
		row(
			`an object as the id to ${operation}`,
			parameters,
			[good, { name: RECORD_ID }],
			/^'Record' takes one ID, not /,
		),
	];
});

const calling = (rest: INodeParameters): INodeParameters => ({
	resource: 'api',
	operation: 'call',
	url: `data/Contact/${RECORD_ID}`,
	...rest,
});

export const calls: BadInput[] = [
	row(
		'an absolute address',
		calling({ url: VALUE }),
		['data/Contact', 'https://evil.example/api.php/me'],
		/^'URL': "https:\/\/evil.example.*" leads outside the 1CRM API/,
	),
	row('an empty address', calling({ url: VALUE }), ['data/Contact', ' '], /^'URL' is empty/),
	row(
		'a body that is no JSON',
		calling({ method: 'PATCH', body: VALUE }),
		['{"data":{"title":"x"}}', '{"data":{"title":"x"'],
		/^'Body': this is not JSON/,
	),
	row(
		'an unknown format of the answer',
		calling({ responseFormat: VALUE }),
		['auto', 'File'],
		/^'Response Format' cannot be "File"$/,
	),
	row(
		'an unknown format of the audit log',
		{
			resource: 'auditLog',
			operation: 'getAll',
			module: 'Contact',
			options: { outputFormat: VALUE },
		},
		['eventLog', 'csv'],
		/^'Output Format' cannot be "csv"$/,
	),
];
