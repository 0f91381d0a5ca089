import type { IDataObject } from 'n8n-workflow';
import { CrmClient } from '../../../../../nodes/OneCrm/crm/client';
import type { CrmRequest, N8nContext } from '../../../../../nodes/OneCrm/http/types';
import { node } from '../http/node.cts';

interface ScriptedClient {
	crm: CrmClient;
	/** What was asked, in order. */
	sent: CrmRequest[];
}

/** A client whose JSON requests this function answers, for answers that no server can be brought to give in order. */
export function clientWith(
	answer: (request: CrmRequest, index: number) => IDataObject,
): ScriptedClient {
	const crm = CrmClient.of({ getNode: () => node } as unknown as N8nContext);
	const sent: CrmRequest[] = [];
	const json = async (request: CrmRequest) => answer(request, sent.push(request) - 1);
	Object.assign(crm.http, { json });
	return { crm, sent };
}
