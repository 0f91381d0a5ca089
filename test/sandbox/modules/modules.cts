import { account } from './account.cts';
import { call, meeting, task } from './activities.cts';
import { assembly } from './assembly.cts';
import { bug } from './bug.cts';
import { acase } from './case.cts';
import { contact } from './contact.cts';
import type { ModuleDefinition } from './definition.cts';
import { bill, deliveryParts, shipping } from './delivery-documents.cts';
import { document, documentRevision, note } from './documents.cts';
import { kbArticle, kbCategory } from './knowledge-base.cts';
import { lead } from './lead.cts';
import { campaign, prospectList } from './marketing.cts';
import { minorModules } from './minor-modules.cts';
import { opportunity } from './opportunity.cts';
import { invoicesPayments, payment } from './payments.cts';
import { currencyModule, discount, shippingProvider, taxCode, taxRate } from './pricing.cts';
import { product } from './product.cts';
import { project } from './project.cts';
import { invoice, purchaseOrder, quote, salesOrder, salesParts } from './sales-documents.cts';
import { projectTask } from './project-task.cts';
import { report, reportRun } from './reports.cts';
import { resource } from './resource.cts';
import { user } from './user.cts';

/** The modules of the sandbox, in the order in which `/meta/modules` lists them. */
export const MODULES: readonly ModuleDefinition[] = [
	account,
	contact,
	lead,
	opportunity,
	acase,
	task,
	call,
	meeting,
	note,
	document,
	documentRevision,
	product,
	quote,
	salesOrder,
	invoice,
	purchaseOrder,
	bill,
	shipping,
	payment,
	currencyModule,
	taxCode,
	taxRate,
	discount,
	shippingProvider,
	project,
	user,
	...salesParts,
	...deliveryParts,
	invoicesPayments,
	projectTask,
	bug,
	assembly,
	resource,
	kbCategory,
	kbArticle,
	campaign,
	prospectList,
	...minorModules,
	report,
	reportRun,
];

/** Those that `/meta/modules` lists: parts of documents and link tables aren't among them. */
export const LISTED_MODULES = MODULES.filter(({ isPart }) => !isPart);
