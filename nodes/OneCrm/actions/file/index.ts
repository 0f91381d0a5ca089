import type { Resource } from '../operation';
import { download } from './download.operation';
import { getInfo } from './getInfo.operation';
import { upload } from './upload.operation';

export const file: Resource = {
	name: 'File',
	initial: 'upload',
	operations: { download, getInfo, upload },
};
