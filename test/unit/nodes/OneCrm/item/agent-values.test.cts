import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { CrmClient } from '../../../../../nodes/OneCrm/crm/client';
import { readMetadata } from '../../../../../nodes/OneCrm/crm/metadata';
import { readMappedFields } from '../../../../../nodes/OneCrm/item/fields';
import { Item } from '../../../../../nodes/OneCrm/item/item';
import { Run } from '../../../../../nodes/OneCrm/item/run';

const metadata = readMetadata({
	fields: {
		last_name: { name: 'last_name', type: 'name' },
		title: { name: 'title', type: 'varchar' },
		email1: { name: 'email1', type: 'email' },
	},
});

/** What is written for an item whose mapper is written one way and evaluates to another. */
async function valuesOf(written: unknown, evaluated: IDataObject): Promise<IDataObject> {
	const parameters: Record<string, { written: unknown; evaluated: unknown }> = {
		fields: { written: { value: written }, evaluated: { value: evaluated } },
		'fields.value': { written, evaluated },
	};
	const run = new Run(
		{
			getNode: () => ({}),
			getTimezone: () => 'UTC',
			getInputData: () => [{ json: {} }],
			getNodeParameter: (
				name: string,
				_: number,
				fallback: unknown,
				options?: { rawExpressions?: boolean },
			) => {
				const parameter = parameters[name];
				if (parameter === undefined) return fallback;
				return options?.rawExpressions ? parameter.written : parameter.evaluated;
			},
		} as unknown as IExecuteFunctions,
		[],
	);
	const crm = { metadata: async () => metadata } as unknown as CrmClient;
	Object.assign(run, { crm: { withTimeout: () => crm } });
	return (await readMappedFields(new Item(run, 0), 'Contact')).data as IDataObject;
}

const asked = (name: string) => `={{ $fromAI('${name}', '', 'string') }}`;

it.each(['', ' ', null])(
	'an agent that leaves a field empty (%j) leaves it alone',
	async (empty) => {
		const written = { last_name: 'Berg', title: asked('title'), email1: asked('email1') };
		expect(await valuesOf(written, { last_name: 'Berg', title: 'Boss', email1: empty })).toEqual({
			last_name: 'Berg',
			title: 'Boss',
		});
	},
);

it('the same holds for an agent that fills in all fields at once', async () => {
	const written = "={{ $fromAI('fields', '', 'json') }}";
	expect(await valuesOf(written, { title: 'Boss', email1: '', last_name: null })).toEqual({
		title: 'Boss',
	});
});

it("an empty value of the user's own expression clears a field", async () => {
	const written = { title: '={{ $json.title }}', email1: '={{ "" }}' };
	expect(await valuesOf(written, { title: null, email1: '' })).toEqual({ title: '', email1: '' });
});
