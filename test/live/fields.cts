import { NotAskable } from './fact.cts';
import { isMap, type Server } from './server.cts';

type Facts = Record<string, unknown>;

/** The fields or filters of a module that are meant, with their names. */
export async function metadataOf(
	server: Server,
	model: string,
	part: 'fields' | 'filters',
	isMeant: (facts: Facts) => boolean,
): Promise<Array<Facts & { name: string }>> {
	const answer = await server.read({ path: `meta/fields/${model}` });
	const entries = Object.entries(isMap(answer[part]) ? answer[part] : {});
	return entries.flatMap(([name, facts]) =>
		isMap(facts) && isMeant(facts) ? [{ ...facts, name }] : [],
	);
}

/** The first of the modules with a field, or a filter, of this type that can be written. */
export async function placeOf(
	server: Server,
	models: string[],
	part: 'fields' | 'filters',
	type: string,
): Promise<{ model: string; name: string }> {
	for (const model of models) {
		const isMeant = (facts: Facts) => facts.type === type && facts.editable !== false;
		const [found] = await metadataOf(server, model, part, isMeant);
		if (found) return { model, name: found.name };
	}
	throw new NotAskable(`${models.join(' and ')} have no ${type} among their ${part}`);
}

/** A multi-select of contacts that they can be filtered by, and two of its values. */
export async function choicesOf(server: Server): Promise<{ name: string; values: string[] }> {
	const filters = await metadataOf(server, 'Contact', 'filters', () => true);
	const names = new Set(filters.map(({ name }) => name));
	const isMeant = ({ type, editable }: Facts) => type === 'multienum' && editable !== false;
	for (const { name, options } of await metadataOf(server, 'Contact', 'fields', isMeant)) {
		const known = Array.isArray(options) ? options.filter(isMap) : [];
		const values = known.map(({ value }) => String(value ?? '')).filter((value) => value !== '');
		if (values.length > 1 && names.has(name)) return { name, values: values.slice(0, 2) };
	}
	throw new NotAskable('contacts have no multi-select with a filter and two values');
}
