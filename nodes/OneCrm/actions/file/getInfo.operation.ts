import { fetchFileInfo } from '../../crm/file/info';
import { fileModuleLocator, recordLocator } from '../../item/locators';
import { optionsCollection } from '../../item/options';
import { jsonItems } from '../../item/output';
import type { Operation } from '../operation';
import { readFileOwner } from './owner';

export const getInfo: Operation = {
	option: {
		name: 'Get Info',
		action: 'Get information about a file',
		description: 'Get the name, type and size of the file of a note or document',
	},
	properties: [fileModuleLocator, recordLocator, optionsCollection()],
	async execute(item) {
		return jsonItems([await fetchFileInfo(item.crm, readFileOwner(item))]);
	},
};
