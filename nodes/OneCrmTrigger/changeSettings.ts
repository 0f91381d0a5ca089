import type { IExecuteFunctions, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { auditTarget } from '../OneCrm/crm/audit';
import { readBoolean } from '../OneCrm/crm/boolean';
import type { CrmClient } from '../OneCrm/crm/client';
import { isNotFound, isNotOffered, messageOf } from '../OneCrm/http/errors';

/** What a trigger is set to do with the changes of an event. */
export interface ChangeSettings {
	includesChanges: boolean;
	onlyIfChanged: string[];
	ignoresOwnChanges: boolean;
}

/** How an execution and a delivery reach the parameters; an execution asks for its first item. */
type ReadOption = (name: string, fallback: unknown) => unknown;

/** Reads the options about changes. `onlyIfChanged` takes an array of names or a comma-separated text. */
export function readChangeSettings(
	context: IExecuteFunctions | IHookFunctions | IWebhookFunctions,
): ChangeSettings {
	const read: ReadOption =
		'getInputData' in context
			? (name, fallback) =>
					(context as IExecuteFunctions).getNodeParameter(`options.${name}`, 0, fallback)
			: (name, fallback) =>
					(context as IHookFunctions).getNodeParameter(`options.${name}`, fallback as string);
	const names = read('onlyIfChanged', []);
	const list = Array.isArray(names) ? names : String(names ?? '').split(',');
	return {
		includesChanges: readBoolean(read('includeChanges', false)) === true,
		onlyIfChanged: list.map((name) => String(name).trim()).filter((name) => name !== ''),
		ignoresOwnChanges: readBoolean(read('ignoreOwnChanges', false)) === true,
	};
}

/**
 * Refuses to publish what could never work: a field that isn't audited, and an audit log that this user may not
 * read. Throws a `UserError` that names the option.
 */
export async function checkChangeSettings(
	context: IHookFunctions,
	crm: CrmClient,
	module: string,
): Promise<void> {
	const { includesChanges, onlyIfChanged } = readChangeSettings(context);
	if (!includesChanges && onlyIfChanged.length === 0) return;
	if (onlyIfChanged.length > 0) {
		if (context.getNodeParameter('event', '') === 'created') {
			throw new UserError(
				"'Only If Changed' doesn't go with 'Record Created': every field of a new record is new. Choose 'Record Updated', or remove the option",
			);
		}
		const { fields, audited } = await crm.metadata(module);
		for (const name of onlyIfChanged) {
			if (!fields.has(name)) {
				throw new UserError(`'Only If Changed' contains "${name}", which ${module} doesn't have`);
			}
			if (!audited.has(name)) {
				throw new UserError(
					`'Only If Changed' contains "${name}", which the audit log of ${module} doesn't cover. Choose a field from the list`,
				);
			}
		}
	}
	const refusal = await refusalOfLog(crm, module);
	if (refusal === undefined) return;
	// Include Changes may be used in a module without a log: each event says so.
	if (onlyIfChanged.length === 0 && isNotFound(refusal)) return;
	if (!isNotOffered(refusal)) {
		context.logger.warn(`1CRM Trigger: the audit log could not be tried: ${messageOf(refusal)}`);
		return;
	}
	const option = onlyIfChanged.length > 0 ? 'Only If Changed' : 'Include Changes';
	throw new UserError(
		`'${option}' needs the audit log of ${module}, which this user can't read (${messageOf(refusal)}). Choose another credential, or remove the option`,
	);
}

/** The error of 1CRM when the log of a module is read, `undefined` if it can be read. */
async function refusalOfLog(crm: CrmClient, module: string): Promise<unknown> {
	try {
		const { path } = auditTarget(module, undefined);
		await crm.http.json({ method: 'GET', path, query: { limit: 1 } });
		return undefined;
	} catch (error) {
		return error;
	}
}
