import type { INodeProperties } from 'n8n-workflow';

import type { Method } from '../../transport/retry';

export const METHODS: readonly Method[] = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'];

function pairs(
	displayName: string,
	name: string,
	placeholder: string,
	hint: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'fixedCollection',
		placeholder,
		default: {},
		typeOptions: { multipleValues: true },
		options: [
			{
				displayName: 'Parameter',
				name: 'parameters',
				values: [
					{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: hint },
					{ displayName: 'Value', name: 'value', type: 'string', default: '' },
				],
			},
		],
	};
}

export const callProperties: INodeProperties[] = [
	{
		displayName: 'Method',
		name: 'method',
		type: 'options',
		default: 'GET',
		options: METHODS.map((method) => ({ name: method, value: method })),
	},
	{
		displayName: 'URL',
		name: 'url',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. data/Account',
		description: 'The path relative to api.php. Other addresses are refused.',
	},
	pairs('Query Parameters', 'query', 'Add Query Parameter', 'e.g. filters[first_name]'),
	pairs('Headers', 'headers', 'Add Header', 'e.g. X-Custom-Header'),
	{
		displayName: 'Body',
		name: 'body',
		type: 'json',
		default: '',
		displayOptions: { show: { method: ['DELETE', 'PATCH', 'POST', 'PUT'] } },
		placeholder: 'e.g. {"data": {"last_name": "Smith"}}',
		description: 'The body of the request in JSON',
	},
];
