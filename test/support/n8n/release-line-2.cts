import type { SavedWorkflow } from './definitions.cts';
import { poll } from './poll.cts';
import type { ReleaseLine } from './release-line.cts';
import type { RestSession } from './rest-session.cts';

interface PublicationStatus {
	status: 'in_progress' | 'published' | 'partial' | 'failed' | 'not_published';
	triggers: Array<{ errorMessage: string | null }>;
}

const PUBLICATION_LIMIT = 60_000;

/** n8n 2.x, which publishes a version of a workflow, and goes on with that after its answer. */
export const releaseLine2: ReleaseLine = {
	nodeMajors: [24, 26],
	overrides: {},
	effort: '2.8 GB, about 5 minutes',
	environment: {},
	runOf: () => ({}),
	async requestActivation(session, workflowId) {
		const { versionId } = await session.request<SavedWorkflow>('GET', `/workflows/${workflowId}`);
		const version = { versionId, name: '', description: '' };
		await session.request('POST', `/workflows/${workflowId}/activate`, version);
	},
	async waitForActivation(session, workflowId) {
		const { status, triggers } = await publication(session, workflowId);
		if (status === 'published') return;
		const reasons = triggers.flatMap(({ errorMessage }) => errorMessage ?? []);
		throw new Error(`n8n did not activate the workflow: ${reasons.join(', ') || status}`);
	},
	async deactivate(session, workflowId) {
		await session.request('POST', `/workflows/${workflowId}/deactivate`, {});
		const { status } = await publication(session, workflowId);
		if (status !== 'not_published') throw new Error('n8n did not deactivate the workflow');
	},
};

/**
 * The result of a publication. Asks until the same answer comes a second time: n8n looks at running and
 * finished publications separately, so one answer can miss the end of both.
 */
async function publication(session: RestSession, workflowId: string): Promise<PublicationStatus> {
	let previous: PublicationStatus['status'] = 'in_progress';
	return await poll('the change of the workflow', PUBLICATION_LIMIT, async () => {
		const path = `/workflows/${workflowId}/publication-status`;
		const state = await session.request<PublicationStatus>('GET', path);
		const isSettled = state.status !== 'in_progress' && state.status === previous;
		previous = state.status;
		return isSettled ? state : undefined;
	});
}
