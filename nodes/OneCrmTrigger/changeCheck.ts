import type { IHookFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { auditTarget } from '../OneCrm/crm/audit';
import type { CrmClient } from '../OneCrm/crm/client';
import { isNotFound, isNotOffered, messageOf } from '../OneCrm/http/errors';
import { readOptions } from './options';

/**
 * Refuses to publish what could never work: a field that isn't audited, and an audit log that this user may not
 * read. Throws a `UserError` that names the option.
 */
export async function checkChangeSettings(
	context: IHookFunctions,
	crm: CrmClient,
	module: string,
): Promise<void> {
	const { includesChanges, onlyIfChanged } = readOptions(context);
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
