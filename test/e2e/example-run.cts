import type { INode, INodeExecutionData } from 'n8n-workflow';

import type { Example } from './example.cts';
import type { Execution } from './n8n/execution.cts';
import { changeRecord } from './other-client.cts';
import { PACKAGE_NAME, type Stage } from './stage.cts';

/** What an example did when it ran, and what is wrong with that. */
export interface ExampleRun {
	/** The items of each node that is to give some. */
	outputs: Array<{ node: string; items: INodeExecutionData[] }>;
	problems: string[];
}

const ONE_CRM_TRIGGER = `${PACKAGE_NAME}.oneCrmTrigger`;
const MANUAL_TRIGGER = 'n8n-nodes-base.manualTrigger';
const STICKY_NOTE = 'n8n-nodes-base.stickyNote';

/** Runs an example: with the 1CRM Trigger by a change in 1CRM, else as n8n's Execute button does. */
export async function runExample(example: Example, stage: Stage): Promise<ExampleRun> {
	const { nodes } = example.definition;
	const trigger =
		nodes.find(({ type }) => type === ONE_CRM_TRIGGER) ??
		nodes.find(({ type }) => type === MANUAL_TRIGGER);
	if (!trigger) return failedRun('The workflow has neither a 1CRM Trigger nor a Manual Trigger');

	let execution: Execution;
	try {
		execution =
			trigger.type === ONE_CRM_TRIGGER
				? await runByChange(example, trigger, stage)
				: await stage.client.runWorkflow(example.id, trigger.name);
	} catch (error) {
		return failedRun(error instanceof Error ? error.message : String(error));
	}

	const outputs = nodes
		.filter((node) => isToGiveItems(node, trigger))
		.map(({ name }) => ({ node: name, items: execution.nodeOutputs[name] ?? [] }));
	const silent = outputs.filter(({ node, items }) => !items.length && !execution.nodeErrors[node]);
	const problems = [
		...failuresOf(execution),
		...silent.map(({ node }) => `"${node}" gave no item`),
		...stage.sandbox.webhooks.map(({ url }) => `1CRM still has the webhook ${url}`),
	];
	return { outputs, problems };
}

function failedRun(problem: string): ExampleRun {
	return { outputs: [], problems: [problem] };
}

async function runByChange(
	{ id }: Example,
	trigger: INode,
	{ client, sandbox }: Stage,
): Promise<Execution> {
	await client.activate(id);
	try {
		await changeRecord(sandbox, trigger);
		return await client.waitForExecution(id);
	} finally {
		await client.deactivate(id);
	}
}

function isToGiveItems(node: INode, trigger: INode): boolean {
	if (node === trigger) return true;
	return !node.disabled && ![STICKY_NOTE, ONE_CRM_TRIGGER, MANUAL_TRIGGER].includes(node.type);
}

function failuresOf({ status, error, nodeErrors }: Execution): string[] {
	const failures = Object.entries(nodeErrors).map(
		([node, { message, description }]) =>
			`"${node}" failed: ${[message, description].filter(Boolean).join(' – ')}`,
	);
	if (status === 'success' || failures.length > 0) return failures;
	return [`The execution ended with the status ${status}: ${error?.message ?? 'no reason given'}`];
}
