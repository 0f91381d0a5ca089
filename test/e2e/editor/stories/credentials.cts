import type { StoryTeller } from '../story.cts';

export function credentials(tell: StoryTeller): void {
	tell('its test says what is wrong, and when all is well', async (editor, { sandbox }) => {
		const { credentialDialog, nodeDetails } = editor;
		const { url: domain, username, password } = sandbox;
		await editor.addFirstAction('Get my user');
		await nodeDetails.createCredential();

		await credentialDialog.fill({ domain, username, password: 'wrong' });
		await credentialDialog.save();
		const failure = await credentialDialog.failure();
		expect(failure).toContain('1CRM did not accept the login');
		expect(failure).toContain("Check 'User Name' and 'Password'");
		await editor.takePicture('credential-refused');

		// n8n closes the dialog of a new credential as soon as its test succeeds.
		await credentialDialog.fill({ password });
		await credentialDialog.save();
		await credentialDialog.whenClosed();
		expect(await nodeDetails.chosenCredential().inputValue()).toBe('1CRM account');

		await nodeDetails.editCredential();
		await credentialDialog.whenTested();
		await editor.takePicture('credential-accepted');
		await credentialDialog.close();
		await nodeDetails.execute();
		const [user] = await nodeDetails.output.table(1);
		expect(user).toMatchObject({ id: 'Users:1', recordId: '1' });
	});
}
