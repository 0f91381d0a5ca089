import type { ChatMessage, ChatRequest, Tool } from './model-answer.cts';

/** A request of OpenAI's newer API, as far as it matters here. n8n's model node uses it unless told otherwise. */
export interface ResponsesRequest {
	input: InputItem[];
	tools?: Array<Tool['function']>;
}

/** A message, a call of a tool, or the output of one. */
interface InputItem {
	type?: string;
	role?: string;
	content?: ChatMessage['content'];
	output?: string;
}

/** The same request in the words of the older API. */
export function asChatRequest({ input, tools = [] }: ResponsesRequest): ChatRequest {
	const messages = input.map(({ type, role = 'assistant', content, output }) =>
		type === 'function_call_output' ? { role: 'tool', content: output } : { role, content },
	);
	return { messages, tools: tools.map((tool) => ({ function: tool })) };
}

/** What the newer API says of an answer: a text, or calls of tools. */
export function asOutput({ content, tool_calls: calls = [] }: ChatMessage): object[] {
	if (calls.length === 0) {
		const text = { type: 'output_text', text: content, annotations: [] };
		return [
			{ type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', content: [text] },
		];
	}
	return calls.map(({ id, function: { name, arguments: values } }) => ({
		...{ type: 'function_call', id: `fc_${id}`, call_id: id, status: 'completed' },
		...{ name, arguments: values },
	}));
}
