import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { choices } from '../support/package/described-operations.cts';
import { table } from './table.cts';
import { defaultInWords, either, sentence, typeInWords } from './words.cts';

/** The parameters around a parameter: the names that lead to it, as people see them and as workflows contain them. */
interface Place {
	shown: string;
	name: string;
	/** The parameters that decide when it is shown: those beside it and those around it. */
	siblings: INodeProperties[];
}

/** A table of parameters. A parameter inside a collection has the collection's name in front of its own. */
export function parameterTable(properties: INodeProperties[]): string {
	const rows = rowsOf(properties, { shown: '', name: '', siblings: properties });
	return table(['Parameter', 'Name in workflows', 'Type', 'Default', 'What it does'], rows);
}

function rowsOf(properties: INodeProperties[], place: Place): string[][] {
	return properties
		.filter(({ type }) => type !== 'notice' && type !== 'hidden')
		.flatMap((property) => {
			const shown = `${place.shown}${property.displayName}`;
			const name = `${place.name}${property.name}`;
			const row = [
				shown,
				`\`${name}\``,
				typeInWords(property),
				defaultInWords(property),
				explain(property, place.siblings),
			];
			return [row, ...innerRows(property, { ...place, shown: `${shown} › `, name })];
		});
}

function innerRows(property: INodeProperties, { shown, name, siblings }: Place): string[][] {
	const repeated = property.typeOptions?.multipleValues ? '[]' : '';
	const inner = (own: INodeProperties[], path: string): string[][] =>
		rowsOf(own, { shown, name: path, siblings: [...own, ...siblings] });
	if (property.type === 'fixedCollection') {
		const groups = (property.options ?? []) as INodePropertyCollection[];
		return groups.flatMap((group) => inner(group.values, `${name}.${group.name}${repeated}.`));
	}
	if (property.type !== 'collection') return [];
	return inner((property.options ?? []) as INodeProperties[], `${name}${repeated}.`);
}

function explain(property: INodeProperties, siblings: INodeProperties[]): string {
	const { description, hint, required, placeholder, type, modes = [] } = property;
	const isTyped = type === 'string' || type === 'json';
	return [
		sentence(description),
		sentence(hint),
		property.type === 'options' || property.type === 'multiOptions' ? values(property) : '',
		modes.length > 0 ? `Modes: ${either(modes.map(({ displayName }) => displayName))}.` : '',
		isTyped && placeholder?.startsWith('e.g.') ? sentence(`E.g. \`${placeholder.slice(5)}\``) : '',
		required ? 'Required.' : '',
		condition('Shown', property.displayOptions?.show, siblings),
		condition('Not shown', property.displayOptions?.hide, siblings),
	]
		.filter((part) => part !== '')
		.join(' ');
}

function values(property: INodeProperties): string {
	const listed = choices(property).map(({ name, value, description }) => {
		const code = `\`${String(value)}\``;
		const shown = name === value ? code : `${name} (${code})`;
		return description ? `${shown}: ${description.replace(/\.$/, '')}` : shown;
	});
	return sentence(listed.join('; '));
}

type Conditions = NonNullable<INodeProperties['displayOptions']>['show'];

/** `Shown when 'Return All' is off.` Without resource and operation, which are the subject of the page. */
function condition(word: string, wanted: Conditions = {}, siblings: INodeProperties[]): string {
	const parts = Object.entries(wanted)
		.filter(([name]) => name !== 'resource' && name !== 'operation')
		.map(([name, accepted = []]) => {
			const other = siblings.find((sibling) => sibling.name === name);
			const named = accepted.map((value) => valueName(other, value));
			return `'${other?.displayName ?? name}' is ${either(named)}`;
		});
	return parts.length === 0 ? '' : `${word} when ${parts.join(' and ')}.`;
}

function valueName(property: INodeProperties | undefined, value: unknown): string {
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	return (
		choices(property).find((choice) => choice.value === value)?.name ?? (String(value) || 'empty')
	);
}
