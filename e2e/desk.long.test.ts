import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFailed } from "vitest";
import { launchChromium } from "../scripts/testing/chromium.ts";
import { CrmDesk, CustomerDesk, continueAs, signInFromDemoPage, takePictures } from "./support/demo-pages.ts";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";
import { automationToken } from "./support/sign-in.ts";
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

	it("the second says where the sound is", async () => {
		first = await signInFromDemoPage(context, inlay.demo, inlay.demo.users.agent.username);
		second = new CrmDesk(await context.newPage(), inlay.demo);
		await second.page.goto(first.page.url());
		await continueAs(second.panel, inlay.demo.users.agent.username);
		await second.panel.locator("[data-elsewhere]").waitFor();
	});

	it("both rang, popped and logged: only the one that leads does", async () => {
		await first.chooseStatus("ON_QUEUE");
		const caller = await browser.newContext();
		await giveTone(caller, customerHz);
		customer = new CustomerDesk(await caller.newPage());
		await customer.page.goto(`${inlay.demo.customer}/`);
		await customer.call();
		await first.page.getByRole("heading", { level: 1, name: "Clara Bell" }).waitFor();
		await second.control("pickup").first().waitFor();
		expect(await second.page.getByRole("heading", { level: 1, name: "Clara Bell" }).count()).toBe(0);
	});

	it("answering in the second was refused, as its phone was not there: it brings the phone along", async () => {
		await second.control("pickup").first().click();
		await hearEachOther(second);
		await first.panel.locator("[data-elsewhere]").waitFor();
		expect(await second.page.getByRole("heading", { level: 1, name: "Clara Bell" }).count()).toBe(0);
	});

	it("notes typed in one were unknown to the other", async () => {
		await notes(first).fill("Wants tea");
		await until("the other tab shows them", async () => (await notes(second).inputValue()) === "Wants tea");
	});

	it("a take-over lost the call: by one click the sound comes along", async () => {
		// A tab that is not looked at is slowed down by the browser.
		await first.page.bringToFront();
		const clicked = Date.now();
		await first.panel.locator("[data-take-over]").click();
		await hearEachOther(first);
		report("sound in the other window after the click", Date.now() - clicked);
		await second.panel.locator("[data-elsewhere]").waitFor();
		await until("the second is silent", async () => !(await hears(heardLevel(await second.frame(), customerHz))));
		expect(await notes(first).inputValue()).toBe("Wants tea");
	});

	it("a leader that was closed took the phone with it: the other goes on by itself", async () => {
		const closed = Date.now();
		const asked: string[] = [];
		first.page.on("dialog", (dialog) => {
			asked.push(dialog.type());
			void dialog.accept();
		});
		await first.page.close({ runBeforeUnload: true });
		await hearEachOther(second);
		report("sound in the tab that is left", Date.now() - closed);
		expect(asked).toEqual(["beforeunload"]);
		await second.panel.locator("[data-elsewhere]").waitFor({ state: "detached" });
	});

	it("signing out in the call left the customer in silence: they wait in the queue again, the agent is Offline", async () => {
		await second.panel.locator(".header-menu button").click();
		await second.panel.getByRole("menuitem", { name: "Sign out" }).click();
		await second.panel.locator('[data-leave="giveBack"]').click();
		await customer.waitFor("waiting");
		await second.panel.getByText("You are signed out").waitFor();
		await presenceIs("OFFLINE");
	}, 120_000);

	it("a session that was ended from outside in a call, too", async () => {
		await second.panel.getByRole("button", { name: "Sign in" }).click();
		await continueAs(second.panel, inlay.demo.users.agent.username);
		await second.wrapUp("Solved", "Wants tea, still");
		await second.chooseStatus("ON_QUEUE");
		await second.control("pickup").first().click();
		await hearEachOther(second);
		const token = await second.frame().then((frame) => frame.evaluate(ownToken));
		const ended = Date.now();
		const answer = await fetch(`${inlay.baseUrl}/api/v2/tokens/me`, {
			method: "DELETE",
			headers: { authorization: `Bearer ${token}` },
		});
		expect(answer.ok).toBe(true);
		await customer.waitFor("waiting");
		report("customer back in the queue", Date.now() - ended);
		await presenceIs("OFFLINE");
	}, 120_000);

	/** A program that has asked for the agent within 15 s is taken for somebody who is there: it is looked again after that. */
	async function presenceIs(wanted: string): Promise<void> {
		const token = await automationToken(inlay.demo);
		const url = `${inlay.baseUrl}/api/v2/users/${inlay.demo.users.agent.id}/presences/purecloud`;
		await until(
			`the agent is ${wanted}`,
			async () => {
				const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
				const body = (await answer.json()) as { presenceDefinition?: { systemPresence?: string } };
				return body.presenceDefinition?.systemPresence?.toUpperCase() === wanted;
			},
			60_000,
		);
	}

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

/** Runs in the panel: its token, from the tab's storage. */
function ownToken(): string {
	const key = Object.keys(sessionStorage).find((name) => name.startsWith("inlay.token.")) ?? "";
	return JSON.parse(sessionStorage.getItem(key) ?? "{}").accessToken;
}

function report(what: string, ms: number): void {
	console.info(`${what}: ${ms} ms`);
}
