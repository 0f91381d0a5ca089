const END = '<!-- end of text -->';
const PART = /<!-- text: (\S+) -->\n([\s\S]*?)<!-- end of text -->/g;

/** The parts of a page that people write, by name. `npm run docs` writes everything around them. */
export type HandWritten = ReadonlyMap<string, string>;

export function handWrittenIn(page: string): HandWritten {
	return new Map([...page.matchAll(PART)].map(([, name, text]) => [name, text.trim()]));
}

/** One such part with its marks. The part is empty if nobody has written it yet. */
export function handWritten(parts: HandWritten, name: string): string {
	const text = parts.get(name) ?? '';
	return [`<!-- text: ${name} -->`, text, END].filter((block) => block !== '').join('\n\n');
}
