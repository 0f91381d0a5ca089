import type { IDataObject } from 'n8n-workflow';
import { fetchFileInfo } from '../../../../../../nodes/OneCrm/crm/file/info';
import { type Answer, failed, oneOf, StandIn } from '../stand-in.cts';

const answering = (answer: IDataObject) => new StandIn({ 'GET files/info/Note/1': answer });

const fetched = async (info: IDataObject) =>
	await fetchFileInfo(answering({ name: 'a.txt', ...info }).crm, { module: 'Note', id: '1' });

it("has 1CRM's own answer, and the same under the names that an upload returns", async () => {
	const answer = {
		id: 'x',
		name: '../a.txt',
		mimetype: 'text/plain',
		size: '5',
		modified: '86400',
	};
	const { crm, sent } = answering(answer);
	expect(await fetchFileInfo(crm, { module: 'Note', id: '1' })).toEqual({
		...answer,
		...{ fileName: 'a.txt', mimeType: 'text/plain' },
		...{ fileSize: 5, modifiedAt: '1970-01-02T00:00:00.000Z' },
	});
	expect(sent).toEqual([{ method: 'GET', path: 'files/info/Note/1', subject: 'Note "1"' }]);
});

it.each([
	[{ mimetype: 'text/plain', mime_type: 'a/b' }, 'text/plain'],
	[{ mimetype: null, mime_type: 'a/b' }, 'a/b'],
	[{}, 'application/octet-stream'],
])('reads the type in %j', async (types, mimeType) => {
	expect(await fetched(types)).toMatchObject({ mimeType });
});

it.each([
	[0, 0],
	['0', 0],
	[' 17 ', 17],
	['1234567890123', 1234567890123],
])('reads the size %j as %j', async (size, fileSize) => {
	expect(await fetched({ size })).toMatchObject({ fileSize });
});

it.each([
	...['', ' ', null, undefined, true, [], {}, 1.5, '1.5', -1, '-1', '0x10', '5 KB', 'about 5'],
	...['1e3', '9007199254740993'],
])('does not take %j for a size', async (size) => {
	expect(await fetched({ size })).toMatchObject({ fileSize: null });
});

it.each([
	[1784030400, '2026-07-14T12:00:00.000Z'],
	['0', '1970-01-01T00:00:00.000Z'],
	['8640000000000', '+275760-09-13T00:00:00.000Z'],
])('reads %j as the time of the last change %s', async (modified, modifiedAt) => {
	expect(await fetched({ modified })).toMatchObject({ modifiedAt });
});

it.each(['8640000000001', '', null, undefined, '2026-07-14'])(
	'does not take %j for a time',
	async (modified) => {
		expect(await fetched({ modified })).toMatchObject({ modifiedAt: null });
	},
);

it('passes on why 1CRM does not tell', async () => {
	const { crm } = new StandIn({ 'GET files/info/Note/1': failed(403, { message: 'No access' }) });
	await expect(fetchFileInfo(crm, { module: 'Note', id: '1' })).rejects.toThrow('No access');
});

it('tells a missing record from a missing file, which 1CRM does not', async () => {
	const fetching = async (answers: Record<string, Answer>) =>
		await fetchFileInfo(new StandIn(answers).crm, { module: 'Note', id: '1' });
	const record = oneOf({ id: '1' });
	await expect(fetching({ 'GET data/Note/1': record })).rejects.toThrow('Note "1" has no file');
	await expect(fetching({})).rejects.toThrow('Status 404');
});

it.each([{ name: '' }, { name: null }, { name: 7 }, { name: undefined }])(
	'takes %j for a record without a file',
	async (info) => {
		await expect(fetched(info)).rejects.toMatchObject({
			message: 'Note "1" has no file',
			description: 'The record exists, but no file is attached to it',
			httpCode: '404',
		});
	},
);
