import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { INode } from 'n8n-workflow';

import type { N8nClient } from '../support/n8n/client.cts';
import type { SavedCredential, WorkflowDefinition } from '../support/n8n/definitions.cts';

/** An example workflow, as it is saved in n8n. */
export interface Example {
	id: string;
	active: boolean;
	definition: WorkflowDefinition;
}

/** Saves every workflow of a folder in n8n, with the given credentials. Doesn't save a workflow twice. */
export async function importExamples(
	folder: string,
	client: N8nClient,
	credentials: SavedCredential[],
): Promise<Example[]> {
	const saved = await client.workflows();
	const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
	const examples: Example[] = [];
	for (const file of files) {
		const definition = await readDefinition(join(folder, file), credentials);
		const { id } = saved.find(({ name }) => name === definition.name) ?? {};
		examples.push({ definition, ...(await save(client, definition, id)) });
	}
	return examples;
}

async function readDefinition(
	file: string,
	credentials: SavedCredential[],
): Promise<WorkflowDefinition> {
	const text = await readFile(file, 'utf8');
	const { name, nodes, connections, settings }: WorkflowDefinition = JSON.parse(text);
	// Distinguishes a changed file from changes that somebody made to the workflow in n8n. Those are kept.
	const meta = { exampleHash: createHash('sha256').update(text).digest('hex') };
	const withCredentials = nodes.map((node) => credentials.reduce(withCredential, node));
	return { name, nodes: withCredentials, connections, settings, meta };
}

function withCredential(node: INode, { id, name, type }: SavedCredential): INode {
	if (!node.credentials?.[type]) return node;
	return { ...node, credentials: { ...node.credentials, [type]: { id, name } } };
}

async function save(
	client: N8nClient,
	definition: WorkflowDefinition,
	id: string | undefined,
): Promise<{ id: string; active: boolean }> {
	if (!id) return await client.createWorkflow(definition);
	const present = await client.workflow(id);
	if (present.meta?.exampleHash === definition.meta?.exampleHash) return present;
	return await client.updateWorkflow(id, definition);
}
