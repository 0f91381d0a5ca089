import { systemFields } from './common-fields.cts';
import type { Fields, ModuleDefinition } from './definition.cts';
import { bool, field, longText, recordName, ref } from './fields.cts';
import { plainFilters, standardFilters } from './filters.cts';

const categoryFields: Fields = {
	...systemFields(),
	...recordName('name', 'Name', 150, { unified_search: true }),
	...ref('parent', 'Parent Category', { model: 'KBCategory' }),
	...field('display_order', 'int', 'Display Order', { default: 0 }),
	...bool('portal_active', 'Portal Active'),
	...longText('description', 'Description'),
};

const articleFields: Fields = {
	...systemFields(),
	...recordName('name', 'Title', 150, { unified_search: true }),
	...ref('category', 'Category', { model: 'KBCategory' }),
	...field('display_order', 'int', 'Display Order', { default: 0 }),
	...bool('portal_active', 'Portal Active'),
	...longText('summary', 'Summary'),
	...field('description', 'html', 'Text'),
};

export const kbCategory: ModuleDefinition = {
	model: 'KBCategory',
	module: 'KBCategories',
	label: 'Knowledge Base Categories',
	fields: categoryFields,
	filters: {
		...standardFilters(),
		...plainFilters(categoryFields, 'KBCategories', ['name', 'parent', 'portal_active']),
	},
	links: {
		articles: { kind: 'reference', model: 'KBArticle', column: 'category_id' },
		subcategories: { kind: 'reference', model: 'KBCategory', column: 'parent_id' },
	},
	listFields: ['name', 'id', 'display_order'],
	nameField: 'name',
	duplicateKeys: [],
};

export const kbArticle: ModuleDefinition = {
	model: 'KBArticle',
	module: 'KBArticles',
	label: 'Knowledge Base Articles',
	fields: articleFields,
	filters: {
		...standardFilters(),
		...plainFilters(articleFields, 'KBArticles', ['name', 'category', 'portal_active']),
	},
	links: {
		documents: { kind: 'join', model: 'Document', table: 'kb_articles_documents' },
		notes: { kind: 'parent', model: 'Note' },
	},
	listFields: ['name', 'id', 'display_order'],
	nameField: 'name',
	duplicateKeys: [],
};
