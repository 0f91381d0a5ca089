import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INode, INodeExecutionData } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../sandbox/sandbox.cts';
import { changeRecord } from '../support/change-record.cts';
import { isInEngine, TRIGGER_NODE } from '../support/engine/built-package.cts';
import { Engine, sandboxCredential } from '../support/engine/engine.cts';
import { describeRun, type ExampleRun } from '../support/example-report.cts';
import { STICKY_NOTE, type WorkflowDefinition } from '../support/n8n/definitions.cts';
import { EngineTrigger } from './engine-trigger.cts';

const EXAMPLES = join(__dirname, '..', '..', 'examples');

/**
 * Runs the example workflows in n8n's engine against a sandbox and prints the output of each node. It skips
 * examples with nodes that the engine doesn't have: `npm start -- --once` runs those.
 */
async function main(): Promise<void> {
	const sandbox = await startSandbox();
	try {
		const engine = await Engine.start(sandboxCredential(sandbox));
		const files = (await readdir(EXAMPLES)).filter((file) => file.endsWith('.json')).sort();
		for (const file of files) {
			const workflow = await readExample(join(EXAMPLES, file));
			if (!workflow.nodes.every(({ type }) => isInEngine(type))) {
				console.log(`– ${workflow.name}: needs a real n8n, run npm start -- --once`);
				continue;
			}
			const run = await runExample(engine, sandbox, workflow);
			console.log(describeRun(workflow.name, run).join('\n'));
			if (run.problems.length > 0) process.exitCode = 1;
		}
	} finally {
		await sandbox.stop();
	}
}

async function readExample(file: string): Promise<WorkflowDefinition> {
	const workflow: WorkflowDefinition = JSON.parse(await readFile(file, 'utf8'));
	return { ...workflow, nodes: workflow.nodes.filter(({ type }) => type !== STICKY_NOTE) };
}

async function runExample(
	engine: Engine,
	sandbox: Sandbox,
	{ nodes, connections }: WorkflowDefinition,
): Promise<ExampleRun> {
	const [first] = nodes;
	const isTrigger = first.type === TRIGGER_NODE;
	const start = isTrigger ? await awaitEvent(engine, sandbox, first) : [{ json: {} }];
	const { data } = await engine.runWorkflow(nodes, connections, { [first.name]: start });
	const shown = isTrigger ? nodes : nodes.slice(1);
	const outputs = shown.map(({ name }) => ({
		node: name,
		items: data.resultData.runData[name]?.[0]?.data?.main[0] ?? [],
	}));
	const failures = Object.entries(data.resultData.runData).flatMap(([node, [{ error }]]) =>
		error ? [`"${node}" failed: ${error.message}`] : [],
	);
	const silent = outputs.filter(({ items }) => items.length === 0);
	return {
		outputs,
		problems: [...failures, ...silent.map(({ node }) => `"${node}" returned no item`)],
	};
}

/** Activates the trigger, lets another client change a record, and returns the trigger's items. */
async function awaitEvent(
	engine: Engine,
	sandbox: Sandbox,
	node: INode,
): Promise<INodeExecutionData[]> {
	const trigger = await EngineTrigger.start(engine, node.parameters);
	try {
		await trigger.activate();
		await changeRecord(sandbox, node);
		await sandbox.settle();
		await trigger.settle();
		return trigger.executions.flat();
	} finally {
		await trigger.deactivate();
		await trigger.stop();
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
