import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../support/package/published.cts';

/** The pages at the top and below `docs`, relative to the project's folder. */
export function markdownFiles(): string[] {
	const names = (folder: string, recursive: boolean): string[] =>
		readdirSync(join(PACKAGE_FOLDER, folder), { encoding: 'utf8', recursive })
			.filter((name) => name.endsWith('.md'))
			.map((name) => join(folder, name));
	return [...names('.', false), ...names('docs', true)];
}

export const readText = (path: string): string => readFileSync(join(PACKAGE_FOLDER, path), 'utf8');

/** The sentences of a page in one line: without blocks of code, and links without their targets. */
export function prose(page: string): string {
	return page
		.replace(/```[\s\S]*?```/g, '')
		.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')
		.replace(/\s+/g, ' ');
}

/** What a text has between backquotes. */
export function codeIn(text: string): string[] {
	return [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code);
}
