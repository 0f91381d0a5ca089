import { changeRecord } from '../support/change-record.cts';
import { recordsClient } from '../support/client.cts';
import type { ExampleRun } from '../support/example-report.cts';
import { INSTALLATION_LIMIT } from '../support/n8n/installation.cts';
import type { Stage } from '../support/n8n/stage.cts';
import { runExample } from './example-run.cts';
import { fire, triggerOf, whileActive } from './example-trigger.cts';
import type { Example } from './example.cts';
import { type ExampleStage, itInVersion2, startExampleStage } from './example-stage.cts';
import type { Services } from './services/services.cts';

let started: ExampleStage;
let stage: Stage;
let services: Services;

beforeAll(async () => {
	started = await startExampleStage();
	({ stage, services } = started);
}, INSTALLATION_LIMIT);

afterAll(async () => {
	await started?.stop();
});

const example = (name: string): Example => started.example(name);

function itemsOf({ outputs }: ExampleRun, node: string) {
	return outputs.find((output) => output.node === node)?.items ?? [];
}

/** Lets the example process a new lead, and returns the last records it created. */
async function convertLead(lead: object) {
	const { sandbox } = stage;
	const conversion = example('new lead to contact and account');
	const { status } = await whileActive(conversion, stage, async () => {
		await changeRecord(sandbox, triggerOf(conversion), lead);
	});
	const account = sandbox.records('Account').at(-1)!;
	return { status, account, contact: sandbox.records('Contact').at(-1)! };
}

describe('the example', () => {
	it('of records deletes the contact that it made, and no other', async () => {
		const { sandbox } = stage;
		const other = sandbox.insert('Contact', { first_name: 'Other', last_name: 'Example' });
		const run = await runExample(example('work with records'), stage);
		expect(run.problems).toEqual([]);
		expect(itemsOf(run, 'Search contacts named Example')).toHaveLength(2);
		const [{ json }] = itemsOf(run, 'Create a contact');
		const left = sandbox.records('Contact').map(({ id }) => id);
		expect(left).toContain(other);
		expect(left).not.toContain(json.id);
	});

	it('of a new lead makes a contact and an account that are linked', async () => {
		const { sandbox } = stage;
		const run = await runExample(example('new lead to contact and account'), stage);
		expect(run.problems).toEqual([]);
		const account = sandbox.records('Account').at(-1)!;
		expect(account).toMatchObject({ name: 'Company', website: 'https://www.company.example' });
		const contact = sandbox.records('Contact').at(-1)!;
		expect(contact).toMatchObject({
			last_name: 'Client',
			email1: 'another.client@company.example',
		});
		expect([...sandbox.linked('Account', account.id, 'contacts').keys()]).toEqual([contact.id]);
		expect(sandbox.records('Lead').at(-1)).toMatchObject({ status: 'Converted' });
	});

	it.each([
		['anna@acme.co.uk', 'Acme'],
		['anna@sales.bolt.com.au', 'Bolt'],
		['anna@office.cargo.example', 'Cargo'],
	])('of a new lead takes from %s the company %s', async (email1, name) => {
		const { status, account } = await convertLead({ last_name: 'Client', email1 });
		expect(status).toBe('success');
		expect(account).toMatchObject({ name, website: `https://www.${email1.split('@')[1]}` });
	});

	it('of a new lead leaves the account that is there as it is', async () => {
		const { sandbox } = stage;
		const known = { name: 'Delta', website: 'https://delta.example/en' };
		const id = sandbox.insert('Account', known);
		const lead = { last_name: 'Client', email1: 'client@mail.delta.example' };
		const { status, account, contact } = await convertLead(lead);
		expect(status).toBe('success');
		expect(account).toMatchObject({ ...known, id });
		expect([...sandbox.linked('Account', id, 'contacts').keys()]).toEqual([contact.id]);
	});

	it.each(['somebody@gmail.com', 'somebody@yahoo.co.uk'])(
		'of a new lead leaves one with the private address %s to a person',
		async (email1) => {
			const { sandbox } = stage;
			const accounts = sandbox.records('Account').length;
			const lead = { last_name: 'Private', email1 };
			const { status } = await convertLead(lead);
			expect(status).toBe('success');
			expect(sandbox.records('Lead').at(-1)).toMatchObject({ ...lead, status: 'Assigned' });
			expect(sandbox.records('Account')).toHaveLength(accounts);
		},
	);

	itInVersion2(
		'of the nightly sync copies all accounts first, and then what has changed',
		async () => {
			const { sandbox } = stage;
			const sync = example('nightly sync to a table');
			const first = await runExample(sync, stage);
			expect(first.problems).toEqual([]);
			const rows = itemsOf(first, 'Update or insert the rows').map(({ json }) => json);
			const ids = sandbox.records('Account').map(({ id }) => id);
			expect(rows.map(({ record_id }) => record_id).sort()).toEqual(ids.sort());

			const [changed] = sandbox.records('Account');
			await recordsClient(sandbox, 'Account').patch(`/${changed.id}`, {
				data: { name: 'Renamed' },
			});
			const second = itemsOf(await runExample(sync, stage), 'Update or insert the rows');
			expect(second.length).toBeLessThan(5);
			const [{ id: rowId }] = rows.filter(({ record_id }) => record_id === changed.id);
			expect(second.at(-1)!.json).toMatchObject({
				id: rowId,
				record_id: changed.id,
				name: 'Renamed',
			});
		},
	);

	itInVersion2('of the nightly sync makes up for a run that broke off', async () => {
		const { sandbox, client } = stage;
		const sync = example('nightly sync to a table');
		await runExample(sync, stage);
		const names = ['Changed first', 'Breaks', 'Changed last'];
		const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
		const ids = names.map((name, index) => {
			const date_modified = inMinutes(index + 1)
				.slice(0, 19)
				.replace('T', ' ');
			return sandbox.insert('Account', { name, date_modified });
		});

		const { nodes } = await client.workflow(sync.id);
		const breaking = structuredClone(nodes);
		const writing = breaking.find(({ name }) => name === 'Update or insert the rows')!;
		const { value } = writing.parameters.columns as { value: Record<string, string> };
		// A data table doesn't accept objects.
		value.name = "={{ $json.name === 'Breaks' ? { no: 'text' } : $json.name }}";
		await client.updateWorkflow(sync.id, { nodes: breaking });
		const broken = await runExample(sync, stage);
		expect(broken.problems.join()).toContain('"Update or insert the rows" failed');

		await client.updateWorkflow(sync.id, { nodes });
		const next = await runExample(sync, stage);
		expect(next.problems).toEqual([]);
		const rows = itemsOf(next, 'Update or insert the rows').map(({ json }) => json.record_id);
		expect(rows).toEqual(ids);
	});

	itInVersion2('of the mirror deletes the rows of accounts that are gone', async () => {
		const { sandbox } = stage;
		const mirror = example('mirror with deletions');
		const first = await runExample(mirror, stage);
		expect(first.problems).toEqual([]);
		const rows = itemsOf(first, 'Update or insert the rows').map(({ json }) => json.record_id);
		expect(rows.sort()).toEqual(
			sandbox
				.records('Account')
				.map(({ id }) => id)
				.sort(),
		);

		const gone = sandbox.insert('Account', { name: 'Gone' });
		const kept = sandbox.insert('Account', { name: 'Kept' });
		await runExample(mirror, stage);
		sandbox.delete('Account', gone);
		sandbox.update('Account', kept, { name: 'Kept and renamed' });
		const { nodeOutputs } = await fire(mirror, triggerOf(mirror), stage);
		const deleted = (nodeOutputs['Delete the rows'] ?? []).map(({ json }) => json.record_id);
		expect(deleted).toEqual([gone]);
		const written = (nodeOutputs['Update or insert the rows'] ?? []).map(({ json }) => json);
		expect(written).toMatchObject([{ record_id: kept, name: 'Kept and renamed' }]);
	});

	it('of the schedule gets the newest changes', async () => {
		const { sandbox } = stage;
		sandbox.insert('Lead', { first_name: 'Newest', last_name: 'Lead' });
		const run = await runExample(example('where 1CRM cannot reach n8n'), stage);
		expect(run.problems).toEqual([]);
		const said = itemsOf(run, 'Say what happened').map(({ json }) => json.text);
		expect(said.length).toBeLessThanOrEqual(10);
		expect(said).toContain('The lead Newest Lead was created');
	});

	it('of the import writes each contact once, however often the file is sent', async () => {
		const { sandbox } = stage;
		const before = sandbox.records('Contact').length;
		for (const _ of [1, 2]) {
			const run = await runExample(example('import contacts from a CSV file'), stage);
			expect(run.problems).toEqual([]);
		}
		expect(sandbox.records('Contact')).toHaveLength(before + 1);
		expect(sandbox.records('Contact').at(-1)).toMatchObject({ last_name: 'Imported' });
	});

	it('of the report sends a table of the stages', async () => {
		const run = await runExample(example('weekly pipeline report'), stage);
		expect(run.problems).toEqual([]);
		const mail = services.mail.mails.at(-1)!;
		expect(mail.subject).toMatch(/^Pipeline on \d{4}-/);
		expect(mail.html).toMatch(/<table[^]*<td[^]*Qualification/);
	});

	it('of the won deal sends a mail when the stage changes', async () => {
		const run = await runExample(example('tell when a deal is won'), stage);
		expect(run.problems).toEqual([]);
		const deal = stage.sandbox.records('Opportunity').at(-1)!;
		const mail = services.mail.mails.at(-1)!;
		expect(mail.subject).toBe(`Won: ${deal.name}`);
		expect(mail.text).toContain('has been won');
	});

	itInVersion2('of the invoice sends its PDF to the billing contact', async () => {
		const { sandbox } = stage;
		const run = await runExample(example('invoice PDF by e-mail'), stage);
		expect(run.problems).toEqual([]);
		const invoice = sandbox.records('Invoice').at(-1)!;
		const contact = sandbox.record('Contact', String(invoice.billing_contact_id))!;
		const mail = services.mail.mails.at(-1)!;
		expect(mail.to).toMatchObject([{ address: contact.email1 }]);
		expect(mail.subject).toBe(`Invoice ${invoice.invoice_number}: ${invoice.name}`);
		expect(mail.attachments).toHaveLength(1);
		const [{ filename, mimeType, content }] = mail.attachments;
		expect([filename, mimeType]).toEqual([
			`Invoice ${invoice.invoice_number}.pdf`,
			'application/pdf',
		]);
		expect(Buffer.from(content as ArrayBuffer).toString('latin1')).toMatch(/^%PDF-/);
	});

	itInVersion2('of the invoice sends one mail where 1CRM reports it twice', async () => {
		const { sandbox, client } = stage;
		const mailing = example('invoice PDF by e-mail');
		const mails = services.mail.mails.length;
		const executions = (await client.executions(mailing.id)).length;
		sandbox.variants.webhooks.repeats = 1;
		try {
			await whileActive(mailing, stage, async () => {
				await changeRecord(sandbox, triggerOf(mailing));
				await sandbox.settle();
			});
		} finally {
			sandbox.variants.webhooks.repeats = 0;
		}
		expect(await client.executions(mailing.id)).toHaveLength(executions + 1);
		expect(services.mail.mails).toHaveLength(mails + 1);
	});

	it('of the invoice gives somebody a task where it cannot be sent', async () => {
		const { sandbox } = stage;
		const mailing = example('invoice PDF by e-mail');
		const mails = services.mail.mails.length;
		const [account] = sandbox.records('Account');
		const silent = sandbox.insert('Contact', { last_name: 'Silent' });
		const hidden = sandbox.insert('Contact', { last_name: 'Hidden', email1: 'h@company.example' });
		const message = 'This contact is not shown to you';
		const target = { method: 'GET', path: new RegExp(`data/Contact/${hidden}`) };
		sandbox.failNext({ kind: 'status', status: 403, message }, target);
		for (const [billing_contact_id, reason] of [
			['', 'The invoice has no billing contact.'],
			[silent, 'The billing contact has no e-mail address.'],
			[hidden, expect.stringContaining(message)],
		]) {
			const values = { name: 'Unsent', billing_account_id: account.id, billing_contact_id };
			const { status } = await whileActive(mailing, stage, async () => {
				await changeRecord(sandbox, triggerOf(mailing), values);
			});
			expect(status).toBe('success');
			const invoice = sandbox.records('Invoice').at(-1)!;
			expect(sandbox.records('Task').at(-1)).toMatchObject({
				name: `Invoice ${invoice.invoice_number} could not be sent`,
				parent_id: invoice.id,
				description: reason,
			});
		}
		expect(services.mail.mails).toHaveLength(mails);
	});

	it('of the web form makes a contact once with its name, and leaves several to a person', async () => {
		const { sandbox } = stage;
		const form = example('web form to contact, without duplicates');
		expect((await runExample(form, stage)).problems).toEqual([]);
		const [contact] = sandbox
			.records('Contact')
			.filter(({ email1 }) => email1 === 'visitor@company.example');
		expect(sandbox.records('Note').at(-1)).toMatchObject({
			parent_id: contact.id,
			description: 'First name of a visitor Last name of a visitor wrote:\n\nMessage of a visitor',
		});

		const known = { first_name: 'Known', last_name: 'Customer' };
		await recordsClient(sandbox, 'Contact').patch(`/${contact.id}`, { data: known });
		expect((await runExample(form, stage)).problems).toEqual([]);
		expect(sandbox.record('Contact', contact.id)).toMatchObject(known);
		expect(sandbox.records('Note').at(-1)).toMatchObject({ parent_id: contact.id });

		sandbox.insert('Contact', { last_name: 'Double', email1: contact.email1 });
		const notes = sandbox.records('Note').length;
		const { problems } = await runExample(form, stage);
		expect(problems).toEqual(['"Note the message" returned no item']);
		expect(sandbox.records('Note')).toHaveLength(notes);
		const { description } = sandbox.records('Task').at(-1)!;
		expect(description).toMatch(/More than one Contact matches .*"Double"/);
		expect(description).toContain('Message of a visitor');
	});

	it('of the case escalates it once', async () => {
		const { sandbox } = stage;
		const escalation = example('escalate cases');
		expect((await runExample(escalation, stage)).problems).toEqual([]);
		const found = sandbox.records('aCase').at(-1)!;
		expect(found.status).toBe('Active - Assigned');
		const about = (model: string) =>
			sandbox.records(model).filter(({ parent_id }) => parent_id === found.id);
		expect(about('Task')).toMatchObject([{ name: `Case ${found.case_number}: escalation` }]);
		const [{ name, description }] = about('Note');
		expect([name, description]).toEqual([
			'Escalated',
			expect.stringMatching(/^Priority P0: answer by \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\.$/),
		]);

		const again = await whileActive(escalation, stage, async () => {
			await recordsClient(sandbox, 'aCase').patch(`/${found.id}`, { data: { name: 'Again' } });
		});
		expect(again.status).toBe('success');
		expect(again.nodeOutputs['Find its escalation']).toMatchObject([
			{ json: { id: about('Task')[0].id } },
		]);
		expect(about('Task')).toHaveLength(1);
	});

	it('of the audit log makes a CSV file of all logged changes of opportunities', async () => {
		const { sandbox } = stage;
		const [{ id }] = sandbox.records('Opportunity');
		await recordsClient(sandbox, 'Opportunity').patch(`/${id}`, { data: { amount: '4711' } });
		const run = await runExample(example('audit log for process mining'), stage);
		expect(run.problems).toEqual([]);
		const events = itemsOf(run, 'Put the earliest first').map(({ json }) => json);
		expect(Object.keys(events[0]).slice(0, 4)).toEqual(['caseId', 'activity', 'time', 'actor']);
		const activities = events.map(({ activity }) => activity);
		expect(activities).toContain('Set sales_stage to Closed Won');
		expect(activities).toContain('Change amount');
		const places = events.map(({ caseId, time }) => `${caseId} ${time}`);
		expect(places).toEqual([...places].sort());
		const [{ binary }] = itemsOf(run, 'Make a CSV file');
		expect(binary?.data).toMatchObject({ fileName: 'event-log.csv', mimeType: 'text/csv' });
	});

	it('of the calendar lists this month, and no other', async () => {
		const { sandbox } = stage;
		const inDays = (days: number) =>
			new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 19).replace('T', ' ');
		for (const days of [-45, 0, 45]) {
			sandbox.insert('Call', { name: `Call in ${days} days`, date_start: inDays(days) });
		}
		const run = await runExample(example('calendar of the month'), stage);
		expect(run.problems).toEqual([]);
		const names = itemsOf(run, 'Get calls and meetings').map(({ json }) => String(json.name));
		expect(names.filter((name) => name.startsWith('Call in'))).toEqual(['Call in 0 days']);
	});

	it('of my tasks lists all that are not started, those due first at the top', async () => {
		const { sandbox } = stage;
		for (const day of [26, 28, 24, 27, 25, 23]) {
			sandbox.insert('Task', { name: 'Of mine', date_due: `2026-07-${day} 15:00:00` });
		}
		const run = await runExample(example('my open tasks'), stage);
		expect(run.problems).toEqual([]);
		const listed = itemsOf(run, 'Search my tasks').map(({ json }) => json);
		const mine = sandbox
			.records('Task')
			.filter(
				({ assigned_user_id, status }) => assigned_user_id === '1' && status === 'Not Started',
			);
		expect(mine.length).toBeGreaterThan(5);
		expect(listed.map(({ id }) => id).sort()).toEqual(mine.map(({ id }) => id).sort());
		const due = listed.map(({ date_due }) => String(date_due ?? ''));
		expect(due).toEqual([...due].sort());
	});

	it('of new leads finds the calls that are not started', async () => {
		const { sandbox } = stage;
		const done = { name: 'Call Another Client', status: 'Completed' };
		const id = sandbox.insert('Task', done);
		const run = await runExample(example('call new leads'), stage);
		expect(run.problems).toEqual([]);
		const found = itemsOf(run, 'Find the open calls of that name').map(({ json }) => json);
		expect(found.map(({ status }) => status)).toEqual(['Not Started']);
		expect(found[0].id).not.toBe(id);
	});

	it('of a call shows it first among the activities of the company', async () => {
		const { sandbox } = stage;
		const run = await runExample(example('log a call'), stage);
		expect(run.problems).toEqual([]);
		const call = sandbox.records('Call').at(-1)!;
		const [{ json: company }] = itemsOf(run, 'Find a company');
		expect(call).toMatchObject({ status: 'Held', duration: '15', parent_id: company.id });
		const listed = itemsOf(run, 'Get its last activities').map(({ json }) => json.id);
		expect(listed).toContain(call.id);
	});

	it('of erasing leaves nothing of what it erased, in the audit log either', async () => {
		const { sandbox } = stage;
		const run = await runExample(example('erase personal data'), stage);
		expect(run.problems).toEqual([]);
		const [{ json: left }] = itemsOf(run, 'See what is left');
		expect(left).toMatchObject({ name: 'Ilse Erased', email1: null, phone_mobile: null });
		const log = await recordsClient(sandbox, 'Contact').get(`../../audit/Contact/${left.id}`);
		expect(JSON.stringify(log.data)).not.toContain('ilse@example.com');
	});

	it('of names writes the IDs of the company and the user', async () => {
		const { sandbox } = stage;
		const run = await runExample(example('references by name'), stage);
		expect(run.problems).toEqual([]);
		const [{ json: company }] = itemsOf(run, 'Find a company');
		expect(sandbox.records('Contact').at(-1)).toMatchObject({
			primary_account_id: company.id,
			assigned_user_id: '1',
		});
	});

	it('of the API client logs in without a password', async () => {
		const { sandbox, client } = stage;
		const { clientId, clientSecret, url: domain } = sandbox;
		const { name, id } = await client.createCredential({
			name: 'Of the API client',
			type: 'oneCrmApi',
			data: { domain, authentication: 'clientCredentials', clientId, clientSecret },
		});
		const logIn = example('log in as an API client');
		const nodes = logIn.definition.nodes.map((node) =>
			node.credentials ? { ...node, credentials: { oneCrmApi: { id, name } } } : node,
		);
		await client.updateWorkflow(logIn.id, { nodes });
		sandbox.clearRequests();
		const run = await runExample(logIn, stage);
		expect(run.problems).toEqual([]);
		expect(itemsOf(run, 'Ask who is logged in')).toMatchObject([{ json: { recordId: '1' } }]);
		expect(sandbox.requests[0].body).toMatchObject({ grant_type: 'client_credentials' });
	});

	it('of the AI agent answers with what its tools found in 1CRM', async () => {
		const [contact] = stage.sandbox.records('Contact');
		const run = await runExample(example('ask an AI agent'), stage);
		expect(run.problems).toEqual([]);
		const [{ json }] = itemsOf(run, 'Answer from 1CRM');
		expect(json.output).toContain(contact.email1);
		expect(json.output).toContain(contact.title);
	});
});
