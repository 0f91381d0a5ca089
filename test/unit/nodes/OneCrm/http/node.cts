import type { INode } from 'n8n-workflow';

/** A node of this package, as n8n hands it to an error. */
export const node: INode = {
	id: '1',
	name: '1CRM',
	type: 'n8n-nodes-1crm.oneCrm',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
