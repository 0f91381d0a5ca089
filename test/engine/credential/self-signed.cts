import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';

/** Created for these tests only, for localhost and 127.0.0.1. Nobody trusts it. */
const certificate = `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUJbhDtpA7FGp7ZL01iiomc6jadXAwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzIxMzYwN1oYDzIxMjYxMDMw
MjEzNjA3WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATHR2/wkZ/Y4YWqeOtd6AQ1SPpgs5h8Kkyirp6TcWo2uSy8FNV6FWc7
ie8H5gr6DfrXNN2ldWOmTnaVktkKkM1Uo28wbTAdBgNVHQ4EFgQU2dlZV+R2+7kK
l2sBjtnx6VBCHVwwHwYDVR0jBBgwFoAU2dlZV+R2+7kKl2sBjtnx6VBCHVwwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIhAIbo3YvoVzmevEiJz5KWHTq0I6K78hmqyZsY8JEpVvIiAiBH
BbUyRsSNmhij9w1jzElA9MSo1JFiYXY5Pd9bYGyCEw==
-----END CERTIFICATE-----`;

const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgEE/0+y+0/a/G9aaK
p4Y+K9bZOO7tb/BNZNVLxgOOqx+hRANCAATHR2/wkZ/Y4YWqeOtd6AQ1SPpgs5h8
Kkyirp6TcWo2uSy8FNV6FWc7ie8H5gr6DfrXNN2ldWOmTnaVktkKkM1U
-----END PRIVATE KEY-----`;

/** Puts https with a self-signed certificate before a server on this computer that speaks http. */
export async function startHttpsBefore(httpPort: number) {
	const server = createServer({ cert: certificate, key }, (socket) => {
		const behind = connect(httpPort, '127.0.0.1');
		socket.pipe(behind).pipe(socket);
		for (const end of [socket, behind]) {
			end.on('error', () => {
				socket.destroy();
				behind.destroy();
			});
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		port,
		stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
	};
}
