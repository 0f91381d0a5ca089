import { UserError } from 'n8n-workflow';
import { erasePersonalData } from '../../../../../nodes/OneCrm/crm/personalData';
import { clientWith } from './scripted-client.cts';

const LEAD = {
	fields: {
		last_name: { personal_info: true },
		email1: { personal_info: 1 },
		status: {},
	},
};
const KEY = { module: 'Lead', id: '7' };
const serverWithLead = () =>
	clientWith(({ path }) => (path === 'meta/fields/Lead' ? LEAD : { result: true }));
const dataOf = ({ sent }: ReturnType<typeof clientWith>) =>
	sent.filter(({ path }) => path.startsWith('data/'));

it('personal data is erased by the names of its fields, in one request', async () => {
	const server = serverWithLead();
	await erasePersonalData(server.crm, KEY, ['last_name', 'email1']);
	expect(dataOf(server)).toEqual([
		{
			method: 'PATCH',
			path: 'data/erase_personal/Lead/7',
			subject: 'Lead "7"',
			body: { data: { fields: 'last_name,email1' } },
		},
	]);
});

it('nothing is erased if no field is chosen', async () => {
	const server = serverWithLead();
	await expect(erasePersonalData(server.crm, KEY, [])).rejects.toThrow(UserError);
	await expect(erasePersonalData(server.crm, KEY, [])).rejects.toThrow(
		"'Fields to Erase' is empty. Choose at least one",
	);
	expect(server.sent).toEqual([]);
});

it('nothing is erased if one of the fields is not about a person, or unknown', async () => {
	const server = serverWithLead();
	const erasing = erasePersonalData(server.crm, KEY, ['email1', 'status', 'unknown']);
	await expect(erasing).rejects.toThrow(UserError);
	await expect(erasing).rejects.toThrow(
		`Lead has no personal data in "status", "unknown". Choose from the list of 'Fields to Erase'`,
	);
	expect(dataOf(server)).toEqual([]);
});
