import type { StoryTeller } from '../story.cts';
import { agent } from './agent.cts';
import { create } from './create.cts';
import { credential } from './credential.cts';
import { examples } from './examples.cts';
import { nightlySync } from './nightly-sync.cts';
import { quote } from './quote.cts';
import { search } from './search.cts';
import { statusChanged } from './status-changed.cts';

/** What somebody builds by hand who has only read the README, in chapters. Begins in an n8n without workflows. */
export function firstHour(tell: StoryTeller): void {
	credential(tell);
	search(tell);
	create(tell);
	quote(tell);
	statusChanged(tell);
	nightlySync(tell);
	agent(tell);
	examples(tell);
}
