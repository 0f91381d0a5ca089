import { attachUpload } from '../../../../../nodes/OneCrm/crm/attachment';
import { clientWith } from './scripted-client.cts';

const file = { module: 'Note', field: 'filename', data: { name: 'Minutes' } };

function serverWith(isFailing = false) {
	return clientWith(({ method, path }) => {
		if (path.startsWith('meta/')) return { fields: { name: {} } };
		if (isFailing) throw new Error('No access');
		return method === 'POST' ? { id: 'n-1' } : { result: true };
	});
}

it('is put into a new record beside other values', async () => {
	const { crm, sent } = serverWith();
	expect(await attachUpload(crm, 'INCOMING~1', file)).toEqual({
		module: 'Note',
		recordId: 'n-1',
		field: 'filename',
	});
	expect(sent.at(-1)).toMatchObject({
		method: 'POST',
		path: 'data/Note',
		body: { data: { name: 'Minutes', filename: 'INCOMING~1' } },
	});
});

it('is put into a record that is there', async () => {
	const { crm, sent } = serverWith();
	const owner = { ...file, recordId: 'n-2', data: {} };
	expect(await attachUpload(crm, 'INCOMING~1', owner)).toEqual({
		module: 'Note',
		recordId: 'n-2',
		field: 'filename',
	});
	expect(sent.at(-1)).toMatchObject({
		method: 'PATCH',
		path: 'data/Note/n-2',
		body: { data: { filename: 'INCOMING~1' } },
	});
});

it('is named if 1CRM does not take it', async () => {
	const { crm } = serverWith(true);
	await expect(attachUpload(crm, 'INCOMING~1', file)).rejects.toThrow(
		'The file was uploaded as INCOMING~1, but not attached: No access',
	);
});
