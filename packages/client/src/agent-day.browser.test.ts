import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser } from "./test-support/browser.ts";
import { buildPanel } from "./test-support/build-panel.ts";
import { userId } from "./test-support/fake-ids.ts";
import { FakeInlay } from "./test-support/fake-inlay.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const settings = '{ enableCallLogs: true, searchTargets: ["people", "queues", "frameworkContacts"] }';
const script = (own = settings) => `window.Framework = {
	config: { name: "test", clientIds: {}, customInteractionAttributes: [], settings: ${own} },
	initialSetup() {},
	screenPop() {},
	contactSearch(text, found) {
		found([{ type: "external", name: "Clara Bell", phone: [{ number: "030 555-1", label: "Work" }] }]);
	},
	processCallLog(log, interaction, event, done) {
		(window.saved ??= []).push({ ...log, seconds: interaction.interactionDurationSeconds }); done({ id: "crm-1" });
	},
};`;

let browser: Browser;
let built: Awaited<ReturnType<typeof buildPanel>>;
let fake: FakeInlay;
let page: Page;
let complaints: string[];

beforeAll(async () => {
	[built, browser] = await Promise.all([buildPanel(), launchBrowser()]);
}, 120_000);

afterAll(async () => {
	await browser?.close();
	await built?.remove();
});

beforeEach(async () => {
	fake = await new FakeInlay(built.folder).start();
	fake.state.script = script();
	complaints = [];
});

afterEach(async () => {
	await page.context().close();
	await fake.stop();
	expect(complaints).toEqual([]);
});

async function signIn(options: BrowserContextOptions = {}): Promise<void> {
	const context = await browser.newContext({ viewport: { width: 320, height: 560 }, locale: "en-US", ...options });
	context.setDefaultTimeout(15_000);
	page = await context.newPage();
	page.on("pageerror", (error) => complaints.push(error.message));
	await page.goto(fake.panel());
	await page.click("#sign-in");
	await page.waitForSelector("[data-status]");
	await expect.poll(() => fake.stream.phones).toBe(1);
}

async function answer(customer?: { name: string; address: string }): Promise<string> {
	const id = fake.calls.ring(customer);
	fake.stream.propose(id);
	await page.click(`[data-interaction="${id}"] [data-call-control="pickup"]`);
	await page.waitForSelector(`[data-interaction="${id}"] [data-call-control="hold"]`);
	return id;
}

async function dial(number: string): Promise<string> {
	await page.click('[data-view="new-interaction"]');
	await page.fill('input[name="number"]', number);
	await page.click("[data-dial]");
	await page.waitForSelector("[data-interaction]");
	return [...fake.calls.all.keys()].at(-1) ?? "";
}

const changes = (part: string) => fake.state.log.filter((entry) => entry.path.includes(part));
const act = (code: string) => page.evaluate(`(() => { ${code} })()`);

describe("two calls", () => {
	it("a second call rang into the ear of who was talking", async () => {
		await signIn();
		await answer();
		await page.evaluate(() => {
			const counts = globalThis as unknown as { tones: number };
			counts.tones = 0;
			const start = OscillatorNode.prototype.start;
			OscillatorNode.prototype.start = function (this: OscillatorNode, at?: number) {
				counts.tones++;
				start.call(this, at);
			};
		});
		fake.calls.ring({ name: "Bea", address: "tel:+4930777" });
		await page.waitForSelector(".alert-bar[data-second]");
		await page.getByText("puts your call on hold").waitFor();
		await page.waitForTimeout(3000);
		expect(await page.evaluate(() => (globalThis as unknown as { tones: number }).tones)).toBe(2);
	});

	it("are swapped by one click beside the held one", async () => {
		await signIn();
		const first = await answer();
		fake.calls.change(first, { held: true, startHoldTime: new Date().toISOString() });
		await answer({ name: "Bea", address: "tel:+4930777" });
		await page.click(`[data-swap="${first}"]`);
		await expect.poll(() => changes(first).at(-1)?.body).toEqual({ held: false });
		await page.waitForSelector(`[data-interaction="${first}"][data-open="true"]`);
	});
});

describe("once", () => {
	it("a double click on a number in the CRM made two calls", async () => {
		await signIn();
		await act(
			'for (let i = 0; i < 2; i++) PureCloud.clickToDial({ number: "030 5551", type: "call", autoPlace: true })',
		);
		await page.waitForSelector("[data-interaction]");
		await act('PureCloud.clickToDial({ number: "+49 30 5551", type: "call", autoPlace: true })');
		await page.waitForTimeout(300);
		expect(changes("/conversations/calls").filter(({ method }) => method === "POST")).toHaveLength(1);
	});

	it("hold twice in one tick by a script held instead of resuming", async () => {
		await signIn();
		const id = await answer();
		const hold = `PureCloud.Interaction.updateState({ action: "hold", id: "${id}" });`;
		await act(hold + hold);
		await expect
			.poll(() => changes(id).flatMap(({ body }) => (body as { held?: boolean }).held ?? []))
			.toEqual([true, false]);
	});
});

describe("how a call ended", () => {
	it.each([
		["call.failure.busy", "is busy", "busy"],
		["call.failure.noanswer", "did not answer", "noAnswer"],
		["call.failure.unknownnumber", "There is no such number", "unknownNumber"],
		["call.failure.refused", "declined the call", "refused"],
	])("nobody said why a call came to nothing: %s", async (code, sentence, outcome) => {
		await signIn();
		const id = await dial("030 5551");
		fake.calls.fail(id, "endpoint", code);
		const last = page.locator(`.last-call[data-outcome="${outcome}"]`);
		await last.getByText(sentence).waitFor();
		await page.getByRole("button", { name: /^Redial/ }).click();
		await expect
			.poll(() =>
				changes("/conversations/calls")
					.filter(({ method }) => method === "POST")
					.map(({ body }) => body),
			)
			.toEqual([{ phoneNumber: "+49305551" }, { phoneNumber: "+49305551" }]);
	});

	it("an outbound number showed no name though the CRM knew it", async () => {
		await signIn();
		await dial("030 5551");
		await page.locator(".interaction-name", { hasText: "Clara Bell" }).waitFor();
	});
});

describe("a missed call", () => {
	it("was a call log, and nobody knew whose it was", async () => {
		await signIn();
		const id = fake.calls.ring();
		await page.waitForSelector('[data-call-control="pickup"]');
		fake.calls.fail(id, "transfer.noanswer");
		fake.setRoutingStatus("NOT_RESPONDING");
		await page.getByText("You missed the call of Ada Lovelace, so new calls").waitFor();
		const missed = page.locator(`[data-missed="${id}"]`);
		await missed.getByText("Missed").waitFor();
		expect(await missed.innerText()).toContain("Support");
		expect(await page.evaluate("window.saved")).toBeUndefined();
		await missed.getByRole("button", { name: "Call back: Ada Lovelace" }).click();
		await expect.poll(() => changes("/conversations/calls").at(-1)?.body).toEqual({ phoneNumber: "+4930123456" });
	});

	it("was called missed though the agent had declined it", async () => {
		await signIn();
		const id = fake.calls.ring();
		await page.waitForSelector('[data-call-control="pickup"]');
		fake.calls.fail(id, "client");
		fake.setRoutingStatus("NOT_RESPONDING");
		await page.getByText("You declined the call of Ada Lovelace, so new calls").waitFor();
	});

	it("with a log that the script made, the log says missed and has no duration", async () => {
		await signIn();
		const id = fake.calls.ring();
		await page.waitForSelector('[data-call-control="pickup"]');
		await act(
			`PureCloud.addAssociation({ type: "contact", id: "7", text: "Ada", select: true, interactionId: "${id}" })`,
		);
		await expect.poll(() => page.evaluate("window.saved?.length")).toBeGreaterThan(0);
		fake.calls.fail(id, "transfer.noanswer");
		await expect.poll(() => page.evaluate("window.saved.at(-1).subject")).toBe("Missed call from Ada Lovelace");
		expect(await page.evaluate("window.saved.at(-1).seconds")).toBeUndefined();
		await page.click('[data-view="call-log"]');
		expect(await page.locator("[data-log-facts]").innerText()).toBe("Missed");
	});

	it("was gone after a reload", async () => {
		const now = new Date().toISOString();
		fake.state.history = [
			{
				id: "past",
				direction: "inbound",
				startTime: now,
				participants: [
					{ purpose: "customer", name: "Ada Lovelace", address: "tel:+4930123456", startTime: now },
					{
						purpose: "agent",
						user: { id: userId },
						direction: "inbound",
						startTime: now,
						endTime: now,
						disconnectType: "transfer.noanswer",
						didInteract: false,
						queue: { name: "Support" },
					},
				],
			},
		];
		await signIn();
		await page.waitForSelector('[data-missed="past"][data-outcome="missed"]');
	});
});

describe("the card of a call", () => {
	it("code and notes were there only after the call, and lost on the way", async () => {
		await signIn();
		const id = await answer();
		await page.selectOption('select[name="wrapupCode"]', "w2");
		await page.fill(".wrapup textarea", "Wants blue");
		await page.click('[data-view="settings"]');
		await page.reload();
		await page.waitForSelector(`[data-interaction="${id}"]`);
		await expect.poll(() => page.inputValue(".wrapup textarea")).toBe("Wants blue");
		await expect.poll(() => page.inputValue('select[name="wrapupCode"]')).toBe("w2");
		await page.click('[data-call-control="disconnect"]');
		await page.click("[data-wrapup-done]");
		await page.waitForSelector("[data-go-on-queue]");
		expect(fake.calls.all.get(id)?.participants?.at(-1)?.wrapup).toMatchObject({ code: "w2", notes: "Wants blue" });
	});

	it("the keypad vanished after two digits typed at human speed", async () => {
		await signIn();
		const id = await answer();
		await page.click('[data-call-control="dtmf"]');
		for (const digit of "12345") {
			await page.click(`[data-digit="${digit}"]`);
			fake.calls.change(id, {});
			await page.waitForTimeout(350);
		}
		await page.click('[data-view="settings"]');
		await page.click('[data-view="interactions"]');
		expect(await page.locator(".dial-sent").innerText()).toBe("12345");
	});

	it("marks pushed the controls from under the pointer", async () => {
		await signIn();
		const id = await answer();
		const places = () =>
			page
				.locator(".call-control")
				.evaluateAll((all) => all.map((each) => [each.getBoundingClientRect().x, each.getBoundingClientRect().y]));
		const before = await places();
		fake.calls.change(id, { muted: true, held: true, startHoldTime: new Date().toISOString() });
		await page.waitForSelector('[data-call-control="hold"][data-on]');
		expect(await places()).toEqual(before);
	});

	it("one clock showed ringing, talking, holding and work after the call", async () => {
		await signIn();
		const id = await answer();
		fake.calls.change(id, {
			connectedTime: new Date(Date.now() - 65_000).toISOString(),
			held: true,
			startHoldTime: new Date(Date.now() - 5000).toISOString(),
		});
		await expect.poll(() => page.locator(".interaction-clock").innerText()).toMatch(/^1:0\d$/);
		expect(await page.locator(".hold-clock").innerText()).toMatch(/^0:\d\d$/);
		await page.click('[data-call-control="disconnect"]');
		await page.waitForSelector("[data-wrapup-done]");
		expect(await page.locator(".interaction-clock").innerText()).toMatch(/^1:0\d$/);
		expect(await page.locator(".acw-clock").innerText()).toMatch(/^0:0\d$/);
	});

	it("callControls: [] made a call without an end", async () => {
		fake.state.script = script("{ callControls: [] }");
		await signIn();
		const id = fake.calls.ring();
		fake.stream.propose(id);
		await page.click('[data-call-control="pickup"]');
		await page.waitForSelector('[data-interaction][data-state="connected"]');
		await page.click('[data-call-control="disconnect"]');
		await page.waitForSelector("[data-wrapup-done]");
	});

	it("the focus was at the top of the page after hang-up and after Done", async () => {
		await signIn();
		await answer();
		await expect.poll(() => page.evaluate("document.activeElement.dataset.callControl")).toBe("mute");
		await page.focus('[data-call-control="disconnect"]');
		await page.keyboard.press("Enter");
		await page.waitForSelector("[data-wrapup-done]");
		await expect.poll(() => page.evaluate("document.activeElement.name")).toBe("wrapupCode");
		await page.selectOption('select[name="wrapupCode"]', "w1");
		await page.focus("[data-wrapup-done]");
		await page.keyboard.press("Enter");
		await page.waitForSelector("[data-go-on-queue]");
		await expect.poll(() => page.evaluate("document.activeElement.closest('.interactions') !== null")).toBe(true);
	});
});

/** Violations of WCAG 2.2 A and AA on what is shown now. */
async function violations(): Promise<string[]> {
	await page.evaluate(axeSource);
	return page.evaluate(async () => {
		const { axe } = globalThis as unknown as {
			axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
		};
		const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
		const found = await axe.run({ runOnly: { type: "tag", values: tags } });
		return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`);
	});
}

const overflows = () =>
	page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

describe("a transfer", () => {
	it("told its error under the dialog, offered who was away, and the caller", async () => {
		fake.state.permissions = [...fake.state.permissions, "directory:user:view"];
		fake.state.awayColleague = true;
		fake.state.transferRefused = "Alan takes no calls now.";
		await signIn();
		await answer({ name: "Ada", address: "tel:+49305551" });
		await page.click('[data-call-control="transfer"]');
		await page.fill('dialog input[name="transferTo"]', "030 5551");
		await page.getByText("the number of the one you are talking to").waitFor();
		expect(await page.locator("[data-transfer-now]").isDisabled()).toBe(true);
		await page.fill('dialog input[name="transferTo"]', "alan");
		await page.waitForSelector('dialog [data-target="person"]');
		expect(await page.locator("dialog .target").allInnerTexts()).not.toContainEqual(expect.stringContaining("Away"));
		expect(await page.locator("dialog .target").allInnerTexts()).not.toContainEqual(expect.stringContaining("Clara"));
		await page.click('dialog [data-target="person"]');
		await page.click("[data-transfer-now]");
		await page.locator("dialog [data-transfer-refused]", { hasText: "Alan takes no calls now." }).waitFor();
		expect(await violations()).toEqual([]);
	});

	it("to a busy number ended the customer's call instead of coming back with a word", async () => {
		await signIn();
		const id = await answer();
		const conversation = fake.calls.all.get(id);
		const own = conversation?.participants?.at(-1);
		const ended = { state: "disconnected", disconnectType: "endpoint" };
		fake.calls.put({
			...conversation,
			id,
			participants: [
				...(conversation?.participants ?? []).slice(0, -1),
				{ ...own, endTime: new Date().toISOString(), calls: [{ ...own?.calls?.[0], ...ended }] },
				{
					id: "target",
					purpose: "external",
					endTime: new Date().toISOString(),
					calls: [
						{ ...ended, direction: "outbound", transferSource: own?.id, errorInfo: { code: "call.failure.busy" } },
					],
				},
				{ ...own, id: "again", calls: [{ ...own?.calls?.[0], state: "alerting", connectedTime: undefined }] },
			],
		});
		await page.locator("[data-came-back]", { hasText: "did not go through (Busy)" }).waitFor();
	});
});

describe("keyboard", () => {
	it("had no shortcuts: mute, hold, hang up, answer, search, and none while typing", async () => {
		await signIn();
		const id = fake.calls.ring();
		fake.stream.propose(id);
		await page.waitForSelector('[data-call-control="pickup"]');
		await page.keyboard.press("Alt+Shift+A");
		await page.waitForSelector('[data-call-control="mute"][aria-keyshortcuts="Alt+Shift+M"]');
		await page.keyboard.press("Alt+Shift+M");
		await page.waitForSelector('[data-call-control="mute"][data-on]');
		await page.focus(".wrapup textarea");
		await page.keyboard.press("Alt+Shift+H");
		await page.keyboard.press("Alt+Shift+E");
		expect(fake.calls.all.get(id)?.participants?.at(-1)?.calls?.[0]).toMatchObject({ state: "connected", held: false });
		await page.focus('[data-call-control="mute"]');
		await page.keyboard.press("Alt+Shift+E");
		await page.waitForSelector("[data-wrapup-done]");
		await page.focus("[data-wrapup-done]");
		await page.keyboard.press("Alt+Shift+F");
		await expect.poll(() => page.evaluate("document.activeElement.name")).toBe("number");
	});

	it("shortcuts can be changed, and are kept", async () => {
		await signIn();
		await page.click('[data-view="settings"]');
		await page.click('[data-shortcut="mute"]');
		await page.keyboard.press("Control+Shift+Y");
		await page.locator('[data-shortcut="mute"]', { hasText: "Ctrl+Shift+Y" }).waitFor();
		await page.reload();
		await page.click('[data-view="settings"]');
		await page.locator('[data-shortcut="mute"]', { hasText: "Ctrl+Shift+Y" }).waitFor();
		expect(await violations()).toEqual([]);
	});
});

describe("more views", () => {
	it("queues are switched on and off where routing:queue:join allows it", async () => {
		fake.state.permissions = [...fake.state.permissions, "routing:queue:join"];
		await signIn();
		await page.click(".header-menu button");
		await page.click('[data-item="queue-activation"]');
		await page.locator('[data-queue="q2"] input').uncheck();
		await expect.poll(() => changes("/queues").map(({ body }) => body)).toEqual([[{ id: "q2", joined: false }]]);
		expect(await violations()).toEqual([]);
	});

	it("call history is there where the script wants it", async () => {
		fake.state.script = script("{ enableCallHistory: true }");
		await signIn();
		const id = fake.calls.ring();
		await page.waitForSelector('[data-call-control="pickup"]');
		fake.calls.fail(id, "transfer.noanswer");
		await page.click(".header-menu button");
		await page.click('[data-item="call-history"]');
		await page.locator(`[data-past="${id}"]`, { hasText: "Ada Lovelace" }).waitFor();
		expect(await violations()).toEqual([]);
	});

	it("a caller id of the agent's own went nowhere", async () => {
		fake.state.script = script("{ enableConfigurableCallerID: true }");
		await signIn();
		await page.click('[data-view="settings"]');
		await page.fill('input[name="callerIdNumber"]', "030 777 77");
		await page.fill('input[name="callerIdName"]', "Inlay Ltd");
		await dial("030 5551");
		expect(changes("/conversations/calls")[0]?.body).toEqual({
			phoneNumber: "+49305551",
			callerId: "+493077777",
			callerIdName: "Inlay Ltd",
		});
	});
});

describe("text from outside", () => {
	it("a caller's U+202E reversed the panel", async () => {
		await signIn();
		const name = "Ada \u202Eecalevol";
		await answer({ name, address: "tel:+4930123456" });
		expect(await page.locator(".interaction-name bdi").evaluate((each) => getComputedStyle(each).unicodeBidi)).toBe(
			"isolate",
		);
		await page.click('[data-call-control="disconnect"]');
		await page.selectOption('select[name="wrapupCode"]', "w1");
		await page.click("[data-wrapup-done]");
		const id = fake.calls.ring({ name, address: "tel:+4930123456" });
		await page.waitForSelector('[data-call-control="pickup"]');
		fake.calls.fail(id, "transfer.noanswer");
		await page.locator(".last-call", { hasText: `\u2068${name}\u2069.` }).waitFor();
	});

	it.each([
		{ width: 200, colorScheme: "light" },
		{ width: 300, colorScheme: "dark" },
	] as const)("words broke and controls fell out at $width px", async ({ width, colorScheme }) => {
		await signIn({ viewport: { width, height: 560 }, colorScheme });
		fake.calls.fail(fake.calls.ring(), "transfer.noanswer");
		await page.waitForSelector("[data-missed]");
		const found: Record<string, unknown> = { missed: [await violations(), await overflows()] };
		const first = await answer();
		found.call = [await violations(), await overflows()];
		fake.calls.change(first, { held: true, startHoldTime: new Date().toISOString() });
		await answer({ name: "Bartholomew Featherstonehaugh", address: "tel:+4930777" });
		fake.calls.ring({ name: "Third", address: "tel:+4930778" });
		await page.waitForSelector(".alert-bar[data-second]");
		found.three = [await violations(), await overflows()];
		await page.click('[data-view="settings"]');
		await page.waitForSelector(".shortcut-keys");
		found.settings = [await violations(), await overflows()];
		expect(found).toEqual({ missed: [[], false], call: [[], false], three: [[], false], settings: [[], false] });
		if (process.env.INLAY_SHOTS) await page.click('[data-view="interactions"]');
		if (process.env.INLAY_SHOTS) await page.screenshot({ path: `${process.env.INLAY_SHOTS}/panel-${width}.png` });
	});
});
