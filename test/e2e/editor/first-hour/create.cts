import type { StoryTeller } from '../story.cts';

/** A record with a widget for each kind of field. */
export function create(tell: StoryTeller): void {
	tell('create: a contact with a date, a drop-down and a switch', async (editor, { sandbox }) => {
		const { nodeDetails } = editor;
		const { fields } = nodeDetails;
		await editor.addFirstAction('Create a record');
		expect(await nodeDetails.redMarks()).toEqual([]);
		await nodeDetails.locator('module').chooseFromList('Contacts (Contact)');
		await fields.type('last_name', 'Sample');
		for (const label of ['First Name', 'Lead Source', 'Birthdate', 'Do Not Call']) {
			await fields.addField(label);
		}
		await fields.type('first_name', 'Mia');
		await fields.switchOn('do_not_call');
		await fields.chooseDay('birthdate', 14);
		expect(await fields.openDropDown('lead_source')).toContain('Trade Show');
		await editor.takePicture('fields');
		await fields.chooseInDropDown('Trade Show');

		await nodeDetails.execute();
		const [created] = await nodeDetails.output.table(1);
		expect(sandbox.record('Contact', created.id)).toMatchObject({
			first_name: 'Mia',
			last_name: 'Sample',
			lead_source: 'Trade Show',
			do_not_call: '1',
			birthdate: expect.stringMatching(/^\d{4}-\d{2}-14$/),
		});
	});
}
