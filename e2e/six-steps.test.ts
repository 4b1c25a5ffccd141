import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFailed } from "vitest";
import { launchChromium } from "../scripts/testing/chromium.ts";
import { bothHear as allHear } from "./support/both-hear.ts";
import { type CrmDesk, CustomerDesk, signInFromDemoPage, takePictures } from "./support/demo-pages.ts";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";
import { giveTone, heardLevel } from "./support/tone-page.ts";
import { until } from "./support/until.ts";

/** What each end sends, in Hz, and from which level on it counts as heard, in dB. */
const agentHz = 1250;
const customerHz = 700;
const heard = -45;

/** The newcomer's six steps, in two browsers of their own, from the demo page on. */
describe("the six steps of the demo", () => {
	let inlay: TestInlay;
	let browser: Browser;
	let agent: CrmDesk;
	let customer: CustomerDesk;

	beforeAll(async () => {
		inlay = await startTestInlay({ isFirst: true });
		browser = await launchChromium();
	});

	afterAll(async () => {
		await browser?.close();
		await inlay?.stop();
	});

	beforeEach(({ task }) => {
		onTestFailed(() => takePictures(task.name, { agent: agent?.page, customer: customer?.page }));
	});

	it("signs the agent in inside the CRM's frame by one click, with no cookie but the session's", async () => {
		const context = await browser.newContext();
		await giveTone(context, agentHz);
		agent = await signInFromDemoPage(context, inlay.demo, inlay.demo.users.agent.username);
		expect((await context.cookies()).map(({ name }) => name)).toEqual(["__Host-inlay-session"]);
		await agent.chooseStatus("ON_QUEUE");
	});

	it("rings the agent when a customer calls, and opens the caller's contact", async () => {
		const context = await browser.newContext();
		await giveTone(context, customerHz);
		customer = new CustomerDesk(await context.newPage());
		await customer.page.goto(`${inlay.demo.customer}/`);
		await customer.call();
		await customer.waitFor("ringing");
		await agent.control("pickup").first().waitFor();
		await agent.page.getByRole("heading", { level: 1, name: "Clara Bell" }).waitFor();
	});

	it("lets both hear each other once the agent answers", async () => {
		await agent.control("pickup").first().click();
		await customer.waitFor("connected");
		await bothHear();
		expect(await heardLevel(customer.page, customerHz), "the customer does not hear themselves").toBeLessThan(heard);
	});

	it("holds from the panel and resumes from the CRM", async () => {
		await agent.control("hold").click();
		await customer.waitFor("held");
		await until("the agent no longer hears the customer", async () => (await agentHears(customerHz)) < heard);
		await agent.page.locator('[data-crm="hold"]').getByText("Resume").waitFor();
		await agent.page.locator('[data-crm="hold"]').click();
		await customer.waitFor("connected");
		await bothHear();
	});

	it("mutes from the CRM and speaks again from the panel", async () => {
		await agent.page.locator('[data-crm="mute"]').click();
		await until("the customer hears nothing", async () => (await heardLevel(customer.page, agentHz)) < heard);
		await agent.control("mute").click();
		await bothHear();
	});

	it("a flag was refused by the server, in words for programmers", async () => {
		await agent.control("flag").click();
		await agent.panel.locator('[data-control="flag"][data-on="true"]').waitFor();
		await agent.control("flag").click();
		await agent.panel.locator('[data-control="flag"]:not([data-on])').waitFor();
	});

	it("carries the keys of both ends", async () => {
		await agent.control("dtmf").click();
		await agent.panel.locator('[data-digit="5"]').click();
		await until("the customer hears 5", async () => (await heardLevel(customer.page, 1336)) > heard);
		await agent.control("dtmf").click();
	});

	it("brings sound and contact back after the CRM is reloaded in the middle of the call", async () => {
		const gone = Date.now();
		await agent.page.reload();
		await bothHear();
		report("sound back after reloading the CRM", Date.now() - gone);
		await agent.page.getByRole("heading", { level: 1, name: "Clara Bell" }).waitFor();
		await agent.page.locator('.current-call[data-state="CONNECTED"]').waitFor();
	});

	it("brings the sound back after the customer page is reloaded", async () => {
		const gone = Date.now();
		await customer.page.reload();
		await bothHear();
		report("sound back after reloading the customer page", Date.now() - gone);
	});

	it("survives a kill -9 of the server in the middle of the call", async () => {
		await inlay.kill9();
		await customer.page.getByText("Connection lost").waitFor();
		await until("nobody hears anything", async () => {
			const levels = [await heardLevel(customer.page, agentHz), await agentHears(customerHz)];
			return levels.every((level) => level < heard);
		});
		const gone = Date.now();
		await inlay.restart();
		const ready = Date.now();
		await bothHear();
		report("server ready after kill -9", ready - gone);
		report("sound back after the server was ready", Math.max(0, Date.now() - ready));
		await customer.waitFor("connected");
	}, 120_000);

	it("saves code, notes and call log in the CRM after hanging up", async () => {
		await agent.control("disconnect").first().click();
		await customer.waitFor("ended");
		const entry = agent.page.locator('.timeline [data-kind="call"]').first();
		await agent.panel.locator("form.wrapup").getByLabel("Notes").fill("Asked for the");
		await entry.getByText("Asked for the", { exact: true }).waitFor();
		await agent.panel.locator('[data-view="call-log"]').click();
		const logged = agent.panel.locator(".call-log").getByLabel("Notes");
		expect(await logged.inputValue(), "the log and the form hold one text").toBe("Asked for the");
		await logged.fill("Asked for the date.");
		await agent.panel.locator('[data-view="interactions"]').click();
		await expect
			.poll(() => agent.panel.locator("form.wrapup").getByLabel("Notes").inputValue())
			.toBe("Asked for the date.");
		await agent.wrapUp("Solved", "Asked for the delivery date.");
		await entry.getByText("Solved", { exact: true }).waitFor();
		await entry.getByText("Asked for the delivery date.").waitFor();
		expect(await entry.textContent()).toContain("Customer service");
	});

	it("dials a contact by a click, hears the far end, and logs the call", async () => {
		await agent.page.getByRole("link", { name: /Theo Farland/ }).click();
		await agent.page.locator(`[data-dial="${inlay.demo.numbers.farEnd}"]`).click();
		await agent.page.locator('.current-call[data-state="CONNECTED"]').waitFor();
		await until("the far end is heard", async () => (await agentHearsSomething()) > heard);
		await agent.page.locator('[data-crm="disconnect"]').click();
		await agent.page.locator('.timeline [data-kind="call"]').first().waitFor();
	});

	const agentHears = async (hz: number) => heardLevel(await agent.frame(), hz);

	async function agentHearsSomething(): Promise<number> {
		const frame = await agent.frame();
		const levels = await Promise.all([250, 400, 600, 900].map((hz) => heardLevel(frame, hz)));
		return Math.max(...levels);
	}

	/** Survives pages that are just being loaded. */
	function bothHear(): Promise<void> {
		return allHear(
			() => heardLevel(customer.page, agentHz),
			() => agentHears(customerHz),
		);
	}

	function report(what: string, ms: number): void {
		console.info(`${what}: ${ms} ms`);
	}
});
