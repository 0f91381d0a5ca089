import { clientOf } from '../../support/client.cts';
import { sandboxForTests } from '../../support/sandbox-for-tests.cts';

describe('the contents of a sandbox', () => {
	const clock = () => new Date(0);
	const sandbox = sandboxForTests({ clock, perTest: true });
	const other = sandboxForTests({ clock, perTest: true });

	it('are the same for the same records, and a copy', () => {
		const before = sandbox.contents();
		for (const one of [sandbox, other]) one.insert('Task', { name: 'Call back' });
		expect(sandbox.contents()).toEqual(other.contents());
		expect(sandbox.contents()).not.toEqual(before);
	});

	it('hold nothing of records that were cleared, whose IDs may come again', () => {
		const insert = () => {
			sandbox.insert('Account', { id: 'account-1', name: 'Berg' });
			sandbox.insert('Contact', { id: 'contact-1', last_name: 'Aalto' });
		};
		insert();
		sandbox.link('Account', 'account-1', 'contacts', 'contact-1');
		expect(() => insert()).toThrow('The ID "account-1" of Account is taken');
		for (const model of ['Account', 'Contact']) sandbox.clear(model);
		insert();
		expect(sandbox.linked('Account', 'account-1', 'contacts').size).toBe(0);
	});

	it('hold records that were deleted, links, and files whether used or not', async () => {
		const http = clientOf(sandbox);
		const account = sandbox.insert('Account', { name: 'Berg' });
		const contact = sandbox.insert('Contact', { last_name: 'Aalto' });
		await http.post(`/data/Account/${account}/contacts`, { records: [contact] });
		const upload = () =>
			http.post('/files/upload', 'x', { headers: { 'X-OneCRM-Filename': 'x.txt' } });
		const { data: used } = await upload();
		await upload();
		const { data: note } = await http.post('/data/Note', {
			data: { name: 'x', filename: used.id },
		});
		await http.delete(`/data/Contact/${contact}`);

		const { records, links, files, uploads } = sandbox.contents();
		expect(records.Contact).toMatchObject([{ id: contact, deleted: '1' }]);
		expect(links.accounts_contacts[account]).toEqual([contact]);
		expect(Object.keys(files)).toEqual([note.id]);
		expect(uploads).toEqual(Object.values(files));
	});
});
