import type { IExecuteFunctions } from 'n8n-workflow';

import { requestJson } from '../../transport/request';
import type { Operation, OutputItem } from '../operation';
import { jsonItems } from '../operation';
import { optionsCollection, readTimeout } from '../options';

/** `/me` gives the id as `Users:<id>`; what `assigned_user_id` takes is the part behind the colon. */
async function execute(context: IExecuteFunctions, itemIndex: number): Promise<OutputItem[]> {
	const user = await requestJson(context, {
		method: 'GET',
		path: 'me',
		timeoutSeconds: readTimeout(context, itemIndex),
	});
	return jsonItems([{ ...user, recordId: String(user.id ?? '').replace(/^[^:]*:/, '') }]);
}

export const getMe: Operation = {
	option: {
		name: 'Get Me',
		action: 'Get my user',
		description: 'Get the 1CRM user whose login the credential holds',
	},
	properties: [optionsCollection()],
	execute,
};
