import type { INodeParameters } from 'n8n-workflow';
import { PACKAGE_NAME } from '../support/n8n/stage.cts';
import type { ChainNode } from './chain.cts';
import type { BenchCredentials } from './credentials.cts';

type ContestNode = Omit<ChainNode, 'name'>;

/** The node under measure. */
export function oneCrmNode({ oneCrm }: BenchCredentials, parameters: INodeParameters): ContestNode {
	return { type: `${PACKAGE_NAME}.oneCrm`, typeVersion: 1, credentials: oneCrm, parameters };
}

/** What a user would build instead, in its version that n8n 2.41 puts on the canvas. */
export function httpRequestNode(
	{ basic, url }: BenchCredentials,
	{ path, ...parameters }: INodeParameters & { path: string },
): ContestNode {
	return {
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.5,
		credentials: basic,
		parameters: {
			url: `${path.startsWith('=') ? '=' : ''}${url}/api.php/${path.replace(/^=/, '')}`,
			authentication: 'genericCredentialType',
			genericAuthType: 'httpBasicAuth',
			options: {},
			...parameters,
		},
	};
}

/** What a user would build instead of an upsert: a lookup by a field, then a change or a creation. */
export function httpUpsertNodes(
	credentials: BenchCredentials,
	model: string,
	{ filter, field }: { filter: string; field: string },
): ContestNode[] {
	return [
		httpRequestNode(credentials, {
			path: `=data/${model}?filters[${filter}]={{ encodeURIComponent($json.${field}) }}`,
		}),
		httpRequestNode(credentials, {
			method: '={{ $json.records.length ? "PATCH" : "POST" }}',
			path: `=data/${model}{{ $json.records.length ? "/" + $json.records[0].id : "" }}`,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '={{ { data: $("Start").item.json } }}',
		}),
	];
}
