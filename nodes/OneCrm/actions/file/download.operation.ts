import { downloadFile } from '../../crm/file/download';
import { fetchFileInfo } from '../../crm/file/info';
import { outputBinaryField, readOutputField, storeFile } from '../../item/files';
import { fileModuleLocator, recordLocator } from '../../item/locators';
import { optionsCollection } from '../../item/options';
import { fileItem } from '../../item/output';
import type { Operation } from '../operation';
import { readFileOwner } from './owner';

export const download: Operation = {
	option: {
		name: 'Download',
		action: 'Download a file',
		description: 'Download the file of a note or document. Large files are streamed.',
	},
	properties: [fileModuleLocator, recordLocator, outputBinaryField, optionsCollection()],
	async execute(item) {
		const owner = readFileOwner(item);
		const field = readOutputField(item);
		const info = await fetchFileInfo(item.crm, owner);
		const file = await downloadFile(
			item.crm,
			owner,
			info,
			async (stream, name, mimeType) => await storeFile(item, stream, name, mimeType),
		);
		return [fileItem(info, field, file)];
	},
};
