import type { IExecuteFunctions } from 'n8n-workflow';

import { linkLocator } from '../../link/locator';
import { linkedItem, readRecordLink, readRelatedIds, relatedIdsProperty } from '../../link/related';
import { moduleLocator } from '../../module/locator';
import { recordLocator } from '../../record/locator';
import { nodeError } from '../../nodeError';
import { apiPath } from '../../transport/address';
import { requestJson } from '../../transport/request';
import type { Operation, OutputItem } from '../operation';
import { jsonItems } from '../operation';
import { optionsCollection, readTimeout } from '../options';

/** One after the other: when one fails, those before it are unlinked and those behind it are not. */
async function execute(context: IExecuteFunctions, itemIndex: number): Promise<OutputItem[]> {
	const recordLink = readRecordLink(context, itemIndex);
	const ids = readRelatedIds(context, itemIndex);
	for (const [removed, id] of ids.entries()) {
		try {
			await requestJson(context, {
				method: 'DELETE',
				path: `${recordLink.path}/${apiPath([id])}`,
				subject: `${recordLink.subject} to "${id}"`,
				timeoutSeconds: readTimeout(context, itemIndex),
			});
		} catch (error) {
			throw removedInPart(context, ids.slice(0, removed), id, error);
		}
	}
	return jsonItems(ids.map((id) => linkedItem(recordLink, id, false)));
}

/** Says what was unlinked already, so that nobody takes all for still linked. */
function removedInPart(
	context: IExecuteFunctions,
	removed: string[],
	id: string,
	error: unknown,
): Error {
	const failure = nodeError(context.getNode(), error);
	if (removed.length > 0) {
		failure.message = `"${removed.join('", "')}" was unlinked, but not "${id}": ${failure.message}`;
	}
	return failure;
}

export const remove: Operation = {
	option: {
		name: 'Remove',
		action: 'Remove related records',
		description: 'Unlink records from a record. The records themselves stay',
	},
	properties: [moduleLocator, recordLocator, linkLocator, relatedIdsProperty, optionsCollection()],
	execute,
};
