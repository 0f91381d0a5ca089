import type { INode, TriggerPanelDefinition } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { choices } from '../../support/package/described-operations.cts';
import { allProperties, publishedNode } from '../../support/package/published.cts';
import { expectContract } from './contract.cts';

const { description } = publishedNode('oneCrmTrigger');
const { properties } = description;

describe('the trigger node', () => {
	it('has its parameters', () => {
		expectContract(properties, {
			event: { type: 'options', default: 'created' },
			module: { type: 'resourceLocator', default: { mode: 'list', value: '' } },
			filters: {
				type: 'collection',
				default: {},
				inner: {
					glue: { type: 'options', default: 'and' },
					conditions: {
						type: 'collection',
						inner: {
							field: { type: 'options', default: '' },
							operator: { type: 'options', default: 'eq' },
							value: { type: 'string', default: '' },
							when: { type: 'options', default: 'current_value' },
						},
					},
				},
			},
			options: {
				type: 'collection',
				default: {},
				inner: {
					fetchRecord: { type: 'boolean', default: true },
					ignoreOwnChanges: { type: 'boolean', default: false },
					ignoreRepeats: { type: 'boolean', default: false },
					includeChanges: { type: 'boolean', default: false },
					onlyIfChanged: { type: 'multiOptions', default: [] },
					webhookName: { type: 'string', default: '' },
				},
			},
		});
		expect(description.credentials).toEqual([{ name: 'oneCrmApi', required: true }]);
	});

	it('works in the versions that saved workflows have, and is added in the newest', () => {
		expect(description).toMatchObject({ version: [1, 1.1], defaultVersion: 1.1 });
	});

	it('starts on the events that saved workflows hold', () => {
		const event = properties.find(({ name }) => name === 'event');
		expect(choices(event).map(({ value }) => value)).toEqual([
			'created',
			'createdOrUpdated',
			'updated',
		]);
	});

	it('keeps glue and conditions where workflows have them', () => {
		const condition = { field: 'status', operator: 'eq', value: 'New', when: 'current_value' };
		const parameters = { filters: { glue: 'or', conditions: [condition, condition] } };
		const node = { typeVersion: 1.1 } as INode;
		expect(
			NodeHelpers.getNodeParameters(properties, parameters, true, false, node, description),
		).toMatchObject(parameters);
	});

	it("knows 1CRM's own words for operators and moments", () => {
		const values = (name: string) =>
			choices(allProperties(properties).find((property) => property.name === name)).map(
				({ value }) => value,
			);
		expect(values('operator')).toEqual(expect.arrayContaining(['eq', 'is_false']));
		expect(values('when')).toContain('current_value');
	});

	it('lets one condition be enough, by the glue of its filters', () => {
		const glue = allProperties(properties).find(({ name }) => name === 'glue');
		expect(choices(glue).map(({ value }) => value)).toEqual(expect.arrayContaining(['and', 'or']));
	});

	it('is called by 1CRM with POST, and answered once n8n has stored the execution', () => {
		expect(description.webhooks).toEqual([
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'webhook',
				responseMode: 'onReceived',
				responseData: '',
			},
		]);
	});

	it('says in the editor what is registered, what to do in 1CRM, and what to check', () => {
		const { triggerPanel, eventTriggerDescription, activationMessage } = description;
		const { executionsHelp, header } = triggerPanel as TriggerPanelDefinition;
		const help = executionsHelp as { active: string; inactive: string };
		expect(header).toMatch(/1CRM/);
		expect(eventTriggerDescription).toMatch(/create or change a record/);
		expect(activationMessage).toMatch(/Create or change a record/);
		for (const text of [help.active, help.inactive]) {
			expect(text).toMatch(/registers webhooks in 1CRM/);
			expect(text).toMatch(/create or change a record of the chosen module in 1CRM/);
			expect(text).toMatch(/If nothing arrives/);
			for (const check of ['reach the address', 'https', 'filters', 'manage webhooks']) {
				expect(text).toContain(check);
			}
		}
	});
});
