import { type Fact, NotAskable } from '../fact.cts';
import { metadataOf } from '../fields.cts';
import { isMap } from '../server.cts';

/** What 1CRM says about itself. */
export const metadataFacts: Fact[] = [
	{
		name: 'List of modules',
		question: 'What does /meta/modules contain?',
		expectation: 'list of objects with module, primary_model, label',
		consequence:
			'None for objects, names and maps. With any other form, users have to type the names of modules',
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
		question: 'What does /meta/fields contain for a module?',
		expectation: 'fields: a map, filters: a map',
		consequence: 'Fields could not be chosen, nor filters checked',
		async ask({ server }) {
			const { fields, filters } = await server.read({ path: 'meta/fields/Contact' });
			const form = (value: unknown) => (isMap(value) ? 'a map' : typeof value);
			return `fields: ${form(fields)}, filters: ${form(filters)}`;
		},
	},
	{
		name: 'More metadata',
		question: 'Does /meta/fields contain more than fields and filters, e.g. the links of a module?',
		expectation: 'nothing more',
		consequence: 'Better than expected: links that users have to type today could be offered',
		async ask({ server }) {
			const { fields, filters, ...more } = await server.read({ path: 'meta/fields/Contact' });
			return Object.keys(more).join(', ') || 'nothing more';
		},
	},
	{
		name: 'Values of picklists',
		question: 'In which form does 1CRM return the values of a picklist and those of its filter?',
		expectation: 'field: a list, filter: a map',
		consequence: 'None for lists of values with labels, and maps of them: the nodes read both',
		async ask({ server }) {
			const isChoice = ({ type, options }: Record<string, unknown>) =>
				type === 'enum' && options !== undefined;
			const [field] = await metadataOf(server, 'Contact', 'fields', isChoice);
			const [filter] = await metadataOf(server, 'Contact', 'filters', isChoice);
			if (!field || !filter) throw new NotAskable('contacts have no picklist with a filter');
			const form = ({ options }: Record<string, unknown>) =>
				Array.isArray(options) ? 'a list' : isMap(options) ? 'a map' : typeof options;
			return `field: ${form(field)}, filter: ${form(filter)}`;
		},
	},
];
