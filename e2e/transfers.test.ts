import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import { launchChromium } from "./support/chromium.ts";
import { type CrmDesk, CustomerDesk, signInFromDemoPage } from "./support/demo-pages.ts";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";
import { giveTone, heardLevel } from "./support/tone-page.ts";
import { until } from "./support/until.ts";

const heard = -45;
const customerHz = 700;
const colleagueHz = 1700;

/** Two agents of the demo, each at a CRM of their own; what the panel's search finds is called and transferred to. */
describe("calls between colleagues, and transfers", () => {
	let inlay: TestInlay;
	let browser: Browser;
	let anna: CrmDesk;
	let colleague: CrmDesk;
	let customer: CustomerDesk;
	let colleagueName: string;

	beforeAll(async () => {
		inlay = await startTestInlay();
		browser = await launchChromium();
		anna = await desk(1250, inlay.demo.users.agent.username);
		colleague = await desk(colleagueHz, inlay.demo.users.agent2.username);
		const label = await colleague.panel.locator(".header-menu button .ui-hidden").first().textContent();
		colleagueName = label?.split("–")[1]?.trim() ?? "";
		const context = await browser.newContext();
		await giveTone(context, customerHz);
		customer = new CustomerDesk(await context.newPage());
	});

	afterAll(async () => {
		await browser?.close();
		await inlay?.stop();
	});

	beforeEach(async () => {
		for (const each of [anna, colleague]) await each.panel.locator('[data-view="interactions"]').click();
	});

	async function desk(hz: number, username: string): Promise<CrmDesk> {
		const context = await browser.newContext();
		await giveTone(context, hz);
		return signInFromDemoPage(context, inlay.demo, username);
	}

	it("calls a colleague found by name", async () => {
		await anna.panel.locator('[data-view="new-interaction"]').click();
		await anna.panel.locator('input[name="number"]').fill(colleagueName.slice(0, 4).toLowerCase());
		await anna.panel.locator('[data-target="person"]', { hasText: colleagueName }).click();
		await colleague.control("pickup").first().click();
		await hears(anna, colleagueHz);
		await anna.control("disconnect").first().click();
		await colleague.panel.locator("[data-interaction]").waitFor({ state: "detached" });
		await anna.panel.locator("[data-interaction]").waitFor({ state: "detached" });
	});

	it("hands a customer to a colleague", async () => {
		await takeCall();
		await openTransfer();
		await field().fill(colleagueName.slice(0, 4));
		await anna.panel.locator('dialog [data-target="person"]', { hasText: colleagueName }).click();
		await anna.panel.locator("[data-transfer-now]").click();
		await colleague.control("pickup").first().click();
		await hears(colleague, customerHz);
		await until("the customer hears the colleague", async () => {
			return (await heardLevel(customer.page, colleagueHz)) > heard;
		});
		await wrapUp(anna);
		await colleague.control("disconnect").first().click();
		await wrapUp(colleague);
	});

	it("hands a customer to a queue found by name, whose agent is rung", async () => {
		await takeCall();
		await openTransfer();
		await field().fill(inlay.demo.queue.name.slice(0, 5));
		await anna.panel.locator('dialog [data-target="queue"]', { hasText: inlay.demo.queue.name }).first().click();
		await colleague.chooseStatus("ON_QUEUE");
		await anna.panel.locator("[data-transfer-now]").click();
		await colleague.control("pickup").first().click();
		await hears(colleague, customerHz);
		await wrapUp(anna);
		await colleague.control("disconnect").first().click();
		await wrapUp(colleague);
		await colleague.chooseStatus("AVAILABLE");
	});

	it("hands a customer to a number", async () => {
		await takeCall();
		await openTransfer();
		await field().fill(inlay.demo.numbers.farEnd);
		await anna.panel.locator("[data-transfer-now]").click();
		await wrapUp(anna);
		await until("the customer hears the far end, not its ringing", async () => {
			const levels = await Promise.all([250, 400, 600, 900].map((hz) => heardLevel(customer.page, hz)));
			return (await customer.state()) === "connected" && Math.max(...levels) > heard;
		});
	});

	const field = () => anna.panel.locator('dialog input[name="transferTo"]');

	async function takeCall(): Promise<void> {
		await anna.chooseStatus("ON_QUEUE");
		await customer.page.goto(`${inlay.demo.customer}/`);
		await customer.call();
		await anna.control("pickup").first().click();
		await hears(anna, customerHz);
		// Nothing that is transferred comes back to her.
		await anna.chooseStatus("AVAILABLE");
	}

	async function openTransfer(): Promise<void> {
		await anna.control("transfer").click();
		await field().waitFor();
	}

	async function wrapUp(agent: CrmDesk): Promise<void> {
		await agent.wrapUp("Solved", "Transferred.");
		await agent.panel.locator("[data-interaction]").waitFor({ state: "detached" });
	}

	async function hears(agent: CrmDesk, hz: number): Promise<void> {
		await until(`${hz} Hz are heard`, async () => (await heardLevel(await agent.frame(), hz)) > heard);
	}
});
