import { selectors } from 'playwright-core';

import { INSTALLATION_LIMIT } from '../../support/n8n/installation.cts';
import { OWNER, startStage } from '../../support/n8n/stage.cts';
import { requireNewestLine } from '../../support/n8n/versions.cts';
import { startChromium } from './chromium.cts';
import { Editor } from './editor.cts';
import { firstHour } from './first-hour/first-hour.cts';
import { removePictures, VIEWPORT } from './pictures.cts';
import { fields } from './stories/fields.cts';
import { findingNodes } from './stories/finding-nodes.cts';
import { records } from './stories/records.cts';
import { searching } from './stories/searching.cts';
import { trigger } from './stories/trigger.cts';
import { type Scene, storyTeller } from './story.cts';
import { reportToStderr } from '../report-to-stderr.cts';

const WAIT_LIMIT = 30_000;

const endings: Array<() => Promise<void>> = [];
let scene: Scene;

beforeAll(async () => {
	requireNewestLine('The tests of the editor');
	await removePictures();
	const chromium = await startChromium();
	endings.push(async () => await chromium.close());
	const stage = await startStage({ report: reportToStderr });
	endings.push(async () => await stage.stop());

	selectors.setTestIdAttribute('data-test-id');
	const browser = await chromium.newContext({ viewport: VIEWPORT, locale: 'en-US' });
	browser.setDefaultTimeout(WAIT_LIMIT);
	const page = await browser.newPage();
	await new Editor(page, stage.server.url).signIn(OWNER);
	await page.close();
	scene = { stage, browser };
}, INSTALLATION_LIMIT);

afterAll(async () => {
	for (const end of endings.reverse()) await end();
});

const tell = storyTeller(() => scene);

describe('a first hour', () => firstHour(tell));
describe('finding the nodes', () => findingNodes(tell));
describe('the fields of a record', () => fields(tell));
describe('choosing a record', () => records(tell));
describe('searching', () => searching(tell));
describe('the trigger', () => trigger(tell));
