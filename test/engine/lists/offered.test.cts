import type { INodePropertyOptions } from 'n8n-workflow';

import { KNOWN_LINKS } from '../../../nodes/OneCrm/crm/links';
import { ACTIVITY_TYPES } from '../../../nodes/OneCrm/crm/activity';
import { FILE_MODULES } from '../../../nodes/OneCrm/crm/file/info';
import { resources } from '../../../nodes/OneCrm/actions';
import { MODULES } from '../../sandbox/modules/modules.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { hintsOf } from '../hints.cts';

/**
 * What the node offers, each tried with the sandbox. The lists come from the node itself, so that a module or link that
 * is added to it is tried, too.
 */
const { sandbox, engine } = engineWithSandbox();

const MODELS = MODULES.map(({ model }) => model);
const LISTED = MODULES.filter(({ isPart }) => !isPart).map(({ model }) => model);

/** Every link that the node offers, with its module and that of the records behind it. */
const LINKS = Object.entries(KNOWN_LINKS).flatMap(([module, links]) =>
	links.map(({ name, target }): [string, string, string] => [module, name, target]),
);

/** A record with nothing but a name. */
function insert(model: string): string {
	const { fields } = MODULES.find((definition) => definition.model === model)!;
	const names = ['name', 'last_name', 'document_name'].filter((name) => name in fields);
	return sandbox.insert(model, Object.fromEntries(names.map((name) => [name, 'Offered'])));
}

const choicesOf = (resource: keyof typeof resources, property: string): string[] => {
	const { properties } = resources[resource].operations.getAll;
	const { options } = properties.find(({ name }) => name === property)!;
	return (options as INodePropertyOptions[]).map(({ value }) => String(value));
};

it('lists the modules that the sandbox has', async () => {
	const { results } = await engine.listSearch('searchModules', {});
	expect(results.map(({ value }) => value).sort()).toEqual([...LISTED].sort());
});

describe.each(LISTED)('the module %s', (module) => {
	it('answers: its fields, the records to choose from, a search', async () => {
		const id = insert(module);
		const parameters = { module, operation: 'search', resource: 'record', returnAll: true };
		expect((await engine.mapperFields('getUpsertFields', parameters)).fields).not.toEqual([]);
		const path = 'parameters.recordId';
		const { results } = await engine.listSearch('searchRecords', parameters, { path });
		expect(results).not.toEqual([]);
		const options = { includeClosed: true };
		const records = await engine.items({ ...parameters, options });
		expect(records.map((record) => record.id)).toContain(id);
	});

	it('has references to modules of the sandbox only', async () => {
		const fields = await engine.items({
			...{ resource: 'field', operation: 'getAll', module, returnAll: true },
		});
		const targets = fields
			.map(({ targetModule }) => targetModule)
			.filter((target) => target !== null);
		expect(targets.filter((target) => !MODELS.includes(String(target)))).toEqual([]);
	});
});

it.each(LINKS)('the link of %s to %s answers, takes a record and lets it go', async (...link) => {
	const [module, name, target] = link;
	const shown = await engine.listSearch('searchLinks', { module }, { path: 'parameters.link' });
	expect(shown.results.map(({ value }) => value)).toContain(name);
	const id = insert(module);
	const relatedId = insert(target);
	const related = { resource: 'relatedRecord', module, recordId: id, link: name };
	const list = async () =>
		(await engine.items({ ...related, operation: 'getAll', returnAll: true })).map(
			(record) => record.id,
		);
	expect(await list()).toEqual([]);
	await engine.items({ ...related, operation: 'add', relatedIds: [relatedId] });
	expect(await list()).toEqual([relatedId]);
	await engine.items({ ...related, operation: 'remove', relatedIds: [relatedId] });
	expect(await list()).toEqual([]);
});

it('the products of an assembly have quantities', async () => {
	const assembly = insert('Assembly');
	const product = insert('Product');
	await engine.items({
		resource: 'relatedRecord',
		operation: 'add',
		module: 'Assembly',
		recordId: assembly,
		link: 'products',
		relatedIds: [product],
		relationFields: { fields: [{ name: 'quantity', value: '2' }] },
	});
	expect(sandbox.linked('Assembly', assembly, 'products').get(product)).toEqual({ quantity: '2' });
});

describe.each(ACTIVITY_TYPES)('an activity of the type %s', (type) => {
	// Those whose list in 1CRM has all types.
	const owners = ['Account', 'Contact', 'Lead', 'Opportunity', 'aCase', 'Bug', 'Project'];

	it.each(owners)('on a record of %s is in its history', async (module) => {
		const recordId = insert(module);
		const own = { resource: 'activity', module, recordId };
		const [{ id }] = await engine.items({
			...{ ...own, operation: 'create', type, subject: 'Offered' },
			...(type !== 'note' && { start: '2026-07-14T09:30:00Z' }),
		});
		const history = { ...own, operation: 'getAll', returnAll: true };
		expect(await engine.items(history)).toMatchObject([{ id, type }]);
		expect(await hintsOf(engine, history, [{}])).toEqual([]);
	});
});

it.each(['call', 'meeting'])('a contact and a user take part in a %s', async (type) => {
	const contact = insert('Contact');
	const [{ participants }] = await engine.items({
		...{
			resource: 'activity',
			operation: 'create',
			module: 'Account',
			recordId: insert('Account'),
		},
		...{ type, subject: 'Offered', start: '2026-07-14T09:30:00Z', participants: [contact, '1'] },
	});
	expect(participants).toEqual([contact, '1']);
});

it.each(choicesOf('calendarEvent', 'types'))('the calendar has events of %s', async (type) => {
	const day = type === 'ProjectTask' ? '2026-07-14' : '2026-07-14 09:30:00';
	const id = sandbox.insert(type, { name: 'Offered', date_start: day, date_due: day });
	const period = { start: '2026-07-14', end: '2026-07-14' };
	const events = await engine.items({
		...{ resource: 'calendarEvent', operation: 'getAll', ...period, types: [type] },
	});
	expect(events.map((event) => event.id)).toContain(id);
});

it('the modules with files are modules of the sandbox', async () => {
	const { results } = await engine.listSearch('searchFileModules', {});
	expect(results.map(({ value }) => value)).toEqual([...FILE_MODULES]);
	expect(FILE_MODULES.filter((module) => !LISTED.includes(module))).toEqual([]);
});
