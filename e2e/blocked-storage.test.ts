import type { Browser, BrowserContext, Frame, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "./support/chromium.ts";
import { CustomerDesk, continueAs } from "./support/demo-pages.ts";
import { serveHostPage } from "./support/host-page.ts";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";
import { giveTone, heardLevel } from "./support/tone-page.ts";
import { until } from "./support/until.ts";

const agentHz = 1250;
const customerHz = 700;
const heard = -45;

/**
 * The embedding page is of another site than the panel, in a browser context that gives such frames neither storage nor
 * ordinary cookies: a private window, or third-party data switched off.
 */
describe("a panel whose frame has no storage", () => {
	let inlay: TestInlay;
	let browser: Browser;
	let context: BrowserContext;
	let host: { url: string; close(): void };
	let page: Page;
	let customer: CustomerDesk;

	beforeAll(async () => {
		inlay = await startTestInlay();
		browser = await launchChromium();
		const panel = new URL(inlay.demo.deployment.url);
		panel.searchParams.set("login_hint", inlay.demo.users.agent.username);
		host = await serveHostPage("127.0.0.1", panel.href);
		context = await browser.newContext();
		await giveTone(context, agentHz);
		page = await context.newPage();
	});

	afterAll(async () => {
		await browser?.close();
		host?.close();
		await inlay?.stop();
	});

	const panel = () => page.frameLocator("iframe");
	const frame = (): Promise<Frame> =>
		until("the panel's frame is there", () =>
			page.frames().find((each) => each.url().startsWith(`${inlay.demo.panel}/crm/`)),
		);

	it("signs in", async () => {
		await page.goto(host.url);
		await continueAs(panel(), inlay.demo.users.agent.username);
		await panel().locator("[data-status]").first().waitFor();
		const storage = await (await frame()).evaluate(() => {
			try {
				return String(sessionStorage.length);
			} catch {
				return "blocked";
			}
		});
		expect(storage).toBe("blocked");
	});

	it("keeps one cookie, which no script and no other site can see", async () => {
		const kept = await until("the cookie is there", async () => (await context.cookies())[0]);
		expect(await context.cookies()).toHaveLength(1);
		expect(kept).toMatchObject({
			name: "__Host-inlay_panel",
			httpOnly: true,
			secure: true,
			sameSite: "None",
			path: "/",
		});
		expect(kept).toHaveProperty("partitionKey", "http://127.0.0.1");
	});

	it("takes a call", async () => {
		await panel().locator("[data-go-on-queue]").click();
		const caller = await browser.newContext();
		await giveTone(caller, customerHz);
		customer = new CustomerDesk(await caller.newPage());
		await customer.page.goto(`${inlay.demo.customer}/`);
		await customer.call();
		await panel().locator('[data-call-control="pickup"]').first().click();
		await bothHear();
	});

	it("has its sound back after the frame is reloaded, without a new sign-in", async () => {
		const gone = Date.now();
		await (await frame()).evaluate(() => location.reload());
		await silence();
		await bothHear();
		console.info(`sound back after reloading the frame: ${Date.now() - gone} ms`);
	});

	it("has its sound back after the embedding page is reloaded, without a new sign-in", async () => {
		const signIns: string[] = [];
		page.on("request", (request) => void (request.url().includes("/oauth/") && signIns.push(request.url())));
		const gone = Date.now();
		await page.reload();
		await bothHear();
		console.info(`sound back after reloading the embedding page: ${Date.now() - gone} ms`);
		expect(signIns).toEqual([]);
	});

	it("forgets the agent who signs out", async () => {
		await panel().locator('[data-call-control="disconnect"]').first().click();
		await panel().locator(".header-menu button").click();
		await panel().getByRole("menuitem", { name: "Sign out" }).click();
		await panel().getByRole("button", { name: "Sign in" }).waitFor();
		await until("the cookie is gone", async () => (await context.cookies()).length === 0);
	});

	async function silence(): Promise<void> {
		await until("the frame is away", async () => !(await hears(heardLevel(customer.page, agentHz))), 40_000, 5);
	}

	/** Survives pages that are just being loaded. */
	async function bothHear(): Promise<void> {
		await until(
			"both hear each other",
			async () => {
				const level = frame().then((own) => heardLevel(own, customerHz));
				return (await hears(level)) && (await hears(heardLevel(customer.page, agentHz)));
			},
			40_000,
		);
	}

	const hears = (level: Promise<number>) => level.then((found) => found > heard).catch(() => false);
});
