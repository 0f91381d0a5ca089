import { systemFields } from './common-fields.cts';
import type { Fields, ModuleDefinition } from './definition.cts';
import { choice, datetime, field, longText, recordName, ref, sequence, text } from './fields.cts';
import { standardFilters } from './filters.cts';

/** What a report selects, and how it shows it: texts as PHP serializes arrays. */
const specifications = (): Fields => ({
	...longText('sources_spec', 'Sources'),
	...longText('columns_spec', 'Columns'),
	...longText('filters_spec', 'Filters'),
	...longText('filter_values', 'Filter Values'),
	...longText('sort_order', 'Sort Order'),
	...text('chart_type', 'Chart Type', 40),
	...longText('chart_options', 'Chart Options'),
	...text('chart_title', 'Chart Title', 150),
	...text('chart_rollover', 'Chart Rollover', 150),
	...text('chart_description', 'Chart Description', 150),
	...text('chart_series', 'Chart Series', 150),
	...field('export_ids', 'bool', 'Export IDs', { default: 0 }),
	...text('primary_module', 'Primary Module', 40),
});

/** Neither of the two is known to be a module of the API: their records come from `/reports`. */
const ofReports: Pick<ModuleDefinition, 'filters' | 'links' | 'duplicateKeys' | 'isPart'> = {
	filters: standardFilters(),
	links: {},
	duplicateKeys: [],
	isPart: true,
};

/** A report: what it shows of which module. */
export const report: ModuleDefinition = {
	...ofReports,
	model: 'Report',
	module: 'Reports',
	label: 'Reports',
	fields: {
		...systemFields(),
		...longText('shared_with', 'Shared With'),
		...recordName('name', 'Name', 100),
		...longText('description', 'Description'),
		...specifications(),
		...choice('run_method', 'Run', ['manual', 'interactive', 'scheduled'], {
			default: 'interactive',
		}),
		...datetime('next_run', 'Next Run'),
		...field('run_interval', 'int', 'Run Interval', { default: 1 }),
		...choice('run_interval_unit', 'Unit of Run Interval', ['hours', 'days', 'weeks', 'months'], {
			default: 'days',
		}),
		...text('chart_name', 'Chart Name', 100),
		...text('from_template', 'From Template', 100),
		...text('from_template_id', 'Template', 36),
		...datetime('last_run', 'Last Run'),
		...field('max_keep', 'int', 'Archived Runs to Keep'),
	},
	listFields: ['name', 'id'],
	nameField: 'name',
};

/** What a report showed when it was run, as a file. */
export const reportRun: ModuleDefinition = {
	...ofReports,
	model: 'ReportData',
	module: 'ReportData',
	label: 'Archived Runs of Reports',
	fields: {
		...systemFields(),
		...sequence('reportdata_number', 'Number'),
		...text('full_name', 'Full Name', 100),
		...ref('report', 'Report', { model: 'Report' }),
		...text('cache_filename', 'File', 255),
		...longText('groups', 'Groups'),
		...specifications(),
		...field('archived', 'bool', 'Archived', { default: 0 }),
		...text('name', 'Name', 100),
		...longText('description', 'Description'),
		...field('record_count', 'int', 'Records'),
		...longText('record_offsets', 'Record Offsets'),
	},
	listFields: ['full_name', 'id'],
	nameField: 'full_name',
};
