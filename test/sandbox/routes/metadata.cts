import type { Crm } from '../crm.cts';
import type { Route } from '../route.cts';

/** Which modules there are, and the fields and filters of each. */
export function metadataRoutes(crm: Crm): Route[] {
	return [
		{
			method: 'get',
			path: '/meta/modules',
			scope: 'read',
			answer: () => ({ json: moduleList(crm) }),
		},
		{
			method: 'get',
			path: '/meta/fields/:model',
			scope: 'read',
			answer: ({ params }) => {
				const { fields, filters } = crm.store.table(params.model).definition;
				return { json: { fields, filters } };
			},
		},
	];
}

function moduleList({ store, variants }: Crm): Record<string, unknown> {
	const definitions = store.definitions.filter(({ isPart }) => !isPart);
	const objects = definitions.map(({ model, module, label }) => ({ model, module, label }));
	switch (variants.modulesShape) {
		case 'objects':
			return { list: objects };
		case 'modulesKey':
			return { modules: objects };
		case 'strings':
			return { list: definitions.map(({ model }) => model) };
		case 'map':
			return {
				list: Object.fromEntries(objects.map(({ model, ...facts }) => [model, facts])),
			};
		case 'primaryBeanMap':
			return {
				list: Object.fromEntries(
					objects.map(({ model, module, label }) => [module, { primary_bean: model, label }]),
				),
			};
		default:
			return {
				list: objects.map(({ model, module, label }) => ({ module, primary_model: model, label })),
			};
	}
}
