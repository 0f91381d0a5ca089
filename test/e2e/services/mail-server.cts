import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

import type { CredentialDefinition } from '../../support/n8n/definitions.cts';

/** A mail server on loopback that stores what it receives and forwards nothing. */
export interface MailServer {
	readonly mails: readonly Email[];
	/** What n8n needs to send mail by it. */
	readonly credential: CredentialDefinition;
	stop(): Promise<void>;
}

const HOST = '127.0.0.1';

/** Starts one on a free port. */
export async function startMailServer(): Promise<MailServer> {
	const mails: Email[] = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS', 'AUTH'],
		onData(stream, _session, done) {
			readAll(stream)
				.then(async (content) => mails.push(await PostalMime.parse(content)))
				.then(() => done(), done);
		},
	});
	server.listen(0, HOST);
	await once(server.server, 'listening');
	const { port } = server.server.address() as AddressInfo;
	return {
		mails,
		credential: {
			name: 'Mail sandbox',
			type: 'smtp',
			data: {
				host: HOST,
				port,
				secure: false,
				disableStartTls: true,
				user: '',
				password: '',
				hostName: '',
			},
		},
		async stop() {
			await new Promise<void>((resolve) => server.close(resolve));
		},
	};
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<Buffer> {
	const parts: Buffer[] = [];
	for await (const part of stream) parts.push(part);
	return Buffer.concat(parts);
}
