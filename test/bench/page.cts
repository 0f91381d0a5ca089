import { cpus } from 'node:os';
import { chosenVersion } from '../support/n8n/versions.cts';

/** `docs/performance.md` with the sections of one run. Each contest had up to `rounds` rounds at a latency of `latency` ms. */
export function page(sections: string[], rounds: number, latency: number): string {
	return `# Performance

Measured by \`npm run bench\` in a real n8n ${chosenVersion()}, unless the title says otherwise. n8n, the sandbox and the measuring
program shared ${cpus().length} cores.

- Each request takes ${latency} ms, as if the server were on the internet.
- The contestants of a table take turns, each table in its own n8n. They run once to warm up, then up to ${rounds} rounds.
- The time is that of the nodes alone, as n8n reports it. The CPU time is that of the whole n8n process until it has
  stored the execution.
- The benchmark checks the result of each turn: every record exists once and has the right values.
- The floor is a program that only sends the requests, at most 8 at a time. Its time and CPU time are its own. The node
  can be faster, because it sends more at once if the server answers them as fast.
- "Started again" is the same run once more, when nothing is left to write.

${sections.join('\n')}
## What the figures mean

- **Creates and upserts.** The node begins with 8 requests at a time and finds out whether the server answers more of
  them equally fast. On a machine with other work, it needs longer to be sure. The option Parallel Requests sets a fixed
  number. HTTP Request has no limit: it sends as fast as n8n's CPU allows, and needs several times the CPU time for each
  request. If it works in batches, it waits a fixed time instead of waiting for the answers.
- **Upserts of unchanged records.** The node reads the module once, in pages and with the necessary fields only, and
  writes what differs. For a few records of many, it looks up each one.
- **A 1CRM with little room.** This 1CRM works on 6 requests at full pace, so more of them at once take longer, but not less
  time in total. No request is refused, although any above 12 would be.
- **Sales order.** The node reads the fields of the module and its lines, looks up the tax code, calculates every amount,
  writes the document, and compares its total with 1CRM's. The HTTP Request nodes only write what was calculated before,
  and leave half a document behind if one of them fails.
- **Memory.** n8n needs memory to run the workflow and store its execution, and more memory to show the execution in the
  editor. HTTP Request returns an item for each page. Split Out, like the node, returns an item for each record.
- **CPU time of a create.** Beyond a bare loop, the node checks the fields of the module, writes them in 1CRM's form,
  checks the answer, repeats failed requests, limits the time and explains failures.
- **Events.** The time is that from the first delivery to the end of the last execution.
  - n8n 2 creates two V8 isolates for each event: one for the webhook, and one for the expressions of the execution. That
    takes more time than everything else. Only n8n's own Webhook node does without the first one.
  - With \`N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true\`, n8n creates an isolate only if there is an expression to evaluate.
    The trigger then takes about as long as the Webhook node, or up to half as long again on a busy machine: it also reads
    its credential for each event, to refuse one from another server. In n8n 1, which has no isolates, both are equally fast. Triggers whose node version is 1
    stay slow, because n8n evaluates an expression for each of their events.
  - Including the changes takes another request, which reads the audit log.
  - Reading the record back takes one request. Without isolates, it costs less than an HTTP Request node behind a Webhook
    node.
`;
}
