import { describe, expect, it } from "vitest";
import { script, signIn } from "./test-support/agent-script.ts";
import { fake, newPage, page, requests, testPanel } from "./test-support/panel-page.ts";

testPanel({ script: script() });

/** What a table of the contract had as done by the reading of a setting alone is seen here, where an agent would see it. */
describe("settings and actions of a script, in the panel", { timeout: 30_000 }, () => {
	it("theme.notification was read, and no toast was looked at: it has those colours, or its own", async () => {
		const theme = `{ notification: { success: { primary: "#0b3d2e", text: "#ffe08a" }, error: { primary: "#7a1020", text: "#fff" } } }`;
		fake.state.script = script(`{ theme: ${theme} }`);
		await signIn();
		const shown = async (notice: object) => {
			await page.evaluate(`PureCloud.User.Notification.notifyUser(${JSON.stringify({ timeout: 0, ...notice })})`);
			const style = (toast: Element) => [getComputedStyle(toast).backgroundColor, getComputedStyle(toast).color];
			return page.locator(".toast", { hasText: String((notice as { message: string }).message) }).evaluate(style);
		};
		expect(await shown({ message: "saved", type: "SUCCESS" })).toEqual(["rgb(11, 61, 46)", "rgb(255, 224, 138)"]);
		expect(await shown({ message: "lost", type: "error" })).toEqual(["rgb(122, 16, 32)", "rgb(255, 255, 255)"]);
		const own = { message: "mine", type: "error", theme: { primary: "#102040", text: "#ffffff" } };
		expect(await shown(own)).toEqual(["rgb(16, 32, 64)", "rgb(255, 255, 255)"]);
	});

	it("setAudioConfiguration was read, and no ring was listened to: what it leaves out rings as before", async () => {
		await newPage({}, () => {
			const counts = globalThis as unknown as { tones: number };
			counts.tones = 0;
			const start = OscillatorNode.prototype.start;
			OscillatorNode.prototype.start = function (this: OscillatorNode, at?: number) {
				counts.tones++;
				start.call(this, at);
			};
		});
		fake.state.signsInAtOnce = true;
		await page.goto(fake.panel());
		await page.waitForSelector("[data-status]");
		const tones = () => page.evaluate(() => (globalThis as unknown as { tones: number }).tones);
		await page.evaluate("PureCloud.User.Notification.setAudioConfiguration({ call: false })");
		const silent = fake.calls.ring();
		await page.waitForSelector(`[data-interaction="${silent}"]`);
		expect(await tones()).toBe(0);
		await page.evaluate("PureCloud.User.Notification.setAudioConfiguration({ email: false })");
		fake.calls.end(silent);
		await page.waitForSelector(`[data-interaction="${silent}"] [data-call-control="pickup"]`, { state: "detached" });
		const still = fake.calls.ring();
		await page.waitForSelector(`[data-interaction="${still}"]`);
		expect(await tones(), "one that is partial leaves the others as they are").toBe(0);
		await page.evaluate("PureCloud.User.Notification.setAudioConfiguration({ call: true })");
		await expect.poll(tones).toBeGreaterThan(0);
	});

	it("the script's sso was read, and no sign-in was looked at: it leads to that provider of that organization", async () => {
		fake.state.script = script(`{ sso: { provider: "okta", orgName: "acme" } }`);
		await newPage();
		const asking = page.waitForRequest((request) => request.url().includes("/oauth/authorize"));
		await page.goto(fake.panel());
		const query = new URL((await asking).url()).searchParams;
		expect([query.get("provider"), query.get("orgName") ?? query.get("org")]).toEqual(["okta", "acme"]);
	});

	it("the script's dedicatedLoginWindow was never tried, as addresses name it, too", async () => {
		fake.state.script = script("{ dedicatedLoginWindow: true }");
		await newPage();
		await page.goto(fake.panel());
		const opening = page.waitForEvent("popup");
		await page.getByRole("button", { name: "Sign in" }).click();
		await (await opening).click("#sign-in");
		await page.waitForSelector("[data-status]");
	});

	it("an SMS went to the agent's country, whatever defaultOutboundSMSCountryCode said", async () => {
		fake.state.script = script(`{ defaultOutboundSMSCountryCode: "+1" }`);
		fake.state.permissions = [...fake.state.permissions, "conversation:message:view", "conversation:message:create"];
		await signIn();
		await page.evaluate('PureCloud.clickToDial({ number: "(317) 555-0142", type: "sms" })');
		await expect.poll(() => page.inputValue("input[name=smsTo]")).toBe("(317) 555-0142");
		await page.click("[data-compose]:not(:disabled)");
		await expect
			.poll(() => requests("/conversations/messages").at(-1)?.body)
			.toMatchObject({ toAddress: "+13175550142" });
	});

	it("clickToDial fills in what it is given, and places it where autoPlace says so", async () => {
		await signIn();
		await page.evaluate('PureCloud.clickToDial({ number: "+49305551", type: "call" })');
		await expect.poll(() => page.inputValue('input[name="number"]')).toBe("+49305551");
		expect(requests("/conversations/calls")).toEqual([]);
		await page.evaluate('PureCloud.clickToDial({ number: "+49305552", type: "call", autoPlace: true, queueId: "q2" })');
		await expect
			.poll(() => requests("/conversations/calls").map(({ body }) => body))
			.toEqual([{ phoneNumber: "+49305552", callFromQueueId: "q2" }]);
	});

	it("setView shows each view of the contract that the agent has", async () => {
		fake.state.permissions = [...fake.state.permissions, "conversation:callback:view", "conversation:callback:create"];
		await signIn();
		for (const [name, shown] of [
			["settings", "settings"],
			["callLog", "call-log"],
			["NEWINTERACTION", "new-interaction"],
			["interactionList", "interactions"],
		]) {
			await page.evaluate(`PureCloud.User.setView({ type: "main", view: { name: "${name}" } })`);
			await page.waitForSelector(`[data-view="${shown}"][aria-current="page"]`);
		}
	});
});
