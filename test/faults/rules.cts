import { LOGIN_HEADER } from '../support/engine/secrets.cts';
import type { Outcome } from './outcome.cts';

/** Technical terms that don't help a user. */
const MACHINERY =
	/\b(E[A-Z]{4,}|HPE_\w+|ERR_\w+)\b|axios|socket|status code|undefined|\[object|node_modules/;

/** How an error says that something was done, or may have been. */
const TELLS_OF_WORK = /may have applied|was created|was updated|was uploaded|was unlinked/;

const MAY_BE_DONE = /may have applied/;

/** What no fault may cause, each with a function that detects it. */
const RULES: Record<string, (outcome: Outcome) => boolean> = {
	'hangs longer than all time-outs together': ({ hangs }) => hangs,
	'leaves something twice, or something that nobody asked for': ({ held }) => held === 'too much',
	'reports a success that is none': (outcome) =>
		!isFailure(outcome) && !handsOn(outcome) && !isDone(outcome),
	'hides what the server says': (outcome) => {
		const { said } = outcome.fault;
		const mustTell = said !== undefined && (isFailure(outcome) || handsOn(outcome));
		return mustTell && !(isFailure(outcome) ? words(outcome) : outcome.text).includes(said);
	},
	'hides that something was done': (outcome) =>
		isFailure(outcome) && isWorkLeft(outcome) && !TELLS_OF_WORK.test(words(outcome)),
	'leaves a record that it does not name': (outcome) =>
		isFailure(outcome) && outcome.unnamed.length > 0 && !MAY_BE_DONE.test(words(outcome)),
	'warns of a change that reading cannot make': (outcome) =>
		!outcome.isChange && MAY_BE_DONE.test(words(outcome)),
	'speaks of its machinery': (outcome) => isFailure(outcome) && MACHINERY.test(words(outcome)),
	'says nothing': (outcome) => isFailure(outcome) && outcome.error?.message.trim() === '',
	'tells a secret': ({ text, secrets }) =>
		LOGIN_HEADER.test(text) || secrets.some((secret) => text.includes(secret)),
};

/** The rules that an outcome breaks, in words. */
export function brokenRules(outcome: Outcome): string[] {
	return Object.entries(RULES)
		.filter(([, isBroken]) => isBroken(outcome))
		.map(([rule]) => rule);
}

const isFailure = ({ error }: Outcome): boolean => error !== undefined;

const words = ({ error }: Outcome): string => `${error?.message} ${error?.description}`;

const isWorkLeft = ({ isChange, held }: Outcome): boolean => isChange && held !== 'unchanged';

const isDone = ({ isWhole, isChange, held }: Outcome): boolean =>
	isWhole && held === (isChange ? 'done' : 'unchanged');

/** A raw call returns the answer to the workflow, which can check for itself what it says. */
const handsOn = ({ operation, fault }: Outcome): boolean =>
	operation.isRaw === true && fault.isSuccess === true;
