import { systemFields } from './common-fields.cts';
import type { Fields, Link, ModuleDefinition } from './definition.cts';
import { field, longText, ref, text } from './fields.cts';
import { standardFilters } from './filters.cts';

/** A kind of document with lines. */
export interface DocumentKind {
	/** Such as `Quote`. */
	model: string;
	/** The column of lines, comments and adjustments that holds the document's id. */
	column: string;
}

const PARTS = {
	line_groups_link: 'LineGroup',
	lines_link: 'Line',
	comments_link: 'Comment',
	adjustments_link: 'Adjustment',
};

/** The links of a document to its parts. */
export function partLinks({ model, column }: DocumentKind): Record<string, Link> {
	return Object.fromEntries(
		Object.entries(PARTS).map(([name, part]) => [
			name,
			{
				kind: 'reference',
				model: `${model}${part}`,
				column: part === 'LineGroup' ? 'parent_id' : column,
			},
		]),
	);
}

/** An amount and its copy in the base currency, which the API does not work out for parts. */
function partAmount(name: string, label: string): Fields {
	return {
		...field(name, 'currency', label, { dbType: 'double' }),
		...field(`${name}_usd`, 'base_currency', `${label} (base currency)`, { dbType: 'double' }),
	};
}

const amounts = (...names: string[]): Fields =>
	Object.fromEntries(names.flatMap((name) => Object.entries(partAmount(name, name))));

const position = (): Fields => field('position', 'int', 'Position');

const related = (): Fields => ({
	...field('related_type', 'module_name', 'Related Type', { len: 40, dbType: 'varchar' }),
	...ref('related', 'Related', { facts: { dynamic_module: 'related_type' } }),
});

/** The groups, lines, comments and adjustments of a kind of document, each a module of its own. */
export function partModules({ model, column }: DocumentKind): ModuleDefinition[] {
	const ofDocument = (): Fields => ({
		...ref(column.replace(/_id$/, ''), model, { model, idName: column }),
		...ref('line_group', 'Group', { model: `${model}LineGroup` }),
	});
	const part = (name: string, nameField: string, fields: Fields): ModuleDefinition => ({
		model: `${model}${name}`,
		module: `${model}${name}s`,
		label: `${model} ${name}s`,
		fields: { ...systemFields(), ...fields, ...position() },
		filters: standardFilters(),
		links: {},
		listFields: [nameField, 'id'],
		nameField,
		duplicateKeys: [],
		isPart: true,
	});
	return [
		part('LineGroup', 'name', {
			...text('name', 'Name', 50),
			...ref('parent', model, { model }),
			...text('status', 'Status', 30),
			...text('group_type', 'Type', 30),
			...amounts('cost', 'subtotal', 'total'),
		}),
		part('Line', 'name', {
			...text('name', 'Name', 150),
			...ofDocument(),
			...field('quantity', 'float', 'Quantity'),
			...field('ext_quantity', 'float', 'Extended Quantity'),
			...related(),
			...text('mfr_part_no', 'Part Number', 100),
			...ref('tax_class', 'Tax Code', { model: 'TaxCode' }),
			...amounts('cost_price', 'list_price', 'unit_price', 'std_unit_price'),
			...amounts('ext_price', 'net_price'),
		}),
		part('Comment', 'name', {
			// Always empty: a comment is only its text.
			...text('name', 'Name', 150, { editable: false }),
			...longText('body', 'Comment'),
			...ofDocument(),
		}),
		part('Adjustment', 'name', {
			...text('name', 'Name', 150),
			...ofDocument(),
			...ref('line', 'Line', { model: `${model}Line` }),
			...related(),
			...text('type', 'Type', 40),
			...field('rate', 'float', 'Rate'),
			...amounts('amount'),
		}),
	];
}
