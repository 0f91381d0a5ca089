import { fetchFileInfo } from '../../crm/file/info';
import type { Item } from '../../item/item';
import { fileModuleLocator, recordLocator } from '../../item/locators';
import { optionsCollection } from '../../item/options';
import type { OutputItem } from '../../item/output';
import { jsonItems } from '../../item/output';
import type { Operation } from '../operation';
import { readFileOwner } from './owner';

async function execute(item: Item): Promise<OutputItem[]> {
	return jsonItems([await fetchFileInfo(item.crm, readFileOwner(item))]);
}

export const getInfo: Operation = {
	option: {
		name: 'Get Info',
		action: 'Get information on a file',
		description: 'Get name, type and size of the file of a note or document',
	},
	properties: [fileModuleLocator, recordLocator, optionsCollection()],
	execute,
};
