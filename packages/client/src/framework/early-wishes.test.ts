import { describe, expect, it } from "vitest";
import type { KeptWish } from "./kept-wishes.ts";
import { createFrameworkRuntime } from "./runtime.ts";
import { fakeDesk } from "./test-support/fake-desk.ts";
import { fakePorts } from "./test-support/fake-ports.ts";
import { fakeWindow } from "./test-support/fake-window.ts";
import { HandTimers } from "./test-support/hand-timers.ts";
import { AGENT_ID, inboundCall } from "./test-support/sample-call.ts";

const URL = "https://panel.test/crm/framework.js";
const allows = { directMessages: (origin: string) => origin === "https://crm.test" };

/** A panel whose script notes what was refused. */
async function panel() {
	const ports = fakePorts();
	const timers = new HandTimers();
	const source = `
		var refused = [];
		window.PureCloud.subscribe({ type: "Notification", categories: ["actionRefused"], callback: function (_, data) {
			refused.push(data.action + " " + data.code);
		} });
		window.Framework = { config: { name: "early", settings: { enableCallLogs: true } } };`;
	const frame = fakeWindow({ [URL]: source });
	const runtime = createFrameworkRuntime({ window: frame.window, ...ports, timers });
	await runtime.start(URL);
	const refused = () => JSON.parse(JSON.stringify(frame.evaluate("refused"))) as string[];
	const ask = (action: string) => void frame.evaluate(`window.PureCloud.${action}`);
	return { ...ports, timers, frame, runtime, refused, ask };
}

describe("what a page or script asks before the panel is ready", () => {
	it("a status chosen right after the sign-in is not lost because the statuses are still on their way", async () => {
		const { runtime, done, ask } = await panel();
		runtime.signedIn(AGENT_ID, fakeDesk(), { listsKnown: false });
		ask(`User.updateStatus({ id: "On Queue" })`);
		expect(done).toEqual([]);
		runtime.listsAreKnown();
		expect(done).toEqual([["updateStatus", { name: "ON_QUEUE" }]]);
	});

	it("an association right after a reload waits for the call that it is about", async () => {
		const { runtime, refused, ask } = await panel();
		runtime.signedIn(AGENT_ID, fakeDesk(), { listsKnown: false });
		ask(`addAssociation({ type: "contact", id: "c-1", text: "Clara", select: true })`);
		ask(`Interaction.updateState({ action: "hold", id: "c1" })`);
		runtime.conversationsChanged([inboundCall("c1", "connected")]);
		runtime.listsAreKnown();
		expect(refused()).toEqual([]);
		expect(runtime.callLogs.store.get("c1")?.contacts).toMatchObject([{ id: "c-1", text: "Clara" }]);
	});

	it("comes about in the order in which it was asked", async () => {
		const { runtime, done, ask } = await panel();
		ask(`Interaction.updateState({ action: "disconnect", id: "c1" })`);
		ask(`clickToDial({ number: "15550100", autoPlace: true })`);
		runtime.signedIn(AGENT_ID, fakeDesk(), { listsKnown: false });
		ask(`User.updateStatus({ id: "Busy" })`);
		runtime.listsAreKnown();
		expect(done.map(([method]) => method)).toEqual(["control", "startInteraction", "updateStatus"]);
	});

	it("is told to the asker, the agent and the operator when it has waited in vain", async () => {
		const { runtime, done, timers, refused, of, ask } = await panel();
		ask(`clickToDial({ number: "15550100", autoPlace: true })`);
		timers.pass(120_000);
		expect(refused()).toEqual(["clickToDial framework.action.early"]);
		expect(of("report")).toEqual([{ code: "framework.action.early", text: "clickToDial" }]);
		runtime.signedIn(AGENT_ID, fakeDesk());
		expect(done, "a call that is dialled minutes later is nobody's wish").toEqual([]);
	});

	it("is told to the asker when it cannot be understood or fails", async () => {
		const { runtime, session, refused, ask } = await panel();
		session.updateStatus = async () => {
			throw new Error("You may not go on queue.");
		};
		runtime.signedIn(AGENT_ID, fakeDesk());
		ask("clickToDial({})");
		ask(`User.updateStatus({ id: "On Queue" })`);
		await expect
			.poll(refused)
			.toEqual(["clickToDial framework.action.invalid", "updateStatus framework.action.failed"]);
	});

	it("an action on a call that is gone threw into the script, and what waited behind it was never done", async () => {
		const { runtime, session, done, refused, ask } = await panel();
		session.control = () => {
			throw new Error("There is no interaction c9.");
		};
		ask(`Interaction.updateState({ action: "hold", id: "c9" })`);
		ask(`User.updateStatus({ id: "Break" })`);
		runtime.signedIn(AGENT_ID, fakeDesk());
		expect(done).toEqual([["updateStatus", { name: "BREAK" }]]);
		expect(() => ask(`Interaction.updateState({ action: "hold", id: "c9" })`)).not.toThrow();
		const failed = "updateState framework.action.failed";
		await expect.poll(refused).toEqual([failed, failed]);
	});

	it("told the agent “clickToDial: …”, though the name of a function says nothing to them", async () => {
		const { runtime, session, of, ask } = await panel();
		session.startInteraction = async () => {
			throw new Error("This panel makes calls.");
		};
		runtime.signedIn(AGENT_ID, fakeDesk());
		ask(`clickToDial({ number: "15550100", type: "sms", autoPlace: true })`);
		await expect
			.poll(() => of("report"))
			.toMatchObject([{ text: "clickToDial: This panel makes calls.", said: "This panel makes calls." }]);
	});

	it("a script may have the token before the lists are there", async () => {
		const { runtime, frame, ask } = await panel();
		runtime.signedIn(AGENT_ID, fakeDesk(), { listsKnown: false });
		ask("User.getAuthToken(function (token) { window.got = token; })");
		await expect.poll(() => frame.evaluate("window.got")).toBe("token-1");
	});
});

describe("what is asked for before the frame leaves for the sign-in page", () => {
	it("a click to dial was lost with the page: it is dialled once afterwards, and nothing else is asked again that had been done", async () => {
		const before = await panel();
		before.ask(`clickToDial({ number: "15550100", autoPlace: true })`);
		before.ask("User.getAuthToken(function () {})");
		before.ask("addCustomAttributes({ interactionId: 'c1' })");
		const kept = JSON.parse(JSON.stringify(before.runtime.wishes())) as KeptWish[];
		expect(kept.map(({ action }) => action)).toEqual(["clickToDial"]);
		const after = await panel();
		after.runtime.askAgain(kept);
		after.runtime.signedIn(AGENT_ID, fakeDesk());
		expect(after.done).toEqual([["startInteraction", { type: "call", address: "15550100", attributes: {} }]]);
		expect(after.runtime.wishes()).toEqual([]);
	});

	it("a page's wish was the script's afterwards: a refusal no longer said which page had asked", async () => {
		const host = "https://crm.test";
		const panelOf = async () => {
			const ports = fakePorts();
			const frame = fakeWindow({});
			const runtime = createFrameworkRuntime({ window: frame.window, ...ports });
			runtime.configure(allows);
			await runtime.start(undefined);
			return { ...ports, frame, runtime };
		};
		const before = await panelOf();
		before.frame.post({ type: "PureCloud.User.updateStatus", data: { id: "On Queue" } });
		const [kept] = JSON.parse(JSON.stringify(before.runtime.wishes())) as KeptWish[];
		expect(kept).toMatchObject({ action: "updateStatus", host });
		const { frame, runtime, session } = await panelOf();
		session.updateStatus = async () => {
			throw new Error("You may not go on queue.");
		};
		frame.post({ type: "PureCloud.Subscribe", data: { type: "Notification", categories: ["actionRefused"] } });
		if (kept) runtime.askAgain([kept, { ...kept, askedAt: 0 }]);
		runtime.signedIn(AGENT_ID, fakeDesk());
		const refused = () => frame.posted.flatMap((one) => (one as { data?: object }).data ?? []);
		const action = "updateStatus";
		await expect.poll(refused).toHaveLength(2);
		expect(refused()).toMatchObject([
			{ action, host, code: "framework.action.early" },
			{ action, host, code: "framework.action.failed" },
		]);
	});

	it("is refused aloud where it has waited for longer than a wish may, or could not be kept", async () => {
		const { runtime, done, refused } = await panel();
		const given = { number: "15550100", autoPlace: true };
		runtime.askAgain([
			{ action: "clickToDial", given, askedAt: Date.now() - 121_000 },
			{ action: "updateStatus", askedAt: Date.now() },
		]);
		runtime.signedIn(AGENT_ID, fakeDesk());
		expect(done).toEqual([]);
		expect(refused()).toEqual(["clickToDial framework.action.early", "updateStatus framework.action.early"]);
	});
});

describe("what a page says before the panel knows whether it may listen", () => {
	it("a click on a number while the panel starts is not lost", async () => {
		const ports = fakePorts();
		const frame = fakeWindow({});
		const runtime = createFrameworkRuntime({ window: frame.window, ...ports });
		frame.post({ type: "PureCloud.clickToDial", data: { number: "15550100", autoPlace: true } });
		frame.post({ type: "PureCloud.clickToDial", data: { number: "666", autoPlace: true } }, "https://evil.test");
		runtime.configure(allows);
		await runtime.start(undefined);
		runtime.signedIn(AGENT_ID, fakeDesk());
		expect(ports.done).toEqual([["startInteraction", { type: "call", address: "15550100", attributes: {} }]]);
	});
});
