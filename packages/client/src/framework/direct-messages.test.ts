import { describe, expect, it } from "vitest";
import { createFrameworkRuntime } from "./runtime.ts";
import { fakeDesk } from "./test-support/fake-desk.ts";
import { fakePorts } from "./test-support/fake-ports.ts";
import { fakeWindow } from "./test-support/fake-window.ts";
import { AGENT_ID, inboundCall } from "./test-support/sample-call.ts";

async function panel() {
	const ports = fakePorts();
	const frame = fakeWindow({});
	const runtime = createFrameworkRuntime({ window: frame.window, ...ports });
	runtime.configure({ directMessages: (origin) => origin === "https://crm.test" });
	await runtime.start(undefined);
	return { ...ports, frame, runtime };
}

describe("the message API without a script", () => {
	it("does what a listed page asks, and attributes may come with id", async () => {
		const { frame, runtime, done } = await panel();
		runtime.signedIn(AGENT_ID, fakeDesk());
		frame.post({ type: "PureCloud.User.updateStatus", data: { id: "Break" } });
		frame.post(JSON.stringify({ type: "PureCloud.Interaction.updateState", data: { action: "hold", id: "c" } }));
		frame.post({ type: "PureCloud.Interaction.addCustomAttributes", data: { id: "c", attributes: { a: 1 } } });
		expect(done).toEqual([
			["updateStatus", { name: "BREAK" }],
			["control", { action: "hold", interactionId: "c" }],
			["setAttributes", { interactionId: "c", attributes: { a: "1" } }],
		]);
	});

	it("answers what goes beyond the contract by the page's own id, and says which page has asked", async () => {
		const { frame, runtime, done } = await panel();
		frame.post({ type: "PureCloud.Subscribe", data: { type: "Notification", categories: ["inlay:request"] } });
		runtime.signedIn(AGENT_ID, fakeDesk());
		const wish = { id: "7", request: "record", data: { interactionId: "c", on: true } };
		frame.post({ type: "PureCloud.Inlay.request", data: wish });
		await expect.poll(() => frame.posted).toHaveLength(3);
		frame.post({ type: "PureCloud.Inlay.request", data: { ...wish, id: "8", request: "explode" } });
		await expect.poll(() => frame.posted).toHaveLength(5);
		expect(done).toEqual([["record", { interactionId: "c", on: true }]]);
		const host = "https://crm.test";
		expect(frame.posted).toMatchObject([
			{ type: "InitialSetup" },
			{ data: { id: "7", request: "record", host, state: "done" } },
			{ type: "Inlay.answer", id: "7", data: { did: "record" } },
			{ data: { id: "8", request: "explode", host, state: "failed", code: "inlay.request.unknown" } },
			{ type: "Inlay.answer", id: "8", error: { code: "inlay.request.unknown" } },
		]);
	});

	it("tells the page of what it has subscribed to, in the form in which it speaks", async () => {
		const { frame, runtime } = await panel();
		frame.post({ type: "PureCloud.Subscribe", data: { type: "Interaction", categories: ["add"] } });
		runtime.signedIn(AGENT_ID, fakeDesk());
		runtime.conversationsChanged([inboundCall("c1", "alerting")]);
		expect(frame.posted).toMatchObject([
			{ type: "InitialSetup" },
			{ type: "Interaction", category: "add", data: { id: "c1" } },
		]);
		frame.post(JSON.stringify({ type: "PureCloud.Subscribe", data: { type: "UserAction" } }));
		runtime.routingStatusChanged("IDLE");
		expect(frame.posted.at(-1)).toBe(JSON.stringify({ type: "UserAction", category: "routingStatus", data: "IDLE" }));
	});

	it("is deaf and silent to pages that are not listed, and to nonsense", async () => {
		const { frame, runtime, done } = await panel();
		runtime.signedIn(AGENT_ID, fakeDesk());
		frame.post({ type: "PureCloud.User.updateStatus", data: { id: "Break" } }, "https://evil.test");
		for (const nonsense of [
			"",
			"x",
			5,
			null,
			{ type: 5 },
			{ type: "PureCloud.toString" },
			{ type: "PureCloud.constructor" },
		])
			frame.post(nonsense);
		expect(done).toEqual([]);
		const stranger = await panel();
		stranger.runtime.signedIn(AGENT_ID, fakeDesk());
		expect(stranger.frame.posted).toEqual([]);
	});
});
