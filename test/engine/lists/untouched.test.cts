import type { INodeProperties } from 'n8n-workflow';

import { OneCrm } from '../../../nodes/OneCrm/OneCrm.node';
import { OneCrmTrigger } from '../../../nodes/OneCrmTrigger/OneCrmTrigger.node';
import { ACTION_NODE, TRIGGER_NODE } from '../../support/engine/built-package.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';

/**
 * n8n marks a choice as wrong if its value isn't in the list, even if nobody has touched the form. Each list has to offer
 * the default, with and without a module.
 */
const { engine } = engineWithSandbox();

const NODES = { [ACTION_NODE]: new OneCrm(), [TRIGGER_NODE]: new OneCrmTrigger() };
const LISTS = Object.entries(NODES).flatMap(([node, { description }]) =>
	choicesIn(description.properties).map(
		({ displayName, default: value, typeOptions }): [string, string, string, unknown] => [
			node,
			displayName,
			typeOptions?.loadOptionsMethod ?? '',
			value,
		],
	),
);

/** The properties, at any depth, of which one entry of a list that n8n loads is chosen. */
function choicesIn(properties: object[]): INodeProperties[] {
	return (properties as INodeProperties[]).flatMap((property) => {
		const {
			type,
			typeOptions,
			options = [],
			values = [],
		} = property as INodeProperties & {
			values?: object[];
		};
		const own = type === 'options' && typeOptions?.loadOptionsMethod ? [property] : [];
		return [...own, ...choicesIn(options), ...choicesIn(values)];
	});
}

it('are of both nodes', () => {
	const methods = LISTS.map(([, , method]) => method);
	expect(methods).toEqual(
		expect.arrayContaining(['getFilters', 'getFilterOperators', 'getConditionFields']),
	);
});

it.each(LISTS)('of %s offer the default of %s (%s)', async (node, _name, method, value) => {
	for (const module of ['', 'Contact']) {
		const options = await engine.loadOptions(method, { module, type: 'call' }, undefined, node);
		expect(options.map((option) => option.value)).toContain(value);
	}
});
