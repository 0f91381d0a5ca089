import type { ReleaseLine } from './release-line.cts';

/** n8n 1.x, where a workflow is active or not, and the answer to the change comes when it is made. */
export const releaseLine1: ReleaseLine = {
	nodeMajors: [20, 22, 24],
	// The one that n8n asks for is not on npm, but on a server of its own.
	overrides: { xlsx: '0.18.5' },
	effort: '1.8 GB, about 2 minutes',
	// The other engine needs isolated-vm, of which there is no ready-made one for Node.js 20.
	environment: { N8N_EXPRESSION_ENGINE: 'legacy' },
	// It runs the workflow that it is sent, not the one that it has saved.
	runOf: (workflow) => ({ workflowData: workflow }),
	async requestActivation(session, workflowId) {
		await session.request('PATCH', `/workflows/${workflowId}`, { active: true });
	},
	// The answer has said so.
	async waitForActivation() {},
	async deactivate(session, workflowId) {
		await session.request('PATCH', `/workflows/${workflowId}`, { active: false });
	},
};
