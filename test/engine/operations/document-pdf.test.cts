import type { Fault } from '../../sandbox/sandbox.cts';
import { engineWithSandbox } from '../engine-with-sandbox.cts';
import { skipPauses } from '../pauses.cts';
import { sentTo } from '../sent.cts';

const { sandbox, engine } = engineWithSandbox();

beforeAll(() => {
	sandbox.insert('Invoice', { id: 'invoice-1', name: 'Spring order' });
	sandbox.insert('Contact', { id: 'contact-1', last_name: 'Berg' });
});
beforeEach(() => {
	skipPauses();
});

const PRINTER = /^\/printer\//;
const printed = (module: string, recordId: string, options = {}, rest = {}) => ({
	resource: 'document',
	operation: 'getPdf',
	module,
	recordId,
	options,
	...rest,
});

it('puts out the print-out of a record as a PDF', async () => {
	const { items } = await engine.run(printed('Invoice', 'invoice-1'));
	const [{ json, binary, pairedItem }] = items;
	const content = Buffer.from(String(binary?.data.data), 'base64');
	expect(content.toString('latin1')).toMatch(/^%PDF-1\.4[^]*Invoice: Spring order[^]*%%EOF\n$/);
	expect(json).toEqual({
		module: 'Invoice',
		recordId: 'invoice-1',
		fileName: 'Invoice invoice-1.pdf',
		mimeType: 'application/pdf',
		fileSize: content.length,
	});
	expect(binary?.data).toMatchObject({
		fileName: 'Invoice invoice-1.pdf',
		mimeType: 'application/pdf',
	});
	expect(pairedItem).toEqual({ item: 0 });
	expect(sentTo(sandbox)).toEqual(['GET /printer/pdf/Invoice/invoice-1']);
});

it('puts out the personal data of a contact, in the field that the user names', async () => {
	const { items } = await engine.run(
		printed('Contact', 'contact-1', { personalData: true }, { outputBinaryField: 'pdf' }),
	);
	expect(items[0].binary?.pdf.fileName).toBe('Contact contact-1 personal data.pdf');
	expect(sentTo(sandbox)).toEqual(['GET /printer/pdf/personal/Contact/contact-1']);
});

it.each([
	['attachment; filename="Invoice 42.pdf"', 'Invoice 42.pdf'],
	["attachment; filename=x.pdf; filename*=UTF-8''Gr%C3%BC%C3%9Fe.pdf", 'Grüße.pdf'],
	['inline; filename="../../etc/passwd"', 'passwd.pdf'],
	['inline; filename="a\\"b.PDF"', 'a"b.PDF'],
	['inline', 'Invoice invoice-1.pdf'],
])('takes the name from the header %j', async (disposition, expected) => {
	const headers = { 'Content-Type': 'application/pdf', 'Content-Disposition': disposition };
	sandbox.failNext(
		{ kind: 'status', status: 200, headers, body: '%PDF-1.4 x %%EOF' },
		{ path: PRINTER },
	);
	const { items } = await engine.run(printed('Invoice', 'invoice-1'));
	expect(items[0].binary?.data.fileName).toBe(expected);
});

it.each([
	['Order 7', 'Order 7.pdf'],
	['../Order 7.pdf', 'Order 7.pdf'],
	[' ', 'Invoice invoice-1.pdf'],
])('names it %j as the user wants', async (fileName, expected) => {
	const { items } = await engine.run(printed('Invoice', 'invoice-1', { fileName }));
	expect(items[0].binary?.data.fileName).toBe(expected);
});

it('reads a PDF behind a notice that the server printed', async () => {
	const body = '\uFEFF\nNotice: x\n%PDF-1.4 x %%EOF';
	sandbox.failNext({ kind: 'status', status: 200, body }, { path: PRINTER });
	const { items } = await engine.run(printed('Invoice', 'invoice-1'));
	expect(items[0].binary?.data.mimeType).toBe('application/pdf');
});

it.each<[string, Fault, string]>([
	['a web page', { kind: 'html' }, "This address doesn't answer like a 1CRM API"],
	['nothing', { kind: 'notJson', body: '' }, "This address doesn't answer like a 1CRM API"],
	[
		'an error in JSON',
		{ kind: 'status', status: 200, body: { message: 'No template' } },
		'No template',
	],
	['errors in JSON', { kind: 'errorsIn200', message: 'No template' }, 'No template'],
	[
		'an error declared as a PDF',
		{
			kind: 'status',
			status: 200,
			headers: { 'Content-Type': 'application/pdf' },
			body: '{"message":"No template"}',
		},
		'No template',
	],
	['a refusal', { kind: 'status', status: 403, message: 'No access' }, 'No access'],
	[
		'a PDF that breaks off',
		{ kind: 'truncated' },
		'The connection was lost in the middle of the file',
	],
	[
		'a PDF whose end was never announced',
		{ kind: 'lengthTooShort' },
		'The connection was lost in the middle of the file',
	],
])('takes %s for no PDF', async (_what, fault, message) => {
	sandbox.failNext(fault, { path: PRINTER });
	const { items, error } = await engine.run(printed('Invoice', 'invoice-1'));
	expect(items).toEqual([]);
	expect(error?.message).toBe(message);
	expect(error?.context.itemIndex).toBe(0);
});

it('tries again when the server fails, and then passes on what it says', async () => {
	sandbox.failNext({ kind: 'status', status: 503, message: 'Busy' }, { path: PRINTER, times: 9 });
	const error = await engine.failure(printed('Invoice', 'invoice-1'));
	expect(error.message).toBe('Busy');
	expect(sentTo(sandbox)).toHaveLength(4);
});

it('prints the other records when one is not there', async () => {
	const { items } = await engine.run(printed('Invoice', '={{ $json.id }}'), {
		items: ['gone', 'invoice-1'].map((id) => ({ json: { id } })),
		continueOnFail: true,
	});
	expect(items.map(({ json }) => json.error ?? json.recordId)).toEqual([
		'Invoice "gone" was not found',
		'invoice-1',
	]);
});
