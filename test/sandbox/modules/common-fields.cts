import type { Fields, Link } from './definition.cts';
import { field, ref, text } from './fields.cts';

const app = (name: string, designer = 'label_only') => ({
	vname_module: 'app',
	module_designer: designer,
	from_app_field: `app.${name}`,
});

const stamp = (name: string, label: string) =>
	field(name, 'datetime', label, { ...app(name), required: true, editable: false });

/** The fields of a person whose values can be erased. */
export const PERSONAL = [
	'salutation',
	'first_name',
	'last_name',
	'title',
	'phone_home',
	'phone_mobile',
	'phone_work',
	'phone_fax',
	'email1',
	'email2',
	'primary_address_street',
	'primary_address_city',
	'primary_address_postalcode',
];

/** The fields of every record: its id, who created and changed it and when, and who owns it. */
export function systemFields(): Fields {
	return {
		...field('id', 'id', 'ID', {
			...app('id', 'disabled'),
			required: true,
			reportable: false,
			editable: false,
			dbType: 'char',
			charset: 'ascii',
			len: 36,
		}),
		...field('deleted', 'bool', 'Deleted', {
			...app('deleted', 'disabled'),
			required: true,
			default: 0,
			editable: false,
			reportable: false,
		}),
		...stamp('date_entered', 'Date Created'),
		...stamp('date_modified', 'Last Modified'),
		...ref('modified_user', 'Modified by', {
			model: 'User',
			facts: {
				...app('modified_user'),
				isnull: false,
				reportable: true,
				required: true,
				editable: false,
			},
			idFacts: { required: true, isnull: false },
		}),
		...ref('assigned_user', 'Assigned to', {
			model: 'User',
			facts: {
				...app('assigned_user'),
				vname_list: 'User',
				reportable: true,
				audited: true,
				duplicate_merge: false,
				massupdate: true,
				required: true,
			},
			idFacts: { required: true, audited: true },
		}),
		...ref('created_by_user', 'Created by', {
			model: 'User',
			idName: 'created_by',
			facts: { ...app('created_by_user'), isnull: false, editable: false },
			idFacts: { isnull: false },
		}),
	};
}

/** The parts of a postal address; `inLists` when the lists have columns for them. */
export function addressFields(prefix: string, label: string, inLists = false): Fields {
	const part = (name: string, partLabel: string, len = 100, listLabel?: string) =>
		text(
			`${prefix}_${name}`,
			`${label} ${partLabel}`,
			len,
			inLists && listLabel ? { vname_list: listLabel } : {},
		);
	return {
		...part('street', 'Street', 150),
		...part('city', 'City', 100, 'City'),
		...part('state', 'State', 100, 'State'),
		...part('postalcode', 'Postal Code', 20),
		...part('country', 'Country'),
		...part('statecode', 'State Code'),
		...part('countrycode', 'Country Code'),
	};
}

/** A picture and the columns with the names of its files. */
export function photoFields(facts: Record<string, unknown> = {}): Fields {
	return {
		photo: {
			name: 'photo',
			vname: 'Photo',
			type: 'image',
			placeholder: 'themes/Default/images/no_user.png',
			...facts,
			source: { type: 'non-db' },
			display_size: [90, 90],
			thumbnail_size: [120, 120, 1],
			thumbnail: 'auto',
			max_size: 1000,
			upload_dir: '{FILES}/images/photos/',
			filename: 'photo_filename',
			thumbnail_name: 'photo_thumb',
		},
		...field('photo_filename', 'file_ref', 'Photo Filename', { size: 255, reportable: false }),
		...field('photo_thumb', 'file_ref', 'Thumbnail Filename', { size: 255, reportable: false }),
	};
}

/** The links of most modules to the activities that belong to a record. */
export const ACTIVITY_LINKS: Record<string, Link> = {
	notes: { kind: 'parent', model: 'Note' },
	tasks: { kind: 'parent', model: 'Task' },
	calls: { kind: 'parent', model: 'Call' },
	meetings: { kind: 'parent', model: 'Meeting' },
};
