import type { IDataObject } from 'n8n-workflow';
import { uploadFile } from '../../../../../../nodes/OneCrm/crm/file/upload';
import { StandIn } from '../stand-in.cts';

const answering = (answer: IDataObject) => new StandIn({ 'POST files/upload': answer });

const file = {
	name: 'ü.txt',
	mimeType: 'text/plain',
	size: 2,
	open: async () => Buffer.from('ü'),
};

it('sends the file under its name and type, and returns its temporary ID', async () => {
	const { crm, sent } = answering({ id: 'INCOMING~1' });
	expect(await uploadFile(crm, file)).toBe('INCOMING~1');
	const headers = {
		...{ 'Content-Type': 'text/plain', 'Content-Length': 2 },
		'X-OneCRM-Filename': '\u00c3\u00bc.txt',
	};
	expect(sent).toEqual([{ method: 'POST', path: 'files/upload', upload: file.open, headers }]);
});

it.each([{}, { id: '' }, { id: 7 }, { id: null }])(
	'says that the answer %j has no ID',
	async (answer) => {
		await expect(uploadFile(answering(answer).crm, file)).rejects.toMatchObject({
			message: '1CRM answered without the ID of the file',
		});
	},
);
