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
	const list = store.definitions
		.filter(({ isPart }) => !isPart)
		.map(({ model, module, label }) => ({ model, module, label }));
	switch (variants.modulesShape) {
		case 'strings':
			return { list: list.map(({ model }) => model) };
		case 'map':
			return {
				list: Object.fromEntries(list.map(({ model, ...facts }) => [model, facts])),
			};
		case 'modulesKey':
			return { modules: list };
		default:
			return { list };
	}
}
