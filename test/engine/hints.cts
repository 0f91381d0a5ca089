import type { IDataObject, INodeParameters, NodeExecutionHint } from 'n8n-workflow';
import type { Engine } from '../support/engine/engine.cts';

/** What n8n shows above the output of the node, which gets an item of each record and goes on when one fails. */
export async function hintsOf(
	engine: Engine,
	parameters: INodeParameters,
	records: IDataObject[],
): Promise<NodeExecutionHint[]> {
	const items = records.map((json) => ({ json }));
	return (await engine.run(parameters, { items, continueOnFail: true })).hints;
}
