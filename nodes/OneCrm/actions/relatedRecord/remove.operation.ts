import type { IExecuteFunctions } from 'n8n-workflow';

import { linkLocator } from '../../link/locator';
import { linkedItem, readRecordLink, readRelatedIds, relatedIdsProperty } from '../../link/related';
import { moduleLocator } from '../../module/locator';
import { recordLocator } from '../../record/locator';
import { errorAfter, nodeError } from '../../nodeError';
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
			if (removed === 0) throw nodeError(context.getNode(), error);
			const done = `"${ids.slice(0, removed).join('", "')}" was unlinked, but not "${id}"`;
			throw errorAfter(context.getNode(), done, error);
		}
	}
	return jsonItems(ids.map((id) => linkedItem(recordLink, id, false)));
}

export const remove: Operation = {
	option: {
		name: 'Remove',
		action: 'Remove related records',
		description: 'Unlink records from a record. The records themselves stay.',
	},
	properties: [moduleLocator, recordLocator, linkLocator, relatedIdsProperty, optionsCollection()],
	execute,
};
