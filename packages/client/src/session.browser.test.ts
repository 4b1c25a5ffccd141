import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser } from "./test-support/browser.ts";
import { buildPanel } from "./test-support/build-panel.ts";
import { FakeInlay } from "./test-support/fake-inlay.ts";

/** A page of its own: the script tells the test what it was told. */
const script = `window.told = [];
window.Framework = {
	config: { name: "test", clientIds: {}, customInteractionAttributes: [], settings: { enableCallLogs: true } },
	initialSetup() {
		const tell = (category, data) => window.told.push([category, data]);
		window.PureCloud.subscribe([{ type: "UserAction", callback: tell }, { type: "Notification", categories: ["actionRefused"], callback: tell }]);
	},
};`;

let browser: Browser;
let built: Awaited<ReturnType<typeof buildPanel>>;
let fake: FakeInlay;
let page: Page;

beforeAll(async () => {
	[built, browser] = await Promise.all([buildPanel(), launchBrowser()]);
}, 120_000);

afterAll(async () => {
	await browser?.close();
	await built?.remove();
});

beforeEach(async () => {
	fake = await new FakeInlay(built.folder).start();
	fake.state.script = script;
});

afterEach(async () => {
	await page.context().close();
	await fake.stop();
});

async function open(options: BrowserContextOptions = {}): Promise<void> {
	const context = await browser.newContext({ viewport: { width: 320, height: 520 }, locale: "en-US", ...options });
	context.setDefaultTimeout(15_000);
	page = await context.newPage();
}

async function signIn(query = ""): Promise<void> {
	await page.goto(fake.panel(query));
	await page.click("#sign-in");
	await page.waitForSelector("[data-status]");
}

const ask = (action: string) => page.evaluate(`void window.PureCloud.${action}`);

describe("a wish that came too early", () => {
	it("a status chosen right after the sign-in never reached the panel", async () => {
		fake.state.presence = { id: "p-offline", systemPresence: "Offline", modifiedDate: new Date().toISOString() };
		let release = () => {};
		const held = new Promise<void>((resolve) => {
			release = resolve;
		});
		await open();
		await page.route("**/presencedefinitions*", async (route) => {
			await held;
			await route.continue();
		});
		await signIn();
		await ask(`User.updateStatus({ id: "ON_QUEUE" })`);
		release();
		await page.waitForSelector('[data-status="ON_QUEUE"]');
		// Nor does the greeting undo it.
		await expect.poll(() => fake.state.presence.systemPresence).toBe("On Queue");
	});

	it("was lost for the whole session when the first list did not load", async () => {
		await open();
		let failures = 0;
		await page.route("**/presencedefinitions*", (route) => (failures++ < 2 ? route.abort() : route.continue()));
		await signIn();
		await ask(`User.updateStatus({ id: "Busy" })`);
		await page.waitForSelector('[data-status="BUSY"]');
	});
});
