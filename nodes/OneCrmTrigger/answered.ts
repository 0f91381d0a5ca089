import type { IWebhookFunctions } from 'n8n-workflow';

/** Whether the answer of n8n, which comes when it has stored the execution, is a success. */
export async function answered(context: IWebhookFunctions): Promise<boolean> {
	const response = context.getResponseObject();
	if (response.closed) return true;
	return await new Promise((resolve) => {
		response.once('finish', () => resolve(response.statusCode < 500));
		// Whoever delivered has hung up; n8n still stores what it has taken.
		response.once('close', () => resolve(true));
	});
}
