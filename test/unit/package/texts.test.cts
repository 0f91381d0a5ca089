import type { INodeProperties } from 'n8n-workflow';
import { choices, describedOperations } from '../../support/package/described-operations.cts';
import {
	allProperties,
	publishedCredential,
	publishedNode,
	publishedNodes,
} from '../../support/package/published.cts';

/**
 * n8n's lint only checks object literals within a file. Functions build many of these descriptions, so this
 * test checks the rules for texts on the result.
 */
const properties: INodeProperties[] = [
	...publishedNodes().flatMap(({ type }) => allProperties(type.description.properties)),
	...allProperties(publishedCredential().properties),
].filter(({ type }) => type !== 'hidden' && type !== 'notice');

const options = properties.flatMap((property) => choices(property));
const operations = describedOperations(publishedNode('oneCrm').description.properties);

/** The names that people see, of parameters, groups of them, and choices. */
const names = [
	...properties.map(({ displayName }) => displayName),
	...properties.flatMap(({ options: inner = [] }) =>
		inner.flatMap((option) => ('displayName' in option ? [option.displayName] : [])),
	),
	...properties.flatMap(({ modes = [] }) => modes.map(({ displayName }) => displayName)),
	...options.map(({ name }) => name),
];

const descriptions = [
	...publishedNodes().map(({ type }) => type.description.description),
	...properties.map(({ description }) => description),
	...options.map(({ description }) => description),
].filter((text) => text !== undefined);

const hints = [
	...properties.map(({ hint }) => hint),
	...properties.flatMap(({ modes = [] }) => modes.map(({ hint }) => hint)),
].filter((hint) => hint !== undefined);

const SMALL_WORDS = /^(a|an|and|as|at|by|for|from|in|of|on|or|the|to|with)$/;
const ABBREVIATION = /\b(e\.g|i\.e|etc)\./g;

const wordsOf = (text: string): string[] => text.split(/[\s/()]+/).filter((word) => word !== '');

function isTitleCase(name: string): boolean {
	const words = wordsOf(name);
	return words.every((word, index) => {
		const isInside = index > 0 && index < words.length - 1;
		return /^[^a-z]/.test(word) || (isInside && SMALL_WORDS.test(word));
	});
}

/** One sentence goes without a full stop, several go with one. */
function isWellEnded(text: string): boolean {
	const plain = text.replace(/<[^>]*>/g, '').replace(ABBREVIATION, '$1');
	const hasSeveral = /[.?!] +['A-Z0-9]/.test(plain);
	return hasSeveral === plain.endsWith('.');
}

describe('the texts of the descriptions', () => {
	it('name parameters and choices in title case', () => {
		expect(names.filter((name) => !isTitleCase(name))).toEqual([]);
	});

	it('begin with a capital letter, and end with a full stop when there are several sentences', () => {
		const bad = descriptions.filter((text) => !/^[A-Z1]/.test(text) || !isWellEnded(text));
		expect(bad).toEqual([]);
	});

	it('say of each parameter what it does, to people and to AI agents', () => {
		// Their choices or rows speak for them.
		const plain = new Set(['resource', 'operation', 'options', 'name', 'value']);
		const silent = properties.filter(({ name, description }) => !description && !plain.has(name));
		expect(silent.map(({ displayName }) => displayName)).toEqual([]);
	});

	it('say of what is on or off whether it is', () => {
		const switches = properties.filter(({ type }) => type === 'boolean');
		expect(switches.length).toBeGreaterThan(5);
		const other = switches.filter(({ description = '' }) => !description.startsWith('Whether '));
		expect(other.map(({ name }) => name)).toEqual([]);
	});

	it('give examples where something is typed', () => {
		const typed = properties.filter(({ type }) => type === 'string' || type === 'json');
		const modes = properties.flatMap((property) => property.modes ?? []);
		const placeholders = [...typed, ...modes.filter(({ type }) => type === 'string')]
			.map(({ placeholder }) => placeholder)
			.filter((placeholder) => placeholder !== undefined);
		expect(placeholders.filter((text) => !text.startsWith('e.g. '))).toEqual([]);
	});

	it('refer to the guide on expressions where names are loaded', () => {
		const loaded = properties.filter(({ typeOptions }) => typeOptions?.loadOptionsMethod);
		for (const { displayName, description, type } of loaded) {
			const ending = type === 'multiOptions' ? / Names or IDs$/ : / Name or ID$/;
			expect(displayName).toMatch(ending);
			expect(description).toContain('https://docs.n8n.io/code/expressions/');
		}
	});

	it('are English, in letters that every font has', () => {
		const texts = [
			...names,
			...descriptions,
			...hints,
			...operations.map(({ option }) => option.action),
		];
		expect(texts.filter((text) => !/^[\x20-\x7e…–’]*$/.test(String(text)))).toEqual([]);
	});

	it('name an action in sentence case, as the canvas shows it', () => {
		const isSentence = (text = ''): boolean => /^[A-Z][^.]*$/.test(text);
		const actions = operations.map(({ option }) => option.action);
		expect(actions.filter((action) => !isSentence(action))).toEqual([]);
	});
});

describe('the lists of the descriptions', () => {
	const sorted = (texts: string[]): string[] => [...texts].sort((a, b) => a.localeCompare(b));

	it('have five and more choices in the order of their names', () => {
		for (const property of properties) {
			const shown = choices(property).map(({ name }) => name);
			if (shown.length >= 5) expect(shown).toEqual(sorted(shown));
		}
	});

	it('have operations in the order of their names', () => {
		const shown = operations.map(({ resource, option }) => `${resource} ${option.name}`);
		expect(shown).toEqual(sorted(shown));
	});

	it('have options to add in the order of their names', () => {
		for (const { type, name, typeOptions, options: inner = [] } of properties) {
			// A condition reads as a sentence: field, operator, value.
			if (type !== 'collection' || typeOptions?.multipleValues) continue;
			const shown = inner.map((option) => ('displayName' in option ? option.displayName : ''));
			if (name === 'options') expect(shown).toEqual(sorted(shown));
		}
	});

	/** The statuses of an activity are those of its type, whatever it belongs to. */
	const dependency = (loader: unknown) =>
		loader === 'getActivityStatuses' ? 'type' : 'module.value';

	/** The same in all modules. */
	const independent: unknown[] = ['getPaymentTypes', 'getTaxCodes'];

	it('give every list and loader what it depends on', () => {
		const loaded = properties.filter(
			({ typeOptions }) =>
				(typeOptions?.loadOptionsMethod ?? typeOptions?.resourceMapper) !== undefined &&
				!independent.includes(typeOptions?.loadOptionsMethod),
		);
		const ignorant = loaded.filter(
			({ typeOptions }) =>
				!typeOptions?.loadOptionsDependsOn?.includes(dependency(typeOptions.loadOptionsMethod)),
		);
		expect(ignorant.map(({ name }) => name)).toEqual([]);
	});
});
