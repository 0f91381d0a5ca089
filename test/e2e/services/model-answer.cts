/** A message of OpenAI's chat completions, as far as it matters here. */
export interface ChatMessage {
	role: string;
	content?: string | Array<{ type: string; text?: string }> | null;
	tool_calls?: ToolCall[];
}

export interface ToolCall {
	id: string;
	type: 'function';
	/** `arguments` is JSON in a text. */
	function: { name: string; arguments: string };
}

export interface ChatRequest {
	messages: ChatMessage[];
	tools?: Array<{
		function: { name: string; parameters?: { properties?: Record<string, { type?: string }> } };
	}>;
}

/**
 * What the model answers: to a question a call of the first tool, with what stands in quotes in every text
 * that the tool takes; to what tools gave a text that holds it.
 */
export function answerOf({ messages, tools = [] }: ChatRequest): ChatMessage {
	const question = messages.map(({ role }) => role).lastIndexOf('user');
	const given = messages.slice(question + 1).filter(({ role }) => role === 'tool');
	const [tool] = tools;
	if (!tool || given.length > 0) {
		return { role: 'assistant', content: `The tools say: ${given.map(textOf).join('\n')}` };
	}
	const text = textOf(messages[question]);
	const wanted = /"([^"]+)"/.exec(text)?.[1] ?? text;
	const { name, parameters } = tool.function;
	const values = Object.entries(parameters?.properties ?? {})
		.filter(([, { type }]) => type === 'string')
		.map(([property]) => [property, wanted]);
	const call = { name, arguments: JSON.stringify(Object.fromEntries(values)) };
	return {
		role: 'assistant',
		content: null,
		tool_calls: [{ id: `call_${messages.length}`, type: 'function', function: call }],
	};
}

function textOf({ content }: ChatMessage): string {
	if (typeof content === 'string') return content;
	return (content ?? []).map(({ text = '' }) => text).join('');
}
