import type { Stage } from '../../../support/n8n/stage.cts';
import type { Editor } from '../editor.cts';
import type { StoryTeller } from '../story.cts';

/** What n8n calls a new credential of this type. */
const NAME = '1CRM account';

/** The dialog of the credential, and its test. */
export function credential(tell: StoryTeller): void {
	tell('credential: its test says what is wrong, and when all is well', async (editor, stage) => {
		expect(await stage.client.workflows()).toEqual([]);
		try {
			await enterCredential(editor, stage);
		} finally {
			// The nodes of the next chapters would choose it.
			await removeCredential(stage);
		}
	});
}

async function enterCredential(editor: Editor, { sandbox }: Stage): Promise<void> {
	const { credentialDialog, nodeDetails } = editor;
	const { url: domain, username, password } = sandbox;
	await editor.addFirstAction('Get my user');
	await nodeDetails.createCredential();

	await credentialDialog.fill({ domain, username, password: 'wrong' });
	await credentialDialog.save();
	const failure = await credentialDialog.failure();
	expect(failure).toContain("1CRM didn't accept the login");
	expect(failure).toContain("Check 'User Name' and 'Password'");
	await editor.takePicture('credential-refused');

	// n8n closes the dialog of a new credential as soon as its test succeeds.
	await credentialDialog.fill({ password });
	await credentialDialog.save();
	await credentialDialog.whenClosed();
	expect(await nodeDetails.chosenCredential().inputValue()).toBe(NAME);

	await nodeDetails.editCredential();
	await credentialDialog.whenTested();
	await editor.takePicture('credential-accepted');
	await credentialDialog.close();

	await nodeDetails.execute();
	const [user] = await nodeDetails.output.table(1);
	expect(user).toMatchObject({ id: 'Users:1', recordId: '1' });
}

async function removeCredential({ client }: Stage): Promise<void> {
	for (const { id, name } of await client.credentials()) {
		if (name === NAME) await client.deleteCredential(id);
	}
}
