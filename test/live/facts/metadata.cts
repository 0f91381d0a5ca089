import type { Fact } from '../fact.cts';
import { isMap } from '../server.cts';

/** What 1CRM says about itself. */
export const metadataFacts: Fact[] = [
	{
		name: 'List of modules',
		question: 'What does /meta/modules hold?',
		expectation: 'list of objects with model, module, label',
		consequence:
			'Objects, names and maps are read; of any other form the documented modules are listed',
		async ask({ server }) {
			const answer = await server.read({ path: 'meta/modules' });
			const [[key, content] = ['nothing', undefined]] = Object.entries(answer);
			if (!Array.isArray(content)) return `${key}: a map`;
			const [first] = content;
			return isMap(first)
				? `${key} of objects with ${Object.keys(first).join(', ')}`
				: `${key} of names`;
		},
	},
	{
		name: 'Fields and filters',
		question: 'What does /meta/fields hold for a module?',
		expectation: 'fields: a map, filters: a map',
		consequence: 'Fields could not be chosen, nor filters checked',
		async ask({ server }) {
			const { fields, filters } = await server.read({ path: 'meta/fields/Contact' });
			const form = (value: unknown) => (isMap(value) ? 'a map' : typeof value);
			return `fields: ${form(fields)}, filters: ${form(filters)}`;
		},
	},
];
