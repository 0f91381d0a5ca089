import type { Sandbox } from '../../../sandbox/sandbox.cts';
import type { StoryTeller } from '../story.cts';

/** A search with filters that are chosen from lists. */
export function search(tell: StoryTeller): void {
	tell('search: filter, operator and value are chosen from lists', async (editor, stage) => {
		const { nodeDetails } = editor;
		const expected = idsOf(stage.sandbox, 'Conference');
		await editor.addFirstAction('Search records');
		await nodeDetails.locator('module').chooseFromList('Contacts (Contact)');
		await nodeDetails.addFilter();
		expect(await nodeDetails.openDropDown('filter')).toContain('Lead Source (lead_source)');
		expect(await nodeDetails.redMarks()).toEqual([]);
		await nodeDetails.choose('Lead Source (lead_source)');
		expect(await nodeDetails.openDropDown('operator')).toEqual(
			expect.arrayContaining(['Equals', "Doesn't Equal", 'Is Any Of', 'Is Empty']),
		);
		await nodeDetails.choose('Equals');

		const value = nodeDetails.locator('value');
		await value.setMode('From list');
		expect(await value.openList()).toContain('Conference');
		await editor.takePicture('filter-values');
		await value.choose('Conference');

		await nodeDetails.execute();
		const found = await nodeDetails.output.table(expected.length);
		expect(found.map(({ id }) => id).sort()).toEqual(expected);
		await editor.takePicture('search-records');
	});

	tell('search: a date lies in a period', async (editor, { sandbox }) => {
		const { nodeDetails } = editor;
		sandbox.insert('Contact', { last_name: 'Early', customer_since: dayOfLastYear() });
		await editor.addFirstAction('Search records');
		await nodeDetails.locator('module').chooseFromList('Contacts (Contact)');
		await nodeDetails.addFilter();
		await nodeDetails.openDropDown('filter');
		await nodeDetails.choose('Customer Since (customer_since)');
		const operators = await nodeDetails.openDropDown('operator');
		expect(operators).toEqual(expect.arrayContaining(['Is On', 'Is Between (Dates)']));
		expect(operators).not.toContain('Equals');
		await nodeDetails.choose('Is in the Previous');
		await nodeDetails.openDropDown('period');
		await nodeDetails.choose('Year');
		expect(await nodeDetails.redMarks()).toEqual([]);
		await nodeDetails.execute();
		await nodeDetails.output.cell('Early').waitFor();
		await editor.takePicture('search-period');
	});
}

function idsOf(sandbox: Sandbox, source: string): string[] {
	const contacts = sandbox.records('Contact').filter(({ lead_source }) => lead_source === source);
	return contacts.map(({ id }) => String(id)).sort();
}

function dayOfLastYear(): string {
	return `${new Date().getFullYear() - 1}-06-15`;
}
