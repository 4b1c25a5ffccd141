import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { launchChromium } from "../../../../scripts/testing/chromium.ts";
import { buildPanel } from "./build-panel.ts";
import { FakeInlay } from "./fake-inlay.ts";

/** The browser of this test file. */
export let browser: Browser;
/** The server of the running test. */
export let fake: FakeInlay;
/** The page of the running test, since it was opened. */
export let page: Page;
/** What the page of the running test has complained about; a test that expects some empties it. */
export const complaints: string[] = [];

let folder = "";
const opened: BrowserContext[] = [];

/**
 * Called once at the head of a test file: the panel as it ships, in one browser, and a server of its own for each test,
 * which fails where its page has complained.
 *
 * @param script the framework.js of each test; absent: the server's own
 */
export function testPanel({ script, asksForDevices }: { script?: string; asksForDevices?: boolean } = {}): void {
	let built: Awaited<ReturnType<typeof buildPanel>>;

	beforeAll(async () => {
		[built, browser] = await Promise.all([buildPanel(), launchChromium({ asksForDevices })]);
		folder = built.folder;
	}, 120_000);

	afterAll(async () => {
		await browser?.close();
		await built?.remove();
	});

	beforeEach(async () => {
		fake = await new FakeInlay(folder).start();
		if (script !== undefined) fake.state.script = script;
		complaints.length = 0;
	});

	afterEach(async () => {
		for (const context of opened.splice(0)) await context.close();
		await fake.stop();
		expect(complaints).toEqual([]);
	});
}

/** Opens the page of a test, empty, as wide as a panel in a CRM. */
export async function newPage(options: BrowserContextOptions = {}, before?: string | (() => void)): Promise<void> {
	const context = await browser.newContext({ viewport: { width: 320, height: 560 }, locale: "en-US", ...options });
	opened.push(context);
	context.setDefaultTimeout(15_000);
	if (before) await context.addInitScript(before);
	page = await context.newPage();
	page.on("pageerror", (error) => complaints.push(error.message));
}

/** Goes to the panel as somebody whom the sign-in page knows already, this once: to look at it takes as long as the panel. */
export async function enterPanel(address = fake.panel()): Promise<void> {
	fake.state.signsInAtOnce = true;
	await page.goto(address);
	await page.waitForSelector("[data-status]");
	fake.state.signsInAtOnce = false;
}

/** Signs in on the sign-in page that is open. */
export async function signInHere(): Promise<void> {
	await page.click("#sign-in");
	await page.waitForSelector("[data-status]");
}

/** Waits until so many phones of the agent can ring. */
export const phonesAre = (count: number) => expect.poll(() => fake.stream.phones).toBe(count);

/** A call rings, and the panel's phone rings with it. Gives the conversation's id. */
export async function ring(customer?: { name: string; address: string }): Promise<string> {
	const id = fake.calls.ring(customer);
	fake.stream.propose(id);
	await page.waitForSelector('[data-call-control="pickup"]');
	return id;
}

/** A call rings and is answered by a click. Gives the conversation's id. */
export async function answer(customer?: { name: string; address: string }): Promise<string> {
	const id = await ring(customer);
	await page.click(`[data-interaction="${id}"] [data-call-control="pickup"]`);
	await page.waitForSelector(`[data-interaction="${id}"] [data-call-control="hold"]`);
	return id;
}

/** What the panel has asked of the server at addresses with this part in them. */
export const requests = (part: string) => fake.state.log.filter((entry) => entry.path.includes(part));
