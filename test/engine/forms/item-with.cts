import type { GenericValue, INodeExecutionData } from 'n8n-workflow';

/** One item, whose field `value` holds this. */
export const itemWith = (value: GenericValue): INodeExecutionData[] => [{ json: { value } }];
