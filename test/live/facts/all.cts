import type { Fact } from '../fact.cts';
import { answerFacts } from './answers.cts';
import { deliveryFacts } from './deliveries.cts';
import { duplicateFacts } from './duplicates.cts';
import { fileFacts } from './files.cts';
import { filterFacts } from './filters.cts';
import { listFacts } from './lists.cts';
import { loginFacts } from './login.cts';
import { metadataFacts } from './metadata.cts';
import { recordFacts } from './records.cts';
import { refusalFacts } from './refusals.cts';
import { salesFacts } from './sales.cts';
import { valueFacts } from './values.cts';
import { webhookFacts } from './webhooks.cts';

/** In the order in which they are asked and printed. */
export const FACTS: Fact[] = [
	...loginFacts,
	...refusalFacts,
	...answerFacts,
	...metadataFacts,
	...listFacts,
	...filterFacts,
	...recordFacts,
	...duplicateFacts,
	...valueFacts,
	...salesFacts,
	...fileFacts,
	...webhookFacts,
	...deliveryFacts,
];
