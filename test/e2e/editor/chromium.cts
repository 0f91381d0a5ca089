import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

import { type Browser, chromium } from 'playwright-core';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome'];

/** Starts a browser without a window, with an empty profile, that reaches the loopback interface only. */
export async function startChromium(): Promise<Browser> {
	return await chromium.launch({
		executablePath: findChromium(),
		args: [
			'--no-sandbox',
			'--disable-background-networking',
			'--no-proxy-server',
			'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
		],
	});
}

/** The browser of the machine. If there is none, throws an error that says how to install one. */
function findChromium(): string {
	const { CHROMIUM, PATH = '' } = process.env;
	const candidates = PROGRAMS.flatMap((program) =>
		PATH.split(delimiter).map((folder) => join(folder, program)),
	);
	const found = [...(CHROMIUM ? [CHROMIUM] : []), ...candidates].find(isProgram);
	if (found) return found;
	throw new Error(
		'The tests of the editor need Chromium. Install it ("apt-get install chromium" on Debian and Ubuntu), or set CHROMIUM to the path of a Chromium or Chrome',
	);
}

function isProgram(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
