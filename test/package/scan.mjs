// n8n's own scanner on what would be published: the sources as in the repository, and the build.
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

const folder = new URL('../..', import.meta.url).pathname;
const legs = { source: SOURCE_FILE_PATTERNS, dist: ['dist/**/*.js', 'package.json'] };

for (const [name, patterns] of Object.entries(legs)) {
	const { passed, message, details } = await analyzePackage(folder, patterns);
	console.log(`scan of ${name}: ${passed ? 'clean' : message}`);
	if (details) console.log(details);
	if (!passed) process.exitCode = 1;
}
