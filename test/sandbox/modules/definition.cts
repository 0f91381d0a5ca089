/** What the server says of a field; `name`, `type` and `source` are always there, the rest varies. */
export interface FieldFacts {
	name: string;
	type: string;
	source: { type: 'db' | 'non-db' | 'multienum' | 'person_name'; fields?: string[] };
	vname?: string;
	required?: true;
	/** 1CRM only ever says `false`. */
	editable?: false;
	default?: string | number;
	len?: number;
	options?: Array<{ label: string; value: string }>;
	id_name?: string;
	bean_name?: string;
	dynamic_module?: string;
	for_ref?: string;
	audited?: boolean;
	unified_search?: boolean;
	/** Data about a person, which can be erased for good. */
	personal_info?: boolean;
	multi_select_group?: string;
	multi_select_count?: number;
	[fact: string]: unknown;
}

/** What the server says of a filter. A combined one has `fields` and no `name`. */
export interface FilterFacts {
	type: string;
	vname?: string;
	name?: string;
	field?: string;
	fields?: string[];
	id_name?: string;
	bean_name?: string;
	[fact: string]: unknown;
}

export type Fields = Record<string, FieldFacts>;
export type Filters = Record<string, FilterFacts>;

/** How the records behind a link are found. */
export type Link =
	/** Records of `model` whose `column` contains this record's id. */
	| { kind: 'reference'; model: string; column: string }
	/** Records of `model` whose `parent_type` and `parent_id` name this record. */
	| { kind: 'parent'; model: string }
	/** Pairs of ids in their own table. */
	| { kind: 'join'; model: string; table: string };

export interface ModuleDefinition {
	/** The name that the API accepts, such as `aCase`. */
	model: string;
	/** The name used in `parent_type` and in addresses of the user interface, such as `Cases`. */
	module: string;
	label: string;
	fields: Fields;
	filters: Filters;
	links: Record<string, Link>;
	/** The fields of a list's row if the request asks for none. */
	listFields: string[];
	/** The column shown as the record's name. */
	nameField: string;
	/** The column shown in references to the record, if it is another one. */
	referenceField?: string;
	/** Rows that lists leave out unless `filters[view_closed]` is set. */
	closed?: { field: string; values: string[] };
	/** Each group of columns. Records are duplicates if all columns of a group are equal. */
	duplicateKeys: string[][];
	/** Whether its records are rows of others, such as lines; `/meta/modules` leaves these out. */
	isPart?: true;
}
