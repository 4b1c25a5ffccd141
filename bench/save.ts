/** From a save to the script that is live (`inlay dev`): a framework.ts with an import, in the real panel, with a call up. */
import type { Browser } from "playwright-core";
import { continueAs } from "../e2e/support/demo-pages.ts";
import { type DevCommand, startDevCommand } from "../e2e/support/dev-command.ts";
import { startTestInlay, type TestInlay } from "../e2e/support/inlay.ts";
import { giveTone } from "../e2e/support/tone-page.ts";
import { until } from "../e2e/support/until.ts";
import { launchChromium } from "../scripts/testing/chromium.ts";
import type { Progress } from "./benches.ts";
import { percentileRows, type Row } from "./support/row.ts";

const SAVES = 30;
/** Nobody waits for the bundler more than once. */
const WARM_UP_SAVES = 2;
const SAVE_MS = 500;
const agentHz = 440;
/** Answers at once. */
const number = "+13175550110";

const script = (version: number, more = "") => `import { defineFramework } from "@inlay/framework";
defineFramework({ config: { name: "bench", clientIds: {} }, screenPop() { console.info(${version}); } }, window);
${more}`;

/** Takes about half a minute. */
export async function benchSave(progress: Progress): Promise<Row[]> {
	const inlay = await startTestInlay();
	try {
		const browser = await launchChromium();
		const dev = await startDevCommand(inlay, script(0), "framework.ts");
		try {
			await callUp(inlay, browser, dev);
			progress(`${SAVES} saves`);
			const samples: number[] = [];
			for (let save = 1; save <= WARM_UP_SAVES + SAVES; save++) samples.push(await liveAfter(dev, save));
			const budgets = { p50: undefined, p95: { atMost: SAVE_MS } };
			return percentileRows("save → live in the panel, with a call up", samples.slice(WARM_UP_SAVES), budgets);
		} finally {
			await dev.stop();
			await browser.close();
		}
	} finally {
		await inlay.stop();
	}
}

async function callUp(inlay: TestInlay, browser: Browser, dev: DevCommand): Promise<void> {
	const context = await browser.newContext({ viewport: { width: 1400, height: 800 } });
	await giveTone(context, agentHz);
	const page = await context.newPage();
	await page.goto(dev.url);
	const panel = page.frameLocator("#shown").frameLocator("#softphone");
	await continueAs(panel, inlay.demo.users.agent.username);
	await page.locator('[data-live="1"]').waitFor();
	await dev.save(script(0, `window.PureCloud?.clickToDial({ number: "${number}", autoPlace: true });`));
	await panel.locator('.call-control-list [data-call-control="hold"]').waitFor();
}

/** As the command itself says: from the first sign of the save to the panel's word that it runs. */
async function liveAfter(dev: DevCommand, version: number): Promise<number> {
	const before = dev.output().length;
	await dev.save(script(version));
	const said = await until("the save is live", () => /is live after (\d+) ms/.exec(dev.output().slice(before)));
	return Number(said[1]);
}
