import type { INodeProperties } from 'n8n-workflow';

import type { Method } from '../../http/types';
import { inputBinaryField, outputBinaryField } from '../../item/files';
import { limitProperties } from '../../item/limit';
import { pairsCollection } from '../../item/pairs';

export const METHODS: readonly Method[] = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'];

const METHODS_WITH_BODY = METHODS.filter((method) => method !== 'GET');

function pairs(texts: Parameters<typeof pairsCollection>[0], placeholder: string): INodeProperties {
	return pairsCollection(texts, { displayName: 'Parameter', name: 'parameters', placeholder });
}

function shownForBody(format: string, property: INodeProperties): INodeProperties {
	const show = { method: METHODS_WITH_BODY, bodyFormat: [format] };
	return { ...property, displayOptions: { show } };
}

export const fetchPages: INodeProperties = {
	displayName: 'Fetch Pages',
	name: 'fetchPages',
	type: 'boolean',
	default: false,
	displayOptions: { show: { method: ['GET'] } },
	description: 'Whether to read a list page by page and return an item for each of its records',
};

export const query = pairs(
	{
		displayName: 'Query Parameters',
		name: 'query',
		placeholder: 'Add Query Parameter',
		description: 'Parameters to add to the address, e.g. limit, or filters[first_name]',
	},
	'e.g. filters[first_name]',
);

export const headers = pairs(
	{
		displayName: 'Headers',
		name: 'headers',
		placeholder: 'Add Header',
		description: 'Headers to send in addition to those of the credential',
	},
	'e.g. X-Custom-Header',
);

export const formFields = shownForBody(
	'form',
	pairs(
		{
			displayName: 'Form Fields',
			name: 'formFields',
			placeholder: 'Add Field',
			description: 'The fields to send, as a web form does',
		},
		'e.g. last_name',
	),
);

export const responseFormat: INodeProperties = {
	displayName: 'Response Format',
	name: 'responseFormat',
	type: 'options',
	default: 'auto',
	description: 'How to return the answer',
	displayOptions: { hide: { fetchPages: [true] } },
	options: [
		{ name: 'File', value: 'file', description: 'Put the answer into an output field as a file' },
		{
			name: 'JSON or Text',
			value: 'auto',
			description: 'Parse JSON, and return any other text unchanged',
		},
	],
};

export const callProperties: INodeProperties[] = [
	{
		displayName: 'Method',
		name: 'method',
		type: 'options',
		default: 'GET',
		description: 'GET reads, POST creates, PATCH changes, DELETE deletes',
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
	query,
	headers,
	{
		displayName: 'Body Format',
		name: 'bodyFormat',
		type: 'options',
		default: 'json',
		description: 'The format of the request body',
		displayOptions: { show: { method: METHODS_WITH_BODY } },
		options: [
			{ name: 'File', value: 'file', description: 'A file from an earlier node' },
			{ name: 'Form', value: 'form', description: 'Fields as a web form sends them' },
			{ name: 'JSON', value: 'json', description: 'What 1CRM expects for nearly everything' },
			{ name: 'Text', value: 'text', description: 'A text as it is' },
		],
	},
	shownForBody('json', {
		displayName: 'Body',
		name: 'body',
		type: 'json',
		default: '',
		placeholder: 'e.g. {"data": {"last_name": "Smith"}}',
		description: 'The body of the request in JSON',
	}),
	formFields,
	shownForBody('text', {
		displayName: 'Body Text',
		name: 'bodyText',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		description: "The body of the request. Set the header 'Content-Type' if it isn't plain text.",
	}),
	shownForBody('file', inputBinaryField),
	fetchPages,
	...limitProperties.map((property) => ({
		...property,
		displayOptions: {
			show: { ...property.displayOptions?.show, method: ['GET'], fetchPages: [true] },
		},
	})),
	responseFormat,
	{
		...outputBinaryField,
		displayOptions: { show: { responseFormat: ['file'] }, hide: { fetchPages: [true] } },
	},
];
