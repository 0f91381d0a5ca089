import { expectContract } from './contract.cts';
import { choices } from './operations.cts';
import { allProperties, innerProperties, publishedNode } from './published.cts';

const { description } = publishedNode('oneCrmTrigger');
const { properties } = description;
const filters = properties.find(({ name }) => name === 'filters');

describe('the trigger node', () => {
	it('has its parameters', () => {
		expectContract(properties, {
			event: { type: 'options', default: 'created' },
			module: { type: 'resourceLocator', default: { mode: 'list', value: '' } },
			filters: {
				type: 'fixedCollection',
				default: {},
				inner: {
					field: { type: 'options', default: '' },
					operator: { type: 'options', default: 'eq' },
					value: { type: 'string', default: '' },
					when: { type: 'options', default: 'current_value' },
				},
			},
			options: {
				type: 'collection',
				default: {},
				inner: {
					fetchRecord: { type: 'boolean', default: true },
					ignoreRepeats: { type: 'boolean', default: false },
					webhookName: { type: 'string', default: '' },
				},
			},
		});
		expect(description.credentials).toEqual([{ name: 'oneCrmApi', required: true }]);
	});

	it('starts on the events that saved workflows hold', () => {
		const event = properties.find(({ name }) => name === 'event');
		expect(choices(event).map(({ value }) => value)).toEqual([
			'created',
			'createdOrUpdated',
			'updated',
		]);
	});

	it('puts conditions where workflows keep them', () => {
		expect(filters?.typeOptions?.multipleValues).toBe(true);
		expect(filters?.options?.map(({ name }) => name)).toContain('conditions');
	});

	it("knows 1CRM's own words for operators and moments", () => {
		const values = (name: string) =>
			choices(filters && innerProperties(filters).find((property) => property.name === name)).map(
				({ value }) => value,
			);
		expect(values('operator')).toEqual(expect.arrayContaining(['eq', 'is_false']));
		expect(values('when')).toContain('current_value');
	});

	it.failing('lets one condition be enough, by the glue of its filters', () => {
		const glue = allProperties(properties).find(({ name }) => name === 'glue');
		expect(choices(glue).map(({ value }) => value)).toEqual(expect.arrayContaining(['and', 'or']));
	});

	it('is called by 1CRM with POST and answers itself', () => {
		expect(description.webhooks).toEqual([
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
		]);
	});
});
