import axios from 'axios';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { poll } from '../support/n8n/poll.cts';
import { PACKAGE_NAME } from '../support/n8n/stage.cts';
import { stageForTests } from './stage-for-tests.cts';

const PATH = 'crm-tools';

const stage = stageForTests();

/** Calls a method of the Model Context Protocol, by which n8n offers tools to any agent. */
async function mcp(method: string, params: IDataObject, session?: string) {
	const answer = await axios.post<string>(
		`${stage.server.url}/mcp/${PATH}`,
		{ jsonrpc: '2.0', id: 1, method, params },
		{
			headers: {
				Accept: 'application/json, text/event-stream',
				...(session && { 'mcp-session-id': session }),
			},
			responseType: 'text',
			proxy: false,
		},
	);
	const data = answer.data.split('\n').find((line) => line.startsWith('data: '));
	const { result } = JSON.parse(data ? data.slice('data: '.length) : answer.data);
	return { result, session: String(answer.headers['mcp-session-id']) };
}

function tool(name: string, parameters: INodeParameters): INode {
	const { id, name: credentialName, type } = stage.credential;
	return {
		id: name,
		name,
		type: `${PACKAGE_NAME}.oneCrmTool`,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: { [type]: { id, name: credentialName } },
	};
}

it('works as the tool of an AI agent that gives only what is required', async () => {
	const { client, sandbox } = stage;
	const contact = { __rl: true, mode: 'name', value: 'Contact' };
	const server: INode = {
		id: 'server',
		name: 'MCP Server Trigger',
		type: '@n8n/n8n-nodes-langchain.mcpTrigger',
		typeVersion: 2,
		position: [0, 0],
		parameters: { path: PATH },
		webhookId: PATH,
	};
	const tools = [
		tool('Find contacts', {
			resource: 'record',
			operation: 'search',
			module: contact,
			filterText: "={{ $fromAI('text', 'A name to search for', 'string') }}",
		}),
		tool('Create a contact', {
			resource: 'record',
			operation: 'create',
			module: contact,
			fields: {
				mappingMode: 'defineBelow',
				value: { last_name: "={{ $fromAI('last_name', 'The last name', 'string') }}" },
			},
		}),
	];
	const { id } = await client.createWorkflow({
		name: 'Tools',
		nodes: [server, ...tools],
		connections: Object.fromEntries(
			tools.map(({ name }) => [
				name,
				{ ai_tool: [[{ node: server.name, type: 'ai_tool', index: 0 }]] },
			]),
		),
	});
	await client.activate(id);

	const { session } = await poll('the MCP server', 20_000, async () => {
		try {
			return await mcp('initialize', {
				protocolVersion: '2025-03-26',
				capabilities: {},
				clientInfo: { name: 'agent', version: '1' },
			});
		} catch {
			return undefined;
		}
	});
	const listed = (await mcp('tools/list', {}, session)).result.tools as IDataObject[];
	expect(listed.map(({ name }) => name).sort()).toEqual(['Create_a_contact', 'Find_contacts']);

	const created = await mcp(
		'tools/call',
		{ name: 'Create_a_contact', arguments: { last_name: 'Agentson' } },
		session,
	);
	expect(created.result.isError).toBeFalsy();
	expect(sandbox.records('Contact').at(-1)).toMatchObject({ last_name: 'Agentson' });

	const found = await mcp(
		'tools/call',
		{ name: 'Find_contacts', arguments: { text: 'Agentson' } },
		session,
	);
	expect(JSON.stringify(found.result)).toContain('Agentson');
	await client.deactivate(id);
});
