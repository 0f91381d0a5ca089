import type { INodeTypeDescription } from 'n8n-workflow';

const TEST_HELP =
	"<b>While you build</b>, click 'Execute step': n8n registers webhooks in 1CRM until one event has come. Then create or change a record of the chosen module in 1CRM.";

const PRODUCTION_HELP =
	'n8n registers a webhook for each kind of event and removes it when the workflow is unpublished. The executions are in the executions list.';

const CHECK_HELP =
	'<b>If nothing arrives</b>, check that 1CRM can reach the address of this n8n (N8N_WEBHOOK_URL, or WEBHOOK_URL in older versions) over https, that its certificate is valid, that the record meets the filters, and that the user of the credential may manage webhooks. The log of n8n names each delivery that was refused.<br /><br /><b>If 1CRM cannot reach n8n</b>, start the workflow with a Schedule Trigger instead, followed by 1CRM: Record > Get Changes.';

/** What n8n's editor says beside the trigger: what gets registered, what to do in 1CRM, and what to check. */
export const triggerTexts: Pick<
	INodeTypeDescription,
	'activationMessage' | 'eventTriggerDescription' | 'triggerPanel'
> = {
	eventTriggerDescription:
		'Waiting for 1CRM: create or change a record there that meets the settings of this trigger',
	activationMessage:
		'1CRM now sends these events to n8n. Create or change a record in 1CRM to see the first execution.',
	triggerPanel: {
		header: 'Let 1CRM send an event',
		executionsHelp: {
			inactive: `${TEST_HELP}<br /><br /><b>To run on its own</b>, publish the workflow. ${PRODUCTION_HELP}<br /><br />${CHECK_HELP}`,
			active: `${TEST_HELP}<br /><br /><b>The workflow is published</b>. ${PRODUCTION_HELP}<br /><br />${CHECK_HELP}`,
		},
		activationHint: {
			inactive:
				"Once you've finished building, publish the workflow: 1CRM then starts it without this button.",
			active: 'The workflow is published: 1CRM starts it without this button.',
		},
	},
};
