import { describe, expect, it } from "vitest";
import { dial, script, signIn } from "./test-support/agent-script.ts";
import { userId } from "./test-support/fake-ids.ts";
import { answer, fake, page, requests, ring, testPanel } from "./test-support/panel-page.ts";

testPanel({ script: script() });

const act = (code: string) => page.evaluate(`(() => { ${code} })()`);

/** From now on the page counts the tones that begin, as `tones`. */
async function countTones(): Promise<void> {
	await page.evaluate(() => {
		const counts = globalThis as unknown as { tones: number };
		counts.tones = 0;
		const start = OscillatorNode.prototype.start;
		OscillatorNode.prototype.start = function (this: OscillatorNode, at?: number) {
			counts.tones++;
			start.call(this, at);
		};
	});
}

describe("two calls", () => {
	it("a second call rang into the ear of who was talking", async () => {
		await signIn();
		await answer();
		await countTones();
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
		await expect.poll(() => requests(first).at(-1)?.body).toEqual({ held: false });
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
		expect(requests("/conversations/calls").filter(({ method }) => method === "POST")).toHaveLength(1);
	});

	it("hold twice in one tick by a script held instead of resuming", async () => {
		await signIn();
		const id = await answer();
		const hold = `PureCloud.Interaction.updateState({ action: "hold", id: "${id}" });`;
		await act(hold + hold);
		await expect
			.poll(() => requests(id).flatMap(({ body }) => (body as { held?: boolean }).held ?? []))
			.toEqual([true, false]);
	});
});

describe("hold, pressed twice before the first press was answered", () => {
	it("swallowed the second: the customer stayed on hold", async () => {
		await signIn();
		const id = await answer();
		const hold = `document.querySelector('[data-interaction="${id}"] [data-call-control="hold"]').click();`;
		await act(hold + hold);
		await expect
			.poll(() => requests(id).flatMap(({ body }) => (body as { held?: boolean }).held ?? []))
			.toEqual([true, false]);
	});
});

describe("how a call ended", () => {
	it.each([
		["call.failure.busy", "is busy", "busy"],
		["call.failure.noanswer", "did not answer", "noAnswer"],
		["call.failure.unknownnumber", "There is no such number", "unknownNumber"],
		["call.failure.refused", "declined the call", "refused"],
	])("nobody said why a call came to nothing, and the focus was nowhere: %s", async (code, sentence, outcome) => {
		const focused = (place: string) => page.evaluate(`document.activeElement.matches(${JSON.stringify(place)})`);
		await signIn();
		const id = await dial("030 5551");
		await expect.poll(() => focused('[data-open="true"] .call-control')).toBe(true);
		fake.calls.fail(id, "endpoint", code);
		const last = page.locator(`.last-call[data-outcome="${outcome}"]`);
		await last.getByText(sentence).waitFor();
		await expect.poll(() => focused(".last-call button")).toBe(true);
		await page.getByRole("button", { name: /^Redial/ }).click();
		await expect
			.poll(() =>
				requests("/conversations/calls")
					.filter(({ method }) => method === "POST")
					.map(({ body }) => body),
			)
			.toEqual([{ phoneNumber: "+49305551" }, { phoneNumber: "+49305551" }]);
	});

	it("the note of a call without after-call work was gone with its form, and nobody said where to", async () => {
		await signIn();
		const id = await dial("030 5551");
		fake.calls.connect(id);
		await page.locator(".wrapup textarea").fill("Wants an offer");
		await page.click('[data-call-control="disconnect"]');
		fake.calls.end(id);
		await page.locator(`[data-note-kept="${id}"]`, { hasText: "is under “Log”" }).waitFor();
		await page.click("[data-show-note]");
		await expect.poll(() => page.locator(".call-log textarea").inputValue()).toBe("Wants an offer");
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
		// Who waits in the queue still is not called beside that.
		await missed.getByText("Still waiting").waitFor();
		expect(await page.getByRole("button", { name: "Call back: Ada Lovelace" }).count()).toBe(0);
		fake.calls.giveUp(id);
		await missed.getByRole("button", { name: "Call back: Ada Lovelace" }).click();
		await expect.poll(() => requests("/conversations/calls").at(-1)?.body).toEqual({ phoneNumber: "+4930123456" });
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
		await expect.poll(() => page.locator("[data-log-facts]").innerText()).toBe("Missed");
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
		await expect.poll(() => page.locator(".dial-sent").innerText()).toBe("12345");
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
		await ring();
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
		await page.locator("[data-go-on-queue]").press("Enter");
		await expect.poll(() => page.locator("[data-go-on-queue]").count()).toBe(0);
		await page.waitForSelector(".interactions button:focus");
	});
});

describe("a campaign's preview", () => {
	/** The server offers the agent a contact, who is called by itself in a while. */
	function offerContact(): string {
		const preview = { id: "p1", campaignId: "c1", contactId: "k1", contactListId: "l1", phoneNumberColumns: [] };
		const callbacks = [{ id: "b1", state: "connected", direction: "inbound", dialerPreview: preview }];
		const participants = [
			{ id: "a", purpose: "customer", name: "Amara A.", address: "tel:+4930555" },
			{ id: "b", purpose: "agent", userId, queueId: "q1", callbacks },
		];
		fake.calls.put({ id: "preview-1", participants });
		return "preview-1";
	}

	it("dialled by itself, unseen and unheard, while the agent was in another view", async () => {
		await signIn({ viewport: { width: 300, height: 560 } });
		const callsAt = new Date(Date.now() + 60_000).toISOString();
		await page.route("**/inlay/outbound/interactions/*", (route) =>
			route.fulfill({
				json: {
					campaign: { id: "c1", name: "Spring" },
					mode: "preview",
					numbers: [{ column: "Phone", number: "+4930555", type: "", zone: "Europe/Berlin" }],
					attempts: [],
					actions: [],
					skipEnabled: true,
					skipReasons: [],
					callsAt,
				},
			}),
		);
		await page.route("**/inlay/outbound/interactions/*/skip", (route) => route.fulfill({ status: 204 }));
		await countTones();
		await page.click('[data-view="new-interaction"]');
		const id = offerContact();
		const bar = page.locator(`[data-preview-bar="${id}"]`);
		await bar.getByText("Amara A.").waitFor();
		await bar.getByText(/in (1:00|0:\d\d)/).waitFor();
		await page.locator("[data-spoken-news]", { hasText: "Contact of a campaign: Amara A." }).waitFor();
		expect(await page.evaluate(() => (globalThis as unknown as { tones: number }).tones)).toBe(2);
		const skipped = page.waitForRequest("**/inlay/outbound/interactions/*/skip");
		await bar.locator("[data-outbound-skip]").click();
		await skipped;
		await bar.locator("[data-call-now]").click();
		await expect.poll(() => requests(id).some(({ method }) => method === "POST")).toBe(true);
	});
});
