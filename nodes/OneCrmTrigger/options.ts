import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	INodeProperties,
	IWebhookFunctions,
} from 'n8n-workflow';

import { isJsonObject } from '../OneCrm/http/json';
import { optionsIn } from '../OneCrm/item/options';
import { asText, emptyResult, readNames, readSwitch } from '../OneCrm/item/values';

const fetchRecord: INodeProperties = {
	displayName: 'Fetch Record',
	name: 'fetchRecord',
	type: 'boolean',
	default: true,
	description:
		'Whether to read the whole record from 1CRM when an event arrives. If it is off, the item contains what 1CRM delivered, which may be incomplete and is not verified.',
};

const ignoreOwnChanges: INodeProperties = {
	displayName: 'Ignore Own Changes',
	name: 'ignoreOwnChanges',
	type: 'boolean',
	default: false,
	description:
		'Whether to ignore what the user of the credential changed in 1CRM, so that a workflow that writes to the record does not start itself. Give n8n a user of its own.',
};

const ignoreRepeats: INodeProperties = {
	displayName: 'Ignore Repeats',
	name: 'ignoreRepeats',
	type: 'boolean',
	default: false,
	description: 'Whether to ignore events that 1CRM delivers more than once',
};

const includeChanges: INodeProperties = {
	displayName: 'Include Changes',
	name: 'includeChanges',
	type: 'boolean',
	default: false,
	description:
		"Whether to add the changes of the event to the item, each with the value before and after, from 1CRM's audit log",
};

const onlyIfChanged: INodeProperties = {
	displayName: 'Only If Changed: Field Names or IDs',
	name: 'onlyIfChanged',
	type: 'multiOptions',
	default: [],
	typeOptions: {
		loadOptionsMethod: 'getAuditedFields',
		loadOptionsDependsOn: ['module.value'],
	},
	description:
		'Start the workflow only if one of these fields changed. Only fields that the audit log covers can be chosen. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

const webhookName: INodeProperties = {
	displayName: 'Webhook Name',
	name: 'webhookName',
	type: 'string',
	default: '',
	placeholder: 'e.g. New leads to Slack',
	description:
		'A name that is added to the address of the webhook, so that an administrator of 1CRM recognizes it',
};

/** The 'Options' of the trigger. */
export const triggerOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		fetchRecord,
		ignoreOwnChanges,
		ignoreRepeats,
		includeChanges,
		onlyIfChanged,
		webhookName,
	],
};

/** Whatever runs the trigger: n8n when it is published, a delivery, and the execution that a delivery starts. */
type TriggerContext = IExecuteFunctions | IHookFunctions | IWebhookFunctions;

/** What the options of a trigger are set to. */
export interface TriggerOptions {
	fetchesRecord: boolean;
	ignoresOwnChanges: boolean;
	ignoresRepeats: boolean;
	includesChanges: boolean;
	/** The names of fields; empty for any. */
	onlyIfChanged: string[];
	webhookName: string;
}

/**
 * Reads the options of a trigger, in the editor's form, as an expression for all of them, or as JSON text. Throws a
 * `UserError` for a name that no option has, and for a value that an option cannot have.
 */
export function readOptions(context: TriggerContext): TriggerOptions {
	const options = optionsIn(triggerParameter(context, triggerOptions.name), triggerOptions);
	const isOn = (property: INodeProperties): boolean => readSwitch(options[property.name], property);
	return {
		fetchesRecord: isOn(fetchRecord),
		ignoresOwnChanges: isOn(ignoreOwnChanges),
		ignoresRepeats: isOn(ignoreRepeats),
		includesChanges: isOn(includeChanges),
		onlyIfChanged: readFieldNames(context, options),
		webhookName: asText(options.webhookName).trim(),
	};
}

/** Throws a `UserError` for an expression with an empty result: it must not turn some changes into all of them. */
function readFieldNames(context: TriggerContext, options: IDataObject): string[] {
	const property = { displayName: 'Only If Changed' };
	const { name } = onlyIfChanged;
	const names = readNames(property, options[name]);
	const written: unknown = context.getNode().parameters.options;
	const own = isJsonObject(written) ? written[name] : name in options && written;
	if (names.length > 0 || typeof own !== 'string' || !own.startsWith('=')) return names;
	throw emptyResult(property, 'mean all changes');
}

/** The value of a collection of the trigger. An execution asks for that of its first item. */
export function triggerParameter(context: TriggerContext, name: string): unknown {
	if ('getInputData' in context) {
		return (context as IExecuteFunctions).getNodeParameter(name, 0, {});
	}
	return (context as IHookFunctions | IWebhookFunctions).getNodeParameter(name, {});
}
