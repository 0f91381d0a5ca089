import axios from 'axios';
import type { INode } from 'n8n-workflow';

import type { Sandbox } from '../sandbox/sandbox.cts';
import { changeRecord } from '../support/change-record.cts';
import type { Execution } from '../support/n8n/execution.cts';
import { poll } from '../support/n8n/poll.cts';
import { PACKAGE_NAME, type Stage } from '../support/n8n/stage.cts';
import type { Example } from './example.cts';
import { shopOrder } from './shop-order.cts';

/** Makes a trigger start its workflow, and returns the execution once it has finished. */
type Firing = (example: Example, trigger: INode, stage: Stage) => Promise<Execution>;

const ONE_CRM_TRIGGER = `${PACKAGE_NAME}.oneCrmTrigger`;

/** n8n reports a workflow as active shortly before it accepts what is sent to it. */
const READY_LIMIT = 20_000;

const FIRINGS: Record<string, Firing> = {
	[ONE_CRM_TRIGGER]: byChange,
	'n8n-nodes-base.manualTrigger': byHand,
	'n8n-nodes-base.scheduleTrigger': byHand,
	'n8n-nodes-base.formTrigger': byForm,
	'n8n-nodes-base.webhook': byWebhook,
	'@n8n/n8n-nodes-langchain.chatTrigger': byChat,
};

/** The node that starts an example. */
export function triggerOf({ definition }: Example): INode {
	const trigger = definition.nodes.find(({ type }) => type in FIRINGS);
	if (!trigger) throw new Error('The workflow has no trigger that can be fired here');
	return trigger;
}

/** Runs an example by causing the event that its trigger waits for. */
export async function fire(example: Example, trigger: INode, stage: Stage): Promise<Execution> {
	return await FIRINGS[trigger.type](example, trigger, stage);
}

/** As n8n's Execute button does. */
async function byHand({ id }: Example, { name }: INode, { client }: Stage): Promise<Execution> {
	return await client.runWorkflow(id, name);
}

/** Another client changes a record in 1CRM. */
async function byChange(example: Example, trigger: INode, stage: Stage): Promise<Execution> {
	return await whileActive(example, stage, async () => {
		await changeRecord(stage.sandbox, trigger);
	});
}

/** A visitor sends the form. */
async function byForm(example: Example, trigger: INode, stage: Stage): Promise<Execution> {
	return await sendForm(example, stage, formAnswers(trigger, stage.sandbox));
}

/** Sends the form with these answers, by the names of n8n's form page. */
export async function sendForm(
	example: Example,
	stage: Stage,
	answers: Record<string, string | File>,
): Promise<Execution> {
	const form = new FormData();
	for (const [name, answer] of Object.entries(answers)) form.append(name, answer);
	const { webhookId } = triggerOf(example);
	return await sendWhileActive(example, stage, `form/${webhookId}`, form);
}

/** A shop sends an order. */
async function byWebhook(example: Example, _trigger: INode, stage: Stage): Promise<Execution> {
	return await sendToWebhook(example, stage, shopOrder());
}

/** Sends JSON to the Webhook node that starts an example. */
export async function sendToWebhook(
	example: Example,
	stage: Stage,
	body: object,
): Promise<Execution> {
	const { path } = triggerOf(example).parameters;
	return await sendWhileActive(example, stage, `webhook/${String(path)}`, body);
}

async function sendWhileActive(
	example: Example,
	stage: Stage,
	path: string,
	body: object,
): Promise<Execution> {
	return await whileActive(example, stage, async () => {
		await poll(path, READY_LIMIT, async () => {
			const { status } = await axios.post(`${stage.server.url}/${path}`, body, {
				proxy: false,
				validateStatus: () => true,
			});
			return status === 200 ? status : undefined;
		});
	});
}

/**
 * Somebody writes in n8n's chat. Its message is pinned, because n8n only passes it to the editor's own
 * connection.
 */
async function byChat(example: Example, { name }: INode, stage: Stage): Promise<Execution> {
	const { client, sandbox } = stage;
	const [{ last_name: person }] = sandbox.records('Contact');
	const chatInput = `What do we know of "${person}"?`;
	const message = { sessionId: example.id, action: 'sendMessage', chatInput };
	await client.updateWorkflow(example.id, { pinData: { [name]: [{ json: message }] } });
	return await client.runWorkflow(example.id, name);
}

/** Lets something happen while an example is published, and returns the execution that this started. */
export async function whileActive(
	{ id }: Pick<Example, 'id'>,
	{ client }: Stage,
	act: () => Promise<void>,
): Promise<Execution> {
	const before = (await client.executions(id)).length;
	await client.activate(id);
	try {
		await act();
		return await client.waitForExecution(id, before + 1);
	} finally {
		await client.deactivate(id);
	}
}

/** What a visitor enters, by the names of n8n's form page. */
function formAnswers({ parameters }: INode, sandbox: Sandbox): Record<string, string | File> {
	const { values } = parameters.formFields as {
		values: Array<{ fieldLabel: string; fieldType: string }>;
	};
	return Object.fromEntries(
		values.map((field, index) => [`field-${index}`, formAnswer(field, sandbox)]),
	);
}

function formAnswer(
	{ fieldLabel, fieldType }: { fieldLabel: string; fieldType: string },
	sandbox: Sandbox,
): string | File {
	if (fieldType === 'email') return 'visitor@company.example';
	if (fieldType !== 'file') return `${fieldLabel} of a visitor`;
	if (fieldLabel === 'Contacts') return contactsFile(sandbox);
	const open = sandbox.records('Invoice').find(({ amount_due: due }) => Number(due) > 1);
	return paymentsFile([[open?.invoice_number, '1.00', '2026-07-14', 'TX-1']]);
}

/** A CSV file of contacts: one that is there, and one that isn't. */
function contactsFile(sandbox: Sandbox): File {
	const { first_name, email1 } = sandbox.records('Contact').find((row) => row.email1)!;
	const rows = [
		['first_name', 'last_name', 'email', 'phone'],
		[first_name, 'Renamed', email1, '+43 1 234'],
		['Ines', 'Imported', 'ines@imported.example', '+43 1 235'],
	];
	const text = rows.map((row) => row.join(',')).join('\n');
	return new File([text], 'contacts.csv', { type: 'text/csv' });
}

/** A CSV file of payments: number of the invoice, amount, date and reference of each. */
export function paymentsFile(payments: unknown[][]): File {
	const rows = [['invoice_number', 'amount', 'date', 'reference'], ...payments];
	const text = rows.map((row) => row.join(',')).join('\n');
	return new File([text], 'payments.csv', { type: 'text/csv' });
}
