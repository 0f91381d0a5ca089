import type { FieldFacts, Fields } from './definition.cts';

type Facts = Partial<FieldFacts>;
/** A value that is its own label, or a pair of value and label. */
export type Choices = ReadonlyArray<string | readonly [value: string, label: string]>;

const ID_COLUMN = { dbType: 'char', charset: 'ascii', len: 36 };

/** Any field that has its own column. */
export function field(name: string, type: string, label?: string, facts: Facts = {}): Fields {
	return { [name]: { name, vname: label, type, ...facts, source: { type: 'db' } } };
}

export const text = (name: string, label: string, len = 100, facts: Facts = {}) =>
	field(name, 'varchar', label, { len, ...facts });

export const longText = (name: string, label: string, facts: Facts = {}) =>
	field(name, 'text', label, { multiline: true, ...facts });

export const recordName = (name: string, label: string, len = 100, facts: Facts = {}) =>
	field(name, 'name', label, {
		len,
		dbType: 'varchar',
		required: true,
		detail_link: true,
		...facts,
	});

/** The name of a person, put together from other fields. */
export const personName = (...fields: string[]): Fields => ({
	name: {
		name: 'name',
		vname: 'Name',
		type: 'name',
		source: { type: 'person_name', fields },
		importable: false,
		unified_search: true,
		dbType: 'varchar',
		len: 150,
		detail_link: true,
	},
});

export const email = (name: string, label: string, facts: Facts = {}) =>
	field(name, 'email', label, {
		unified_search: true,
		vname_list: 'Email',
		len: 150,
		dbType: 'varchar',
		width: 18,
		...facts,
	});

export const date = (name: string, label: string, facts: Facts = {}) =>
	field(name, 'date', label, { massupdate: false, ...facts });

export const datetime = (name: string, label: string, facts: Facts = {}) =>
	field(name, 'datetime', label, facts);

export const bool = (name: string, label: string, facts: Facts = {}) =>
	field(name, 'bool', label, { default: 0, ...facts });

/** Old flags that 1CRM stores in a text column, although they are also "0" and "1". */
export const textBool = (name: string, label: string, facts: Facts = {}) =>
	bool(name, label, { dbType: 'varchar', len: 3, massupdate: true, ...facts });

/** The choices of a drop-down, as metadata lists them. */
function options(choices: Choices): Array<{ label: string; value: string }> {
	return choices.map((choice) => {
		const [value, label] = typeof choice === 'string' ? [choice, choice] : choice;
		return { label, value };
	});
}

export const choice = (name: string, label: string, choices: Choices, facts: Facts = {}) =>
	field(name, 'enum', label, {
		options: options(choices),
		len: 40,
		massupdate: true,
		dbType: 'varchar',
		charset: 'ascii',
		...facts,
	});

export const status = (name: string, label: string, choices: Choices, facts: Facts = {}) =>
	choice(name, label, choices, { required: true, audited: true, ...facts, type: 'status' });

/** A multi-select and the columns behind it: `group`, `group2`, `group3`… */
export function multiChoice(
	name: string,
	group: string,
	label: string,
	choices: Choices,
	count: number,
): Fields {
	const columns = Array.from({ length: count }, (_, index) =>
		choice(index === 0 ? group : `${group}${index + 1}`, label, choices, {
			reportable: false,
			massupdate: false,
			multi_select_group: group,
			len: 50,
		}),
	);
	const joined: FieldFacts = {
		name,
		vname: label,
		vname_list: label,
		type: 'multienum',
		options: options(choices),
		len: 40,
		multi_select_group: group,
		multi_select_count: count,
		massupdate: true,
		dbType: 'varchar',
		charset: 'ascii',
		source: { type: 'multienum' },
	};
	return Object.fromEntries(
		[{ [name]: joined }, ...columns].flatMap((part) => Object.entries(part)),
	);
}

/** A phone number and its digits, which the server works out. */
export function phone(name: string, label: string, facts: Facts = {}): Fields {
	return {
		...field(name, 'phone', label, {
			unified_search: true,
			len: 40,
			width: 18,
			dbType: 'varchar',
			...facts,
		}),
		...field(`${name}__raw`, 'varchar', undefined, {
			reportable: false,
			editable: false,
			inferred: true,
			len: 40,
		}),
	};
}

interface Reference {
	/** The model that it points to. A parent has none: another field names its model. */
	model?: string;
	idName?: string;
	/** Facts of the reference itself. */
	facts?: Facts;
	/** Facts of the id companion. */
	idFacts?: Facts;
}

/**
 * A reference, shown as a name, and its companion with the id. The metadata always calls the companion read-
 * only.
 */
export function ref(name: string, label: string, reference: Reference): Fields {
	const idName = reference.idName ?? `${name}_id`;
	return {
		[name]: {
			name,
			vname: label,
			type: 'ref',
			bean_name: reference.model,
			id_name: idName,
			detail_link: true,
			...reference.facts,
			source: { type: 'non-db' },
		},
		...field(idName, 'id', 'ID', {
			reportable: false,
			inferred: true,
			for_ref: name,
			...ID_COLUMN,
			...reference.idFacts,
			editable: false,
		}),
	};
}

/** A reference to a record of any module. `parent_type` contains the name of the module. */
export function parent(label: string, facts: Facts = {}): Fields {
	return {
		...field('parent_type', 'module_name', 'Parent Type', { len: 40, dbType: 'varchar' }),
		...ref('parent', label, { facts: { dynamic_module: 'parent_type', audited: true, ...facts } }),
	};
}

/** An amount and its copy in the base currency. */
export function amount(
	name: string,
	label: string,
	facts: Facts = {},
	copyFacts: Facts = { editable: false },
): Fields {
	return {
		...field(name, 'currency', label, { dbType: 'double', ...facts }),
		...field(`${name}_usdollar`, 'base_currency', `${label} (base currency)`, {
			dbType: 'double',
			...copyFacts,
		}),
	};
}

/** The currency that the amounts of a record are in. */
export function currency(facts: Facts = {}): Fields {
	return {
		...ref('currency', 'Currency', { model: 'Currency', facts, idFacts: { default: '-99' } }),
		...field('exchange_rate', 'float', 'Exchange Rate', { default: 1, ...facts }),
	};
}

export const sequence = (name: string, label: string, facts: Facts = { editable: false }) =>
	field(name, 'sequence_number', label, { required: true, dbType: 'int', ...facts });

/** The same fields, those with these names marked as data about a person. */
export function withPersonalInfo(fields: Fields, names: string[]): Fields {
	const marked = names.map((name) => [name, { ...fields[name], personal_info: true }]);
	return { ...fields, ...Object.fromEntries(marked) };
}
