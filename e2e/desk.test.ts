import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFailed } from "vitest";
import { launchChromium } from "./support/chromium.ts";
import { CrmDesk, CustomerDesk, continueAs, signInFromDemoPage, takePictures } from "./support/demo-pages.ts";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";
import { giveTone, heardLevel } from "./support/tone-page.ts";
import { until } from "./support/until.ts";

const agentHz = 1250;
const customerHz = 700;
const heard = -45;

/** One agent with the CRM open in two tabs. */
describe("two tabs of one agent are one desk", () => {
	let inlay: TestInlay;
	let browser: Browser;
	let context: BrowserContext;
	let first: CrmDesk;
	let second: CrmDesk;
	let customer: CustomerDesk;

	beforeAll(async () => {
		inlay = await startTestInlay();
		browser = await launchChromium();
		context = await browser.newContext();
		await giveTone(context, agentHz);
	});

	afterAll(async () => {
		await browser?.close();
		await inlay?.stop();
	});

	beforeEach(({ task }) => {
		onTestFailed(() => takePictures(`desk ${task.name}`, { first: first?.page, second: second?.page }));
	});

	it("both rang, popped and logged: the second says where the sound is", async () => {
		first = await signInFromDemoPage(context, inlay.demo, inlay.demo.users.agent.username);
		second = new CrmDesk(await context.newPage(), inlay.demo);
		await second.page.goto(first.page.url());
		await continueAs(second.panel, inlay.demo.users.agent.username);
		await second.panel.locator("[data-elsewhere]").waitFor();
		await first.chooseStatus("ON_QUEUE");
		const caller = await browser.newContext();
		await giveTone(caller, customerHz);
		customer = new CustomerDesk(await caller.newPage());
		await customer.page.goto(`${inlay.demo.customer}/`);
		await customer.call();
		await first.page.getByRole("heading", { level: 1, name: "Clara Bell" }).waitFor();
		await second.control("pickup").first().waitFor();
		expect(await second.page.getByRole("heading", { level: 1, name: "Clara Bell" }).count()).toBe(0);
		await first.control("pickup").first().click();
		await hearEachOther(first);
		expect(await first.panel.locator("[data-elsewhere]").count()).toBe(0);
	});

	it("notes typed in one were unknown to the other", async () => {
		await notes(first).fill("Wants tea");
		await until("the other tab shows them", async () => (await notes(second).inputValue()) === "Wants tea");
	});

	it("a take-over lost the call: by one click the sound comes along", async () => {
		const clicked = Date.now();
		await second.panel.locator("[data-take-over]").click();
		await hearEachOther(second);
		report("sound in the other window after the click", Date.now() - clicked);
		await first.panel.locator("[data-elsewhere]").waitFor();
		await until("the first is silent", async () => !(await hears(heardLevel(await first.frame(), customerHz))));
		expect(await notes(second).inputValue()).toBe("Wants tea");
	});

	it("a leader that was closed took the phone with it: the other goes on by itself", async () => {
		const closed = Date.now();
		await second.page.close();
		await hearEachOther(first);
		report("sound in the tab that is left", Date.now() - closed);
		await first.panel.locator("[data-elsewhere]").waitFor({ state: "detached" });
		expect(await first.page.getByRole("heading", { level: 1, name: "Clara Bell" }).count()).toBe(1);
	});

	const notes = (desk: CrmDesk) => desk.panel.locator("form.wrapup").getByLabel("Notes");
	const hears = (level: Promise<number>) => level.then((found) => found > heard).catch(() => false);

	async function hearEachOther(desk: CrmDesk): Promise<void> {
		await until(
			"both hear each other",
			async () =>
				(await hears(desk.frame().then((frame) => heardLevel(frame, customerHz)))) &&
				(await hears(heardLevel(customer.page, agentHz))),
			20_000,
			20,
		);
	}
});

function report(what: string, ms: number): void {
	console.info(`${what}: ${ms} ms`);
}
