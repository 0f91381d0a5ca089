import type { IHookFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { readMetadata } from '../../../../nodes/OneCrm/crm/metadata';
import { checkChangeSettings } from '../../../../nodes/OneCrmTrigger/changeCheck';
import { type Answer, failed, StandIn } from '../OneCrm/crm/stand-in.cts';

const LOG = 'GET audit/Lead';
const LEAD = readMetadata({
	fields: { status: { type: 'enum', audited: true }, city: { type: 'varchar' } },
});

/** What is asked of 1CRM, and warned of, for a trigger with these options and this answer of the log. */
async function checked(options: object, log: Answer = { records: [] }, event = 'updated') {
	const warnings: string[] = [];
	const parameters: Record<string, unknown> = { event, options };
	const context = {
		getNode: () => ({ parameters }),
		getNodeParameter: (name: string, fallback: unknown) => parameters[name] ?? fallback,
		logger: { warn: (text: string) => warnings.push(text) },
	} as unknown as IHookFunctions;
	const { crm, sent } = new StandIn({ [LOG]: log }, { Lead: LEAD });
	await checkChangeSettings(context, crm, 'Lead');
	return { sent, warnings };
}

const ONLY_IF = { onlyIfChanged: ['status'] };
const INCLUDE = { includeChanges: true };

it('without an option about changes, nothing is asked', async () => {
	expect((await checked({})).sent).toEqual([]);
});

it.each([ONLY_IF, INCLUDE])('with %j, the log is tried with one entry', async (options) => {
	const { sent, warnings } = await checked(options);
	expect(sent).toEqual([{ method: 'GET', path: 'audit/Lead', query: { limit: 1 } }]);
	expect(warnings).toEqual([]);
});

it('new records have no field that changed', async () => {
	await expect(checked(ONLY_IF, undefined, 'created')).rejects.toThrow(
		"'Only If Changed' doesn't go with 'Record Created'",
	);
	expect((await checked(INCLUDE, undefined, 'created')).sent).toHaveLength(1);
});

it.each([
	['size', `'Only If Changed' contains "size", which Lead doesn't have`],
	['city', `'Only If Changed' contains "city", which the audit log of Lead doesn't cover`],
])('a field can only be waited for if the log covers it: %s', async (name, message) => {
	await expect(checked({ onlyIfChanged: [name] })).rejects.toThrow(message);
});

it.each([403, 405, 501])('a log that is refused with %d ends both options', async (status) => {
	for (const [options, name] of [
		[ONLY_IF, 'Only If Changed'],
		[INCLUDE, 'Include Changes'],
	] as const) {
		await expect(checked(options, failed(status))).rejects.toThrow(
			new UserError(
				`'${name}' needs the audit log of Lead, which this user can't read (Status ${status}). Choose another credential, or remove the option`,
			),
		);
	}
});

it('a module without a log ends the option that needs it', async () => {
	await expect(checked(ONLY_IF, failed(404))).rejects.toThrow("'Only If Changed' needs");
	expect((await checked(INCLUDE, failed(404))).warnings).toEqual([]);
});

it.each([ONLY_IF, INCLUDE])('a log that fails for now is only warned of: %j', async (options) => {
	expect((await checked(options, failed(500))).warnings).toEqual([
		'1CRM Trigger: the audit log could not be tried: Status 500',
	]);
});
