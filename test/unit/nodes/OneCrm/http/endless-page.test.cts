import { answerFailure } from '../../../../../nodes/OneCrm/http/failure';

/** What a regular expression that looks for the end of each mark would need minutes for. */
const ENDLESS = ['<!--', '<script>', '<head', '<', '<a ', '</', '<style></', '&lt;<p', ' \n<'];

it.each(ENDLESS)('a megabyte of %j takes no time worth measuring', (mark) => {
	const page = mark.repeat(Math.ceil(1_000_000 / mark.length));
	const times = [1, 2, 3].map(() => {
		const began = process.cpuUsage();
		expect(answerFailure(500, page).message).toBe('1CRM answered with status 500');
		return process.cpuUsage(began).user;
	});
	// In microseconds. A quadratic search needs minutes, a linear one milliseconds: a second lies far from both.
	// The least of three, since collecting the garbage of other tests counts, too.
	expect(Math.min(...times)).toBeLessThan(1_000_000);
});
