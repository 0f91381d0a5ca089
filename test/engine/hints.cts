import type { IDataObject, INodeParameters, NodeExecutionHint } from 'n8n-workflow';
import { ACTION_NODE, MANUAL_TRIGGER } from '../support/engine/built-package.cts';
import type { Engine } from '../support/engine/engine.cts';

/** What n8n shows above the output of the node, which gets an item of each record and goes on when one fails. */
export async function hintsOf(
	engine: Engine,
	parameters: INodeParameters,
	records: IDataObject[],
): Promise<NodeExecutionHint[]> {
	const start = { ...engine.node('Start', MANUAL_TRIGGER, {}), credentials: undefined };
	const node = {
		...engine.node('1CRM', ACTION_NODE, parameters),
		onError: 'continueRegularOutput',
	};
	const run = await engine.runWorkflow(
		[start, node as typeof start],
		{ Start: { main: [[{ node: '1CRM', type: 'main', index: 0 }]] } },
		{ Start: records.map((json) => ({ json })) },
	);
	return run.data.resultData.runData['1CRM'][0].hints ?? [];
}
