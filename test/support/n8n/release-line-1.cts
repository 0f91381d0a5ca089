import type { ReleaseLine } from './release-line.cts';

/** n8n 1.x: a workflow is active or not, and n8n answers a change after it has made it. */
export const releaseLine1: ReleaseLine = {
	nodeMajors: [20, 22, 24],
	// The version that n8n asks for isn't on npm, but on another server.
	overrides: { xlsx: '0.18.5' },
	effort: '1.8 GB, about 2 minutes',
	// The other engine needs isolated-vm, which isn't available prebuilt for Node.js 20.
	environment: { N8N_EXPRESSION_ENGINE: 'legacy' },
	// It runs the workflow in the request, not the saved one.
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
