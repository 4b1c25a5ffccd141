import type { Browser, Frame, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium } from "../scripts/testing/chromium.ts";
import { type CrmDesk, CustomerDesk, signInFromDemoPage } from "./support/demo-pages.ts";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";
import { giveTone, heardLevel } from "./support/tone-page.ts";
import { until } from "./support/until.ts";

const heard = -45;
const customerHz = 700;
const colleagueHz = 1700;
const annaHz = 1250;

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
		// Anna is not there yet: her mailbox answers.
		await pressTour("voicemail");
		browser = await launchChromium();
		anna = await desk(annaHz, inlay.demo.users.agent.username);
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
		await handOver();
		await colleague.control("pickup").first().click();
		await hears(colleague, customerHz);
		await until("the customer hears the colleague", async () => {
			return (await heardLevel(customer.page, colleagueHz)) > heard;
		});
		await wrapUp(anna);
		await colleague.control("disconnect").first().click();
		await wrapUp(colleague);
	});

	it("an agent who got the same call a second time could never wrap up the first part, and got no more work", async () => {
		await takeCall();
		await handOver();
		await colleague.control("pickup").first().click();
		await hears(colleague, customerHz);
		await anna.panel.locator("form.wrapup").waitFor();
		await colleague.control("transfer").click();
		await colleague.panel.locator('dialog input[name="transferTo"]').fill("Anna");
		await colleague.panel.locator('dialog [data-target="person"]', { hasText: "Anna" }).click();
		await colleague.panel.locator("[data-transfer-now]").click();
		await anna.control("pickup").first().click();
		await hears(anna, customerHz);
		await wrapUp(colleague);
		await customer.page.locator('[data-action="hangup"]').click();
		await wrapUp(anna);
		// The queue rings her again.
		await takeCall();
		await anna.control("disconnect").first().click();
		await wrapUp(anna);
	});

	it("CT-1 asks a colleague first: in private, with the customer, together, and hands the customer over", async () => {
		await takeCall();
		await openTransfer();
		await field().fill(colleagueName.slice(0, 4));
		await anna.panel.locator('dialog [data-target="person"]', { hasText: colleagueName }).click();
		await anna.panel.locator('[data-hand="consult"]').click();
		await colleague.control("pickup").first().click();
		await anna.panel.locator('[data-consult="consult"] [data-consult-complete]:not([disabled])').waitFor();
		await soundIs({ private: true, customer: false });
		await anna.panel.locator('[data-speak="OBJECT"]').click();
		await soundIs({ private: false, customer: true });
		await anna.panel.locator('[data-speak="BOTH"]').click();
		await soundIs({ private: true, customer: true });
		await anna.panel.locator("[data-consult-complete]").click();
		await until("the colleague and the customer are alone", async () => {
			return (await quiet(customer.page, annaHz)) && (await loud(customer.page, colleagueHz));
		});
		await wrapUp(anna);
		await colleague.control("disconnect").first().click();
		await wrapUp(colleague);
	});

	it("a colleague whose question was over was told that the customer had hung up, who talks on", async () => {
		await takeCall();
		await openTransfer();
		await field().fill(colleagueName.slice(0, 4));
		await anna.panel.locator('dialog [data-target="person"]', { hasText: colleagueName }).click();
		await anna.panel.locator('[data-hand="consult"]').click();
		await colleague.control("pickup").first().click();
		await anna.panel.locator('[data-consult="consult"] [data-consult-complete]:not([disabled])').waitFor();
		await anna.panel.locator("[data-consult-cancel]").click();
		await colleague.panel.getByText("Your colleague has ended the consult about").first().waitFor();
		expect(await colleague.panel.getByText("has hung up").count()).toBe(0);
		await hears(anna, customerHz);
		await anna.control("disconnect").first().click();
		await wrapUp(anna);
	});

	/** Whether Anna hears her colleague and the customer; the customer hears her where she hears them, and never what is private. */
	async function soundIs(she: { private: boolean; customer: boolean }): Promise<void> {
		const both = she.private && she.customer;
		await until(`Anna hears ${JSON.stringify(she)}`, async () => {
			const [frame, other] = [await anna.frame(), await colleague.frame()];
			const heardAs = [
				(await loud(frame, colleagueHz)) === she.private,
				(await loud(frame, customerHz)) === she.customer,
				(await loud(customer.page, annaHz)) === she.customer,
				(await loud(customer.page, colleagueHz)) === both,
				(await loud(other, annaHz)) === she.private,
				(await loud(other, customerHz)) === both,
			];
			return !heardAs.includes(false);
		});
	}

	const loud = async (page: Page | Frame, hz: number) => (await heardLevel(page, hz)) > heard;
	const quiet = async (page: Page | Frame, hz: number) => !(await loud(page, hz));

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
		// A page that comes again finds the call again.
		await customer.page.locator('[data-action="hangup"]').click();
		await customer.waitFor("ended");
	});

	it("SS-1, SS-2, SS-3, SS-4, SS-7: Anna sees the customer's screen and shows hers; what ends it leaves the call alone", async () => {
		await takeCall();
		const opened = anna.page.context().waitForEvent("page");
		await anna.panel.locator("[data-screen-ask]").click();
		const room = await opened;
		const box = customer.page.locator("inlay-screen");
		await box.locator('[data-act="accept"]').click();
		await until("Anna sees the customer's screen", () => isMoving(room.locator("video")));
		await box.locator('[data-act="stop"]').click();
		await anna.panel.locator('[data-screen="ended"]').waitFor();
		await anna.panel.locator("[data-screen-show]").click();
		await room.locator("[data-screen-choose]").click();
		await until("the customer sees Anna's screen", () => isMoving(box.locator("video")));
		await room.close();
		await anna.panel.locator('[data-screen="ended"]').waitFor();
		await hears(anna, customerHz);
		await anna.control("disconnect").first().click();
		await wrapUp(anna);
	});

	/** There is a picture, and it goes on. */
	async function isMoving(video: Locator): Promise<boolean> {
		const frames = () =>
			video.evaluate((element) => (element as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames);
		if ((await video.count()) === 0) return false;
		const before = await frames();
		return before > 0 && (await frames()) > before;
	}

	it("signing out of a conference put the customer, who talked on, into the queue", async () => {
		await takeCall();
		await openTransfer();
		await field().fill(colleagueName.slice(0, 4));
		await anna.panel.locator('dialog [data-target="person"]', { hasText: colleagueName }).click();
		await anna.panel.locator('[data-hand="add"]').click();
		await colleague.control("pickup").first().click();
		await hears(colleague, customerHz);
		await anna.panel.locator(".header-menu button").first().click();
		await anna.panel.getByRole("menuitem", { name: "Sign out" }).click();
		await anna.panel.getByText("They stay in it when you leave.").waitFor();
		expect(await anna.panel.locator('[data-leave="giveBack"]').count()).toBe(0);
		await anna.panel.locator('[data-leave="end"]', { hasText: "Leave the call, and sign out" }).click();
		await anna.panel.locator("[data-leaving]").waitFor({ state: "detached" });
		await until("the two are alone", async () => quiet(customer.page, annaHz));
		await hears(colleague, customerHz);
		expect(await customer.state()).toBe("connected");
		await colleague.control("disconnect").first().click();
		await customer.waitFor("ended");
		await anna.page.context().close();
		anna = await desk(annaHz, inlay.demo.users.agent.username);
		await wrapUp(anna);
	});

	it("calls a customer back who left the line, and one whom the agent has scheduled, from the tour's buttons", async () => {
		const context = await browser.newContext();
		await giveTone(context, customerHz);
		const caller = new CustomerDesk(await context.newPage());
		await caller.page.goto(`${inlay.demo.customer}/`);
		await caller.call();
		await caller.waitFor("waiting");
		await caller.page.locator('[data-action="call-back"]').click();
		await caller.waitFor("ended");
		await context.close();
		await anna.chooseStatus("ON_QUEUE");
		await anna.control("pickup").first().click();
		await anna.panel.locator("[data-call-back]").click();
		const attempt = (result: string) => anna.panel.locator(`.callback-attempts [data-result="${result}"]`);
		await attempt("going").waitFor();
		await until("Anna hears the far end", async () => {
			const levels = await Promise.all([250, 400, 600, 900].map(async (hz) => heardLevel(await anna.frame(), hz)));
			return Math.max(...levels) > heard && (await anna.control("mute").count()) > 0;
		});
		await anna.control("disconnect").click();
		await attempt("talked").waitFor();
		await anna.control("disconnect").click();
		await wrapUp(anna);

		await anna.panel.locator(".header-menu button").first().click();
		await anna.panel.getByRole("menuitem", { name: "Callback", exact: true }).click();
		await anna.panel.locator("[data-callback-new]").click();
		await anna.panel.locator('input[name="callback-number"]').fill("(317) 555-0142");
		await anna.panel.locator("[data-callback-save]").click();
		await anna.panel.locator('[data-callback][data-state="scheduled"]').waitFor();
		await pressTour("callback-due");
		await anna.control("pickup").first().click();
		await anna.panel.locator('[data-view="interactions"]').click();
		await anna.control("disconnect").click();
		await wrapUp(anna);
	});

	it("VM-1, VM-2: what a customer left by the tour's button waits in the inbox, is heard, deleted and had back", async () => {
		const menu = anna.panel.locator(".header-menu");
		// Two have waited since the demo's first start: one for Anna, one for her group.
		await menu.locator('[data-waiting="3"]').waitFor();
		await menu.locator("button").first().click();
		await anna.panel.getByRole("menuitem", { name: "Inbox (3)", exact: true }).click();
		const message = anna.panel.locator("[data-voicemail]", { hasText: "Vera Voss" });
		// She speaks for six seconds; on a busy machine she hangs up later.
		await message.getByText(/^0:(0[5-9]|1\d)$/).waitFor();
		await message.locator("[data-voicemail-play]").click();
		await until("it is heard", () =>
			message.locator("audio").evaluate((audio) => (audio as HTMLAudioElement).currentTime > 0.5),
		);
		await menu.locator('[data-waiting="2"]').waitFor();
		await message.locator("[data-voicemail-delete]").click();
		await message.waitFor({ state: "detached" });
		await anna.panel.locator("[data-voicemail-undo]").click();
		await message.waitFor();
	});

	it("OB-1, OB-2: a campaign's contact is before the agent at once, is skipped for the next one, and is called", async () => {
		await colleague.chooseStatus("AVAILABLE");
		await pressTour("campaign");
		await anna.panel.locator('[data-view="interactions"]').click();
		await anna.chooseStatus("ON_QUEUE");
		const card = anna.panel.locator("[data-outbound-card]").first();
		await card.locator("[data-outbound-countdown]").waitFor();
		const skipped = await card.getAttribute("data-outbound-card");
		await card.locator("[data-outbound-skip]").click();
		await until("the next contact is there", async () => {
			const shown = await card.getAttribute("data-outbound-card").catch(() => skipped);
			return shown !== skipped && (await card.locator("[data-outbound-call]").count()) > 0;
		});
		await card.locator("[data-outbound-call]").first().click();
		await anna.control("mute").waitFor();
		await anna.chooseStatus("AVAILABLE");
		await anna.control("disconnect").click();
		await card.locator(".outbound-attempts").waitFor();
		await anna.control("disconnect").click();
		await wrapUp(anna);
	});

	async function pressTour(scene: string): Promise<void> {
		const { api } = inlay.demo;
		const headers = { origin: api, "content-type": "application/x-www-form-urlencoded" };
		const answer = await fetch(`${api}/tour/scenes/${scene}`, { method: "POST", headers });
		if (answer.status !== 200) throw new Error(`The tour's ${scene} answers ${answer.status}.`);
	}

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

	async function handOver(): Promise<void> {
		await openTransfer();
		await field().fill(colleagueName.slice(0, 4));
		await anna.panel.locator('dialog [data-target="person"]', { hasText: colleagueName }).click();
		await anna.panel.locator("[data-transfer-now]").click();
	}

	async function wrapUp(agent: CrmDesk): Promise<void> {
		await agent.wrapUp("Solved", "Transferred.");
		await agent.panel.locator("[data-interaction]").waitFor({ state: "detached" });
	}

	async function hears(agent: CrmDesk, hz: number): Promise<void> {
		await until(`${hz} Hz are heard`, async () => (await heardLevel(await agent.frame(), hz)) > heard);
	}
});
