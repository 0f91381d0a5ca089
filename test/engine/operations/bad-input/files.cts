import type { INodeExecutionData } from 'n8n-workflow';
import { type BadInput, row, VALUE } from './row.cts';

const withFile: INodeExecutionData = {
	json: {},
	binary: { data: { data: 'eA==', mimeType: 'text/plain', fileName: 'x.txt' } },
};

export const files: BadInput[] = [
	{
		what: 'a missing file',
		parameters: { resource: 'file', operation: 'upload' },
		good: withFile,
		bad: { json: {} },
		message: /'data', but none was found \[item \d\]$/,
	},
	{
		what: 'a file in another field',
		parameters: { resource: 'file', operation: 'upload' },
		good: withFile,
		bad: { json: {}, binary: { photo: { data: 'eA==', mimeType: 'text/plain' } } },
		message: /^The item has no binary field 'data' \[item \d\]$/,
	},
	row(
		'typed text without a file name',
		{
			resource: 'file',
			operation: 'upload',
			inputMode: 'manual',
			fileName: VALUE,
			fileContent: 'x',
		},
		['x.txt', ''],
		/^'File Name' is empty$/,
	),
	row(
		'a file from nowhere',
		{
			resource: 'file',
			operation: 'upload',
			inputMode: VALUE,
			fileName: 'x.txt',
			fileContent: 'x',
		},
		['manual', 'typed'],
		/^'File From' cannot be "typed"$/,
	),
];
