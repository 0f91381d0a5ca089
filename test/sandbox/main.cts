import { startSandbox } from './sandbox.cts';

const DEFAULT_PORT = 8484;

function portOf(args: string[]): number {
	const index = args.indexOf('--port');
	const given = index >= 0 ? args[index + 1] : process.env.SANDBOX_PORT;
	return given === undefined ? DEFAULT_PORT : Number(given);
}

async function main(): Promise<void> {
	const sandbox = await startSandbox({ port: portOf(process.argv.slice(2)) });
	console.log(`The sandbox is running. It is a stand-in for a 1CRM server, not 1CRM itself. It forgets
everything when it stops.

  Domain         http://${sandbox.domain}
  User           ${sandbox.username} / ${sandbox.password} (administrator), sales / ${sandbox.password}
  Client ID      ${sandbox.clientId}
  Client secret  ${sandbox.clientSecret}

  curl -u ${sandbox.username}:${sandbox.password} '${sandbox.url}/api.php/data/Contact?limit=3'

Stop it with Ctrl+C.`);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.stop());
	}
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
