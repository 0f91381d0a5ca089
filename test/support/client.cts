import axios, { type AxiosInstance } from 'axios';
import type { Sandbox } from '../sandbox/sandbox.cts';

/** A client of the API that accepts any status as an answer and doesn't follow redirects. */
export function clientOf(sandbox: Sandbox, username = sandbox.username): AxiosInstance {
	return axios.create({
		baseURL: `${sandbox.url}/api.php`,
		auth: { username, password: sandbox.password },
		maxRedirects: 0,
		proxy: false,
		validateStatus: () => true,
	});
}

/** A client without Basic, for a token or for nothing. */
export function bareClientOf(sandbox: Sandbox, token?: string): AxiosInstance {
	return axios.create({
		baseURL: `${sandbox.url}/api.php`,
		headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
		maxRedirects: 0,
		proxy: false,
		validateStatus: () => true,
	});
}

/** A client for the records of a module. Unlike the others it throws if 1CRM refuses. */
export function recordsClient(sandbox: Sandbox, model: string): AxiosInstance {
	return axios.create({
		baseURL: `${sandbox.url}/api.php/data/${model}`,
		auth: { username: sandbox.username, password: sandbox.password },
		proxy: false,
	});
}
