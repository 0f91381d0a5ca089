import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import express from 'express';

import type { CredentialDefinition } from '../../support/n8n/definitions.cts';
import { type ChatRequest, answerOf } from './model-answer.cts';
import { asChatRequest, asOutput, type ResponsesRequest } from './responses-api.cts';

/** A language model on loopback that speaks both of OpenAI's APIs, and knows only how to use tools. */
export interface ModelServer {
	/** What n8n needs to ask it. */
	readonly credential: CredentialDefinition;
	stop(): Promise<void>;
}

const HOST = '127.0.0.1';
const MODEL = 'sandbox-model';

/** Starts one on a free port. */
export async function startModelServer(): Promise<ModelServer> {
	const app = express();
	app.use(express.json({ limit: '10mb' }));
	app.get('/v1/models', (_request, response) => {
		response.json({ object: 'list', data: [{ id: MODEL, object: 'model' }] });
	});
	app.post('/v1/chat/completions', (request, response) => {
		const message = answerOf(request.body as ChatRequest);
		response.json({
			id: 'chatcmpl-sandbox',
			object: 'chat.completion',
			created: Math.floor(Date.now() / 1000),
			model: MODEL,
			choices: [{ index: 0, message, finish_reason: message.tool_calls ? 'tool_calls' : 'stop' }],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		});
	});
	app.post('/v1/responses', (request, response) => {
		const message = answerOf(asChatRequest(request.body as ResponsesRequest));
		response.json({
			id: 'resp-sandbox',
			object: 'response',
			created_at: Math.floor(Date.now() / 1000),
			model: MODEL,
			status: 'completed',
			output: asOutput(message),
			usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 },
		});
	});
	const server = createServer(app);
	server.listen(0, HOST);
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		credential: {
			name: 'Model sandbox',
			type: 'openAiApi',
			data: { apiKey: 'sandbox', url: `http://${HOST}:${port}/v1`, header: false },
		},
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
