import { describe, expect, it } from "vitest";
import { dial, script, signIn } from "./test-support/agent-script.ts";
import { userId } from "./test-support/fake-ids.ts";
import { answer, fake, page, requests, testPanel } from "./test-support/panel-page.ts";

testPanel({ script: script() });

const placeOf = async (selector: string) => {
	const { x, y } = (await page.locator(selector).boundingBox()) ?? { x: 0, y: 0 };
	return { x, y };
};

/** Clicks where Answer stands on the bar, in the moment in which it comes. Gives what was hit. */
const clickAtOnce = () =>
	page.evaluate<string>(`new Promise((done) => {
		const watch = new MutationObserver(() => {
			const place = document.querySelector(".alert-actions button")?.getBoundingClientRect();
			if (!place) return;
			watch.disconnect();
			const hit = document.elementFromPoint(place.x + place.width / 2, place.y + place.height / 2);
			hit?.click();
			done(hit?.closest("button") ? "button" : (hit?.closest(".alert-bar") ? "bar" : "beside"));
		});
		watch.observe(document.body, { childList: true, subtree: true });
	})`);

describe("a call in hand", () => {
	it("a second ring moved the card, and Decline stood where Hang up had been", async () => {
		await signIn({ viewport: { width: 340, height: 790 } });
		const id = await answer();
		const hangUp = `[data-interaction="${id}"] [data-call-control="disconnect"]`;
		const before = await placeOf(hangUp);
		fake.calls.ring({ name: "Grace Hopper", address: "tel:+4930777" });
		await page.waitForSelector(".alert-bar[data-second]");
		expect(await placeOf(hangUp)).toEqual(before);
		if (process.env.INLAY_SHOTS) await page.screenshot({ path: `${process.env.INLAY_SHOTS}/second-ring.png` });
	});

	it("a click that was on its way answered or declined the call that had just come", async () => {
		await signIn();
		const first = await answer();
		const clicked = clickAtOnce();
		await page.evaluate("0");
		const second = fake.calls.ring({ name: "Grace Hopper", address: "tel:+4930777" });
		expect(await clicked).toBe("bar");
		await page.waitForSelector(".alert-actions:not([data-settling])");
		expect(fake.calls.all.get(second)?.participants?.at(-1)?.calls?.[0]).toMatchObject({ state: "alerting" });
		expect(fake.calls.all.get(first)?.participants?.at(-1)?.calls?.[0]).toMatchObject({ state: "connected" });
	});

	it("the far end hung up while a note was typed: the card vanished, and the next space closed what stood there then", async () => {
		await signIn();
		await dial("030 5551");
		const id = [...fake.calls.all.keys()].at(-1) ?? "";
		fake.calls.connect(id);
		await page.click(".wrapup textarea");
		await page.keyboard.type("Wants");
		fake.calls.end(id);
		await page.waitForSelector(".call-control", { state: "detached" });
		await page.keyboard.type(" a call");
		await expect.poll(() => page.inputValue(".wrapup textarea")).toBe("Wants a call");
		await page.locator(".interaction-row").focus();
		await page.waitForSelector(".wrapup", { state: "detached" });
	});

	it("work that ended elsewhere kept its card for the focus alone, and the next call rang without an Answer", async () => {
		await signIn();
		const id = await answer();
		await page.click(".wrapup textarea");
		fake.calls.end(id);
		await page.waitForSelector(".call-control", { state: "detached" });
		fake.calls.finishWork(id, { code: "w2" });
		await page.waitForSelector(".wrapup", { state: "detached" });
		const next = fake.calls.ring({ name: "Grace Hopper", address: "tel:+4930777" });
		await page.click(`[data-interaction="${next}"] [data-call-control="pickup"]`);
	});

	it("a call that rang while the note of one that is done was typed had no Answer", async () => {
		await signIn();
		const id = await answer();
		await page.click(".wrapup textarea");
		await page.keyboard.type("Wants");
		fake.calls.end(id);
		await page.waitForSelector(".call-control", { state: "detached" });
		fake.calls.finishWork(id, { code: "w2" });
		const next = fake.calls.ring({ name: "Grace Hopper", address: "tel:+4930777" });
		await page.keyboard.type(" a call");
		await page.waitForSelector(`.alert-bar[data-interaction="${next}"]`);
		expect(await page.inputValue(".wrapup textarea")).toBe("Wants a call");
		await page.click(`.alert-bar[data-interaction="${next}"] [data-call-control="pickup"]`);
		await expect
			.poll(() => fake.calls.all.get(next)?.participants?.at(-1)?.calls?.[0])
			.toMatchObject({ state: "connected" });
	});

	it("when the agent's right was taken away the panel said so after half a minute, by the permission's name", async () => {
		await signIn();
		await answer();
		fake.state.access = { allowed: false, problem: { code: "user.without.permission", text: "" } };
		fake.announceRights();
		await page.locator("[data-closing]", { hasText: "Your right to use this panel was taken away." }).waitFor({
			timeout: 20_000,
		});
	});

	it("an administrator took the panel from everybody at once, and who was in a call kept it", async () => {
		await signIn();
		await answer();
		const problem = { code: "deployment.inactive", text: "It is switched off.", now: true } as const;
		fake.state.access = { allowed: false, problem };
		fake.announceRights();
		await page.getByText("has been switched off").waitFor({ timeout: 20_000 });
		await page.locator("[data-status]").waitFor({ state: "detached" });
	});

	it("a reload found the deployment switched off, no panel opened, and the caller waited alone: it opens for the call alone", async () => {
		await signIn();
		await answer();
		const id = [...fake.calls.all.keys()].at(-1) ?? "";
		const problem = { code: "deployment.inactive", text: "It is switched off." } as const;
		fake.state.bootProblem = problem;
		fake.state.access = { allowed: false, problem, atWork: true };
		await page.reload();
		await page.locator("[data-closing]", { hasText: "has been switched off" }).waitFor();
		await page.locator('[data-call-control="disconnect"]').waitFor();
		expect(
			await page.locator("[data-view]").evaluateAll((all) => all.map((each) => each.getAttribute("data-view"))),
		).toEqual(["interactions"]);
		fake.calls.end(id);
		await page.locator(".wrapup").waitFor();
		fake.calls.finishWork(id, {});
		await page.locator("[data-status]").waitFor({ state: "detached" });
		await page.getByText("has been switched off").waitFor();
	});

	it("nobody took the call that was handed over, and the agent watched the customer wait: one press brings them back", async () => {
		fake.state.permissions = [...fake.state.permissions, "conversation:call:pull"];
		await signIn();
		const id = await answer();
		fake.calls.end(id);
		const conversation = fake.calls.all.get(id);
		const own = conversation?.participants?.at(-1)?.id;
		const target = { id: "other", purpose: "agent", name: "Ben", userId: "ben" };
		fake.calls.put({
			...conversation,
			id,
			participants: [
				...(conversation?.participants ?? []),
				{ ...target, calls: [{ state: "disconnected", transferSource: own, disconnectType: "timeout" }] },
				{ id: "waits", purpose: "acd", queueId: "q1", calls: [{ state: "connected" }] },
			],
		});
		await page.click("[data-take-back]");
		await expect.poll(() => requests(`/conversations/${id}/assign`).map(({ body }) => body)).toEqual([{ id: userId }]);
		const me = { id: "again", purpose: "agent", userId: userId, queueId: "q1" };
		const waiting = fake.calls.all.get(id);
		const participants = [
			...(waiting?.participants ?? []).slice(0, -1),
			{ ...me, calls: [{ id: "c", state: "alerting" }] },
		];
		fake.calls.put({ ...waiting, id, participants });
		await expect
			.poll(() => requests("/participants/again").map(({ body }) => body))
			.toContainEqual({ state: "connected" });
	});
});
