import 'reflect-metadata';
import { PackageDirectoryLoader } from 'n8n-core';
import type { ICredentialType, INodeType, INodeTypes, IVersionedNodeType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

const PACKAGE_NAME = 'n8n-nodes-1crm';
/** Not found by `__dirname`: programs of the tests are run as one file, which is elsewhere. npm runs scripts here. */
const PACKAGE_FOLDER = process.cwd();

export const ACTION_NODE = `${PACKAGE_NAME}.oneCrm`;
export const TRIGGER_NODE = `${PACKAGE_NAME}.oneCrmTrigger`;
export const CREDENTIAL_TYPE = 'oneCrmApi';

export const MANUAL_TRIGGER = 'n8n-nodes-base.manualTrigger';

/** n8n's own nodes that tests and examples use. */
const OTHER_NODES = [MANUAL_TRIGGER, 'n8n-nodes-base.removeDuplicates'];

/** Whether the engine can run a node of this type: a node of this package, or one with a stand-in. */
export function isInEngine(type: string): boolean {
	return type.startsWith(`${PACKAGE_NAME}.`) || OTHER_NODES.includes(type);
}

/**
 * A stand-in for n8n's own nodes, which aren't part of the engine: it passes its input or its pinned items
 * on.
 */
const standIn: INodeType = {
	description: {
		displayName: 'Stand-In',
		name: 'standIn',
		group: ['trigger'],
		version: 1,
		description: '',
		defaults: {},
		inputs: [],
		outputs: ['main'],
		properties: [],
	},
	async execute() {
		return [this.getInputData()];
	},
};

export interface BuiltPackage {
	nodeTypes: INodeTypes;
	credentialType: ICredentialType;
}

let loaded: Promise<BuiltPackage> | undefined;

/** The built package (`dist`), loaded by n8n's own loader as a real n8n does it. */
export function builtPackage(): Promise<BuiltPackage> {
	loaded ??= load();
	return loaded;
}

async function load(): Promise<BuiltPackage> {
	const loader = new PackageDirectoryLoader(PACKAGE_FOLDER);
	await loader.loadAll();
	const types = new Map<string, INodeType | IVersionedNodeType>(
		OTHER_NODES.map((name) => [name, standIn]),
	);
	for (const [name, { type }] of Object.entries(loader.nodeTypes)) {
		types.set(`${PACKAGE_NAME}.${name}`, type);
	}
	const find = (name: string): INodeType | IVersionedNodeType => {
		const type = types.get(name);
		if (type === undefined) throw new Error(`The engine has no node of the type ${name}`);
		return type;
	};
	return {
		nodeTypes: {
			getByName: find,
			getByNameAndVersion: (name, version) => NodeHelpers.getVersionedNodeType(find(name), version),
			getKnownTypes: () => ({}),
		},
		credentialType: loader.credentialTypes[CREDENTIAL_TYPE].type,
	};
}
