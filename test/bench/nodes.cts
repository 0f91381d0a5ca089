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
