import type { INode } from 'n8n-workflow';

import type { ExampleRun } from '../support/example-report.cts';
import type { Execution } from '../support/n8n/execution.cts';
import type { Stage } from '../support/n8n/stage.cts';
import { fire, triggerOf } from './example-trigger.cts';
import type { Example } from './example.cts';
import { nodesOnTheMainRoad } from './main-road.cts';

/** Runs an example by causing the event that its trigger waits for. */
export async function runExample(example: Example, stage: Stage): Promise<ExampleRun> {
	let trigger: INode;
	let execution: Execution;
	try {
		trigger = triggerOf(example);
		execution = await fire(example, trigger, stage);
	} catch (error) {
		return { outputs: [], problems: [error instanceof Error ? error.message : String(error)] };
	}

	const outputs = nodesOnTheMainRoad(example.definition, trigger).map(({ name }) => ({
		node: name,
		items: execution.nodeOutputs[name] ?? [],
	}));
	const silent = outputs.filter(({ node, items }) => !items.length && !execution.nodeErrors[node]);
	const problems = [
		...failuresOf(execution),
		...silent.map(({ node }) => `"${node}" returned no item`),
		...stage.sandbox.webhooks.map(({ url }) => `1CRM still has the webhook ${url}`),
	];
	return { outputs, problems };
}

function failuresOf({ status, error, nodeErrors }: Execution): string[] {
	const failures = Object.entries(nodeErrors).map(
		([node, { message, description }]) =>
			`"${node}" failed: ${[message, description].filter(Boolean).join(' – ')}`,
	);
	if (status === 'success' || failures.length > 0) return failures;
	return [`The execution ended with the status ${status}: ${error?.message ?? 'no reason given'}`];
}
