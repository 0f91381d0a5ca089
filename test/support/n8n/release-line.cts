import type { SavedWorkflow } from './definitions.cts';
import type { RestSession } from './rest-session.cts';

/** What is different between the release lines of n8n. */
export interface ReleaseLine {
	/** The first numbers of the versions of Node.js that n8n runs on. */
	nodeMajors: number[];
	/** What npm installs in place of a package that n8n asks for. */
	overrides: Record<string, string>;
	/** The time and space that it takes to install n8n. */
	effort: string;
	environment: Record<string, string>;
	/** The request body with which n8n runs a workflow by hand. */
	runOf(workflow: SavedWorkflow): object;
	/** Asks for a workflow to be activated, and resolves when n8n answers. */
	requestActivation(session: RestSession, workflowId: string): Promise<void>;
	/** Resolves once n8n has said that the triggers of a workflow listen. */
	waitForActivation(session: RestSession, workflowId: string): Promise<void>;
	/** Deactivates a workflow, and resolves once n8n has said that its triggers are gone. */
	deactivate(session: RestSession, workflowId: string): Promise<void>;
}
