import { answerFailure } from '../../../../../nodes/OneCrm/http/failure';

/** What a regular expression that looks for the end of each mark would need minutes for. */
const ENDLESS = ['<!--', '<script>', '<head', '<', '<a ', '</', '<style></', '&lt;<p', ' \n<'];

it.each(ENDLESS)('a megabyte of %j takes no time worth measuring', (mark) => {
	const page = mark.repeat(Math.ceil(1_000_000 / mark.length));
	const began = process.cpuUsage();
	const failure = answerFailure(500, page);
	const { user } = process.cpuUsage(began);
	expect(failure.message).toBe('1CRM answered with status 500');
	// In microseconds. A quadratic search needs minutes, a linear one milliseconds: a second lies far from both.
	expect(user).toBeLessThan(1_000_000);
});
