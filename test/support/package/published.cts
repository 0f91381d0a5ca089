import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ICredentialType, INodeProperties, INodeType } from 'n8n-workflow';

export const PACKAGE_FOLDER = join(__dirname, '..', '..', '..');

interface Manifest {
	name: string;
	files: string[];
	dependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
	bundledDependencies?: string[];
	peerDependencies: Record<string, string>;
	keywords: string[];
	license: string;
	homepage: string;
	scripts: Record<string, string>;
	n8n: { n8nNodesApiVersion: number; strict: boolean; credentials: string[]; nodes: string[] };
}

export function readJson<Content>(path: string): Content {
	return JSON.parse(readFileSync(join(PACKAGE_FOLDER, path), 'utf8')) as Content;
}

export const manifest = readJson<Manifest>('package.json');

/** The class in a built file, named as n8n expects it: by the file. */
function instanceFrom<Type>(path: string): Type {
	const exported = require(join(PACKAGE_FOLDER, path)) as Record<string, new () => Type>;
	return new exported[basename(path).split('.')[0]]();
}

interface PublishedNode {
	/** Of the built file, relative to the package. */
	path: string;
	type: INodeType;
}

/** The nodes that `package.json` lists, as built. */
export function publishedNodes(): PublishedNode[] {
	return manifest.n8n.nodes.map((path) => ({ path, type: instanceFrom<INodeType>(path) }));
}

export function publishedNode(name: string): INodeType {
	const node = publishedNodes().find(({ type }) => type.description.name === name);
	if (!node) throw new Error(`The package has no node ${name}`);
	return node.type;
}

/** The credential that `package.json` lists, as built. */
export function publishedCredential(): ICredentialType {
	return instanceFrom<ICredentialType>(manifest.n8n.credentials[0]);
}

/** Every parameter at any depth, those inside of collections too. */
export function allProperties(properties: INodeProperties[]): INodeProperties[] {
	return properties.flatMap((property) => [property, ...allProperties(innerProperties(property))]);
}

/** The parameters inside a collection. */
export function innerProperties({ options = [] }: INodeProperties): INodeProperties[] {
	return options.flatMap((option) => {
		if ('values' in option) return option.values;
		return 'type' in option ? [option] : [];
	});
}
