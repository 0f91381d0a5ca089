import type { Fact } from '../fact.cts';
import { answerFacts } from './answers.cts';
import { fileFacts } from './files.cts';
import { listFacts } from './lists.cts';
import { loginFacts } from './login.cts';
import { metadataFacts } from './metadata.cts';
import { recordFacts } from './records.cts';
import { webhookFacts } from './webhooks.cts';

/** In the order in which they are asked and printed. */
export const FACTS: Fact[] = [
	...loginFacts,
	...answerFacts,
	...metadataFacts,
	...listFacts,
	...recordFacts,
	...fileFacts,
	...webhookFacts,
];
