import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INode } from 'n8n-workflow';

import { customFields } from '../../sandbox/modules/custom-fields.cts';
import {
	saysVersion2,
	STICKY_NOTE,
	type WorkflowDefinition,
} from '../../support/n8n/definitions.cts';

const PROJECT = join(__dirname, '..', '..', '..');
const DATA_TABLE = 'n8n-nodes-base.dataTable';
const SEND_EMAIL = 'n8n-nodes-base.emailSend';
const REMOVE_DUPLICATES = 'n8n-nodes-base.removeDuplicates';
const ONE_CRM_TRIGGER = 'n8n-nodes-1crm.oneCrmTrigger';
/** They represent fields that a customer has added, so no other 1CRM has them. */
const SANDBOX_FIELDS = Object.keys(customFields(false));
/** How wide and high n8n draws a node. */
const NODE_SIZE = 96;
/** From the left of one node to the left of the next, so that names below them have room. */
const LEAST_DISTANCE = 140;

const readText = (...path: string[]): string => readFileSync(join(PROJECT, ...path), 'utf8');
const files = readdirSync(join(PROJECT, 'examples'));

it('lists each example on the page of examples, and no other', () => {
	const page = readText('docs', 'examples.md');
	const listed = [...page.matchAll(/^\| \[[^\]]+\]\(\.\.\/examples\/([^)]+)\)/gm)];
	expect(listed.map(([, file]) => file).sort()).toEqual([...files].sort());
});

describe.each(files)('the example %s', (file) => {
	const text = readText('examples', file);
	const workflow = JSON.parse(text) as WorkflowDefinition & { active: boolean };
	const { nodes, connections } = workflow;
	const notes = nodes.filter(({ type }) => type === STICKY_NOTE);
	const steps = nodes.filter(({ type }) => type !== STICKY_NOTE);

	it('says on one sticky note what it does and what to set up first', () => {
		expect(notes).toHaveLength(1);
		const title = workflow.name.replace('1CRM: ', '');
		const [heading, , purpose] = String(notes[0].parameters.content).split('\n');
		expect(heading.toLowerCase()).toBe(`## ${title.toLowerCase()}`);
		expect(purpose.length).toBeGreaterThan(40);
		expect(notes[0].parameters.content).toContain('**Set up first:**');
	});

	it('has a name, IDs and credentials that stand for themselves, and nothing of a machine', () => {
		expect(workflow.name).toMatch(/^1CRM: \S/);
		expect(workflow.active).toBe(false);
		expect(Object.keys(workflow).sort()).toEqual(
			['active', 'connections', 'name', 'nodes', 'settings'].sort(),
		);
		expect(text).not.toMatch(/localhost|127\.0\.0\.1|::1|"pinData"|"instanceId"|password|apiKey/i);
		for (const { credentials = {} } of nodes) {
			for (const { id } of Object.values(credentials)) expect(id).toMatch(/^\d$/);
		}
	});

	it('says if it needs n8n 2, which has another name for attached files, and makes tables', () => {
		const needsVersion2 = steps.some(
			({ type, parameters }) =>
				type === DATA_TABLE ||
				(type === SEND_EMAIL && 'fileAttachments' in Object(parameters.options)),
		);
		expect(saysVersion2(workflow)).toBe(needsVersion2);
	});

	it('knows no field that only the sandbox has', () => {
		expect(SANDBOX_FIELDS.filter((name) => text.includes(name))).toEqual([]);
	});

	it('does nothing twice for an event that 1CRM delivers twice', () => {
		const removesRepeats = steps.some(({ type }) => type === REMOVE_DUPLICATES);
		for (const { type, parameters } of steps) {
			if (type !== ONE_CRM_TRIGGER || removesRepeats) continue;
			expect(parameters.options).toMatchObject({ ignoreRepeats: true });
		}
	});

	it('names each node once and connects what there is', () => {
		const names = nodes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
		const ends = Object.values(connections).flatMap((kinds) =>
			Object.values(kinds).flatMap((outputs) =>
				outputs.flatMap((targets) => (targets ?? []).map(({ node }) => node)),
			),
		);
		const connected = new Set([...Object.keys(connections), ...ends]);
		expect([...connected].sort()).toEqual(steps.map(({ name }) => name).sort());
	});

	it('leaves room between the nodes, and the note above them', () => {
		for (const [index, one] of steps.entries()) {
			for (const other of steps.slice(index + 1)) {
				const [across, down] = distance(one, other);
				expect(across >= LEAST_DISTANCE || down >= LEAST_DISTANCE).toBe(true);
			}
		}
		const [{ parameters, position }] = notes;
		const bottom = position[1] + Number(parameters.height);
		expect(Math.min(...steps.map((step) => step.position[1]))).toBeGreaterThan(bottom);
		expect(Number(parameters.width)).toBeGreaterThan(NODE_SIZE);
	});
});

function distance(one: INode, other: INode): [number, number] {
	return [
		Math.abs(one.position[0] - other.position[0]),
		Math.abs(one.position[1] - other.position[1]),
	];
}
