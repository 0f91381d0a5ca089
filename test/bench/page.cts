import { cpus } from 'node:os';
import { chosenVersion } from '../support/n8n/versions.cts';

/** `docs/performance.md` with the sections of one run, of which each contest had up to `rounds` rounds at `latency`. */
export function page(sections: string[], rounds: number, latency: number): string {
	return `# Performance

Measured by \`npm run bench\` in a real n8n ${chosenVersion()}, unless said otherwise, on ${cpus().length} cores, which n8n, the
sandbox and the measuring shared. Each request takes ${latency} ms, as if the server were on the internet. The
contestants of a table take turns in an n8n of their own, in up to ${rounds} rounds after one to warm up. The time is
that of the nodes alone, as n8n gives it; the CPU time is that of the whole n8n process, until it has stored the
execution. Each turn is checked: every record once, in the state it has to have. The floor is a program that only
sends the requests, with the time and the CPU time of its own.

${sections.join('\n')}
## Why it is so

- **Creates and upserts.** The node keeps 8 requests under way, so that a server with other users stays usable;
  the option Parallel Requests changes that. A thousand requests of ${latency} ms take at least
  ${(1000 / 8) * latency} ms then. HTTP Request has no such limit: it sends as fast as n8n's processor allows, and takes a
  multiple of the processor time for each. Its batches wait a fixed time, not for their answers.
- **Memory.** What n8n needs to run the workflow and store its execution, and what more to show it, as when the
  execution is opened in the editor. HTTP Request gives an item for each page, Split Out one for each record, as the
  node does.
- **CPU time of a create.** What the node adds to a bare loop: the fields of the module checked and written in 1CRM's
  form, the answer checked, retries, time limits and the words of failures.
- **Events.** The time is that from the first delivery to the end of the last execution. n8n 2 makes an isolate of V8
  for the expressions of each execution and before that one for its webhook, which takes more time than all the rest,
  and spares its own Webhook node alone the latter. No other trigger can do without it. With
  \`N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true\` n8n makes one only where there is an expression to evaluate: then the
  trigger keeps up with the Webhook node, as in n8n 1, which has no isolates, and triggers whose version is 1 stay
  slow, because n8n evaluates an expression for each of their events. To read the record back takes a request, and
  less than the HTTP Request node behind a Webhook node where no isolates are made.
`;
}
