import type { Fields, FilterFacts, Filters } from './definition.cts';

/** The three filters that every module has. */
export function standardFilters(): Filters {
	const assigned = { field: 'assigned_user_id', link: '' };
	return {
		filter_text: {
			name: 'filter_text',
			vname: 'Search Text',
			type: 'unified_search',
			basic: true,
			fulltext_search: false,
			search_what: 'all',
			report_filter: true,
			quick_view: true,
		},
		filter_owner: {
			vname: 'Owner',
			type: 'owner',
			default_value: 'all',
			options: {
				all: { vname: 'LBL_FILTER_OWNER_ANY', icon: 'icon-users' },
				mine: { ...assigned, vname: 'LBL_FILTER_OWNER_MINE', value: '1', icon: 'icon-adminuser' },
				not_mine: {
					...assigned,
					vname: 'LBL_FILTER_OWNER_NOT_MINE',
					operator: '!=',
					value: '1',
					icon: 'icon-users',
				},
				select: { ...assigned, vname: 'LBL_FILTER_OWNER_SELECT', icon: 'icon-popup' },
			},
			options_icon: 'icon',
			options_blank_key: 'all',
			input_class: 'OwnerSelect',
			report_filter: true,
			var_width: true,
			basic: true,
		},
		filter_favorites: {
			name: 'filter_favorites',
			vname: 'Only Favorites',
			type: 'flag',
			class: 'check-star',
			basic: true,
			field: 'favorites.deleted',
			default_value: false,
			operator: 'eq',
			value: '0',
		},
	};
}

/** A filter on one field: the field's facts, with the options as a map of value to label. */
export function plainFilter(
	fields: Fields,
	module: string,
	name: string,
	facts: Record<string, unknown> = {},
): Filters {
	const copied: Record<string, unknown> = { ...fields[name] };
	for (const fact of ['required', 'default', 'detail_link', 'source', 'editable', 'options']) {
		delete copied[fact];
	}
	const choices = fields[name].options;
	return {
		[name]: {
			...copied,
			type: fields[name].type,
			...(choices && {
				options: Object.fromEntries(choices.map(({ value, label }) => [value, label])),
			}),
			vname_module: module,
			field: name,
			editable: true,
			updateable: true,
			...facts,
		},
	};
}

/** Filters on the named fields, in that order. */
export function plainFilters(fields: Fields, module: string, names: string[]): Filters {
	return Object.fromEntries(
		names.flatMap((name) => Object.entries(plainFilter(fields, module, name))),
	);
}

/** One filter that looks into several fields. */
export function combinedFilter(
	name: string,
	label: string,
	type: string,
	fields: string[],
): Record<string, FilterFacts> {
	return { [name]: { vname: label, type, fields } };
}

/** The flag without which lists leave closed records out. */
export function viewClosedFilter(): Filters {
	return {
		view_closed: {
			name: 'view_closed',
			vname: 'View Closed Items',
			type: 'flag',
			basic: true,
			default_value: false,
		},
	};
}
