import type { IDataObject } from 'n8n-workflow';
import type { CrmClient } from '../../../../../../nodes/OneCrm/crm/client';
import { CrmError, type ErrorDetails } from '../../../../../../nodes/OneCrm/http/errors';
import type { Failure } from '../../../../../../nodes/OneCrm/http/failure';
import type { CrmRequest } from '../../../../../../nodes/OneCrm/http/types';
import { node } from '../../http/node.cts';

/** A client of a server that always answers the same, and the requests that it was sent. */
export function answering(answer: IDataObject): { crm: CrmClient; sent: CrmRequest[] } {
	const sent: CrmRequest[] = [];
	const http = {
		node,
		async json(request: CrmRequest) {
			sent.push(request);
			return answer;
		},
		error: (failure: Failure, details?: ErrorDetails) => new CrmError(node, failure, details),
	};
	return { crm: { http } as unknown as CrmClient, sent };
}
