/** A message of OpenAI's chat completions, as far as it matters here. */
export interface ChatMessage {
	role: string;
	content?: string | Array<{ type: string; text?: string }> | null;
	tool_calls?: ToolCall[];
}

interface ToolCall {
	id: string;
	type: 'function';
	/** `arguments` is JSON in a text. */
	function: { name: string; arguments: string };
}

/** A tool that the model can call, with the JSON schema of its input. */
export interface Tool {
	function: { name: string; parameters?: { properties?: Record<string, { type?: string }> } };
}

export interface ChatRequest {
	messages: ChatMessage[];
	tools?: Tool[];
}

/**
 * The answer of the model. It answers a question by calling all tools, and fills each text input with the
 * quoted part of the question. It answers the results of the tools with a text that contains them.
 */
export function answerOf({ messages, tools = [] }: ChatRequest): ChatMessage {
	const question = messages.map(({ role }) => role).lastIndexOf('user');
	const given = messages.slice(question + 1).filter(({ role }) => role === 'tool');
	if (tools.length === 0 || given.length > 0) {
		return { role: 'assistant', content: `The tools say: ${given.map(textOf).join('\n')}` };
	}
	const text = textOf(messages[question]);
	const wanted = /"([^"]+)"/.exec(text)?.[1] ?? text;
	const calls = tools.map((tool, index) => callOf(tool, `call_${question}_${index}`, wanted));
	return { role: 'assistant', content: null, tool_calls: calls };
}

function callOf({ function: { name, parameters } }: Tool, id: string, text: string): ToolCall {
	const texts = Object.entries(parameters?.properties ?? {})
		.filter(([, { type }]) => type === 'string')
		.map(([property]) => [property, text]);
	const values = JSON.stringify(Object.fromEntries(texts));
	return { id, type: 'function', function: { name, arguments: values } };
}

function textOf({ content }: ChatMessage): string {
	if (typeof content === 'string') return content;
	return (content ?? []).map(({ text = '' }) => text).join('');
}
