import type { StoryTeller } from '../story.cts';

/** The mapper, with a widget for each kind of field. */
export function fields(tell: StoryTeller): void {
	tell('the module is found by a search in the list', async (editor) => {
		await editor.addFirstAction('Create a record');
		const module = editor.nodeDetails.locator('module');
		const modules = await module.openList();
		expect(modules).toEqual(expect.arrayContaining(['Accounts (Account)', 'Cases (aCase)']));
		await editor.takePicture('modules');

		expect(await module.search('opport', 'Opportunities')).toEqual(['Opportunities (Opportunity)']);
		await module.choose('Opportunities');
		await editor.nodeDetails.fields.field('amount').waitFor();
	});

	tell('each kind of field is written with its own widget', async (editor, { sandbox }) => {
		const { fields: mapper } = editor.nodeDetails;
		await editor.addFirstAction('Create a record');
		await editor.nodeDetails.locator('module').chooseFromList('Contacts (Contact)');
		await mapper.type('last_name', 'Sample');
		for (const label of ['First Name', 'Lead Source', 'Birthdate', 'Do Not Call']) {
			await mapper.addField(label);
		}
		await mapper.type('first_name', 'Mia');
		await mapper.switchOn('do_not_call');
		await mapper.chooseDay('birthdate', 14);
		expect(await mapper.openDropDown('lead_source')).toContain('Trade Show');
		await editor.takePicture('fields');
		await mapper.chooseInDropDown('Trade Show');

		await editor.nodeDetails.execute();
		const [created] = await editor.nodeDetails.output.table(1);
		expect(sandbox.record('Contact', created.id)).toMatchObject({
			first_name: 'Mia',
			last_name: 'Sample',
			lead_source: 'Trade Show',
			do_not_call: '1',
			birthdate: expect.stringMatching(/^\d{4}-\d{2}-14$/),
		});
	});
}
