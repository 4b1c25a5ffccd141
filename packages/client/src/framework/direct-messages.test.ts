import { describe, expect, it } from "vitest";
import { createFrameworkRuntime } from "./runtime.ts";
import { fakeDesk } from "./test-support/fake-desk.ts";
import { fakePorts } from "./test-support/fake-ports.ts";
import { fakeWindow } from "./test-support/fake-window.ts";
import { HandTimers } from "./test-support/hand-timers.ts";
import { AGENT_ID, inboundCall } from "./test-support/sample-call.ts";

async function panel(search = "", timers = new HandTimers()) {
	const ports = fakePorts();
	const frame = fakeWindow({}, { search });
	const runtime = createFrameworkRuntime({ window: frame.window, timers, ...ports });
	runtime.configure({ directMessages: (origin) => /^https:..(crm|desk).test$/.test(origin) });
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

	it("several pages of the list speak where who embeds says so; each hears what it has asked for, and events say who has asked", async () => {
		const { frame, runtime, done } = await panel("?severalHosts=true");
		const [desk, origin] = [frame.beside(), "https://desk.test"];
		const asked = { type: "Notification", categories: ["inlay:asked", "actionRefused"] };
		frame.post({ type: "PureCloud.Subscribe", data: asked });
		desk.post({ type: "PureCloud.Subscribe", data: { type: "UserAction", categories: ["routingStatus"] } }, origin);
		runtime.signedIn(AGENT_ID, fakeDesk());
		// A page that loads again in its frame subscribes again.
		desk.post({ type: "PureCloud.Subscribe", data: { type: "UserAction", categories: ["routingStatus"] } }, origin);
		runtime.routingStatusChanged("IDLE");
		desk.post({ type: "PureCloud.User.updateStatus", data: { id: "Break" } }, origin);
		desk.post({ type: "PureCloud.clickToDial", data: {} }, origin);
		expect(desk.posted).toEqual([
			{ type: "InitialSetup" },
			{ type: "UserAction", category: "routingStatus", data: "IDLE" },
		]);
		expect(frame.posted).toMatchObject([
			{ type: "InitialSetup" },
			{ category: "inlay:asked", data: { action: "User.updateStatus", host: origin } },
			{ category: "inlay:asked", data: { action: "clickToDial", host: origin } },
			{ category: "actionRefused", data: { action: "clickToDial", host: origin } },
		]);
		expect(done).toEqual([["updateStatus", { name: "BREAK" }]]);
		desk.close();
		runtime.routingStatusChanged("OFF_QUEUE");
		expect(desk.posted).toHaveLength(2);
	});

	it("what the CRMs beside the page around said before the panel listened was lost, and who first spoke later never heard of the set-up", async () => {
		const ports = fakePorts();
		const frame = fakeWindow({}, { search: "?severalHosts=true" });
		const runtime = createFrameworkRuntime({ window: frame.window, ...ports });
		const [early, late, origin] = [frame.beside(), frame.beside(), "https://desk.test"];
		early.post({ type: "PureCloud.User.updateStatus", data: { id: "Meal" } }, origin);
		for (let said = 0; said < 150; said++) early.post({ type: "nonsense" }, origin);
		frame.post({ type: "PureCloud.User.updateStatus", data: { id: "Break" } });
		const other = frame.beside();
		runtime.configure({ directMessages: (one) => one === origin || one === "https://crm.test" });
		await runtime.start(undefined);
		runtime.signedIn(AGENT_ID, fakeDesk());
		expect(ports.done, "and nobody silences the page around").toEqual([
			["updateStatus", { name: "MEAL" }],
			["updateStatus", { name: "BREAK" }],
		]);
		const subscribe = { type: "PureCloud.Subscribe", data: { type: "UserAction" } };
		late.post(subscribe, origin);
		late.post(subscribe, origin);
		runtime.routingStatusChanged("IDLE");
		runtime.signedOut();
		other.post(subscribe, origin);
		expect(late.posted.map((one) => (one as { type: string }).type)).toEqual([
			"InitialSetup",
			"UserAction",
			"UserAction",
		]);
		expect(early.posted).toEqual([{ type: "InitialSetup" }]);
		expect(other.posted, "nobody is signed in").toEqual([]);
	});

	it("a hub's CRM that was loaded anew in its frame never heard of the set-up again; who subscribes on hearing of it hears it once", async () => {
		const timers = new HandTimers();
		const { frame, runtime } = await panel("?severalHosts=true", timers);
		const [desk, origin] = [frame.beside(), "https://desk.test"];
		const subscribe = () => desk.post({ type: "PureCloud.Subscribe", data: { type: "UserAction" } }, origin);
		const setups = () => desk.posted.filter((one) => (one as { type: string }).type === "InitialSetup").length;
		subscribe();
		runtime.signedIn(AGENT_ID, fakeDesk());
		// Its answer to that.
		subscribe();
		expect(setups()).toBe(1);
		timers.pass(10_000);
		for (const load of [2, 3]) {
			subscribe();
			expect(setups()).toBe(load);
			subscribe();
			expect(setups()).toBe(load);
			timers.pass(10_000);
		}
		runtime.signedOut();
		subscribe();
		expect(setups(), "nobody is signed in").toBe(3);
	});

	it("windows that had gone kept their places and went on being told, one that moved had two, and one too many was left out unsaid", async () => {
		const { frame, runtime, logged } = await panel("?severalHosts=true");
		runtime.signedIn(AGENT_ID, fakeDesk());
		const subscribe = { type: "PureCloud.Subscribe", data: { type: "UserAction", categories: ["routingStatus"] } };
		const windows = Array.from({ length: 20 }, () => frame.beside());
		for (const one of windows) one.post(subscribe, "https://desk.test");
		const [first, second] = windows;
		first?.post(subscribe, "https://crm.test");
		runtime.routingStatusChanged("IDLE");
		const told = (one?: { posted: unknown[] }) =>
			one?.posted.filter((each) => (each as { category?: string }).category);
		expect(told(first), "by its page of now alone").toHaveLength(1);
		const late = frame.beside();
		late.post(subscribe, "https://desk.test");
		late.post(subscribe, "https://desk.test");
		expect(late.posted).toEqual([]);
		expect(logged.filter((one) => one.includes("More windows"))).toHaveLength(1);
		second?.close();
		late.post(subscribe, "https://desk.test");
		runtime.routingStatusChanged("OFF_QUEUE");
		expect([told(late), told(second)?.length]).toMatchObject([[{ data: "OFF_QUEUE" }], 1]);
	});

	it("a window beside the page around changes nothing where nobody has said that several may speak", async () => {
		for (const search of ["", "?severalHosts=false"]) {
			const { frame, runtime, done } = await panel(search);
			const desk = frame.beside();
			runtime.signedIn(AGENT_ID, fakeDesk());
			desk.post({ type: "PureCloud.User.updateStatus", data: { id: "Break" } }, "https://desk.test");
			desk.post({ type: "PureCloud.Subscribe", data: { type: "UserAction" } }, "https://desk.test");
			runtime.routingStatusChanged("IDLE");
			expect([done, desk.posted]).toEqual([[], []]);
		}
	});

	it("half of the console's events stood in no test: a page that names none hears all eight of them", async () => {
		const { frame, runtime } = await panel();
		const prefix = "inin.salesforce.constants.consoleevent.pc.";
		frame.post({ type: "PureCloud.Subscribe", data: { type: "ConsoleEvent" } });
		runtime.signedIn(AGENT_ID, fakeDesk());
		runtime.statusChanged({ status: "BREAK", sub_status: "Break", id: "b" });
		for (const state of ["alerting", "connected", "disconnected"] as const)
			runtime.conversationsChanged([inboundCall("c1", state)]);
		runtime.conversationsChanged([inboundCall("c1", "disconnected", { wrapup: { code: "w", name: "Done" } })]);
		runtime.interactionSelected("c1");
		runtime.signedOut();
		const heard = (frame.posted as { type: string; data?: string }[]).slice(1);
		expect(heard.every(({ type, data }) => type.startsWith(prefix) && typeof JSON.parse(data ?? "") === "object")).toBe(
			true,
		);
		expect([...new Set(heard.map(({ type }) => type.slice(prefix.length)))].sort()).toEqual([
			"ACW_COMPLETED",
			"ACW_REQUIRED",
			"CLIENT_EVENT",
			"INTERACTION_CONNECTED",
			"INTERACTION_DISCONNECTED",
			"INTERACTION_EVENT",
			"LOGGED_OUT",
			"UPDATE_STATUS",
		]);
		const of = (name: string) => heard.find(({ type }) => type === prefix + name)?.data ?? "{}";
		expect(JSON.parse(of("INTERACTION_EVENT"))).toMatchObject({
			reason: "interaction",
			data: { category: "add", data: { id: "c1", state: "ALERTING" } },
		});
	});

	it("a page hears the events of the original's console, all or those that it names", async () => {
		const { frame, runtime } = await panel();
		const prefix = "inin.salesforce.constants.consoleevent.pc.";
		const wanted = [`${prefix}INTERACTION_CONNECTED`, "UPDATE_STATUS", "ACW_REQUIRED", "INTERACTION_DISCONNECTED"];
		frame.post({ type: "PureCloud.Subscribe", data: { type: "ConsoleEvent", categories: wanted } });
		runtime.signedIn(AGENT_ID, fakeDesk());
		runtime.statusChanged({ status: "BREAK", sub_status: "Break", id: "b" });
		runtime.conversationsChanged([inboundCall("c1", "alerting")]);
		runtime.conversationsChanged([inboundCall("c1", "connected")]);
		runtime.conversationsChanged([inboundCall("c1", "disconnected")]);
		const heard = (frame.posted as { type: string; data?: string }[]).map(({ type, data }) => [
			type.replace(prefix, ""),
			data === undefined ? undefined : JSON.parse(data),
		]);
		expect(heard).toMatchObject([
			["InitialSetup", undefined],
			["UPDATE_STATUS", { reason: "status_updated", status: "BREAK", id: "b" }],
			["INTERACTION_CONNECTED", { interactionId: "c1" }],
			["INTERACTION_DISCONNECTED", { interactionId: "c1" }],
			["ACW_REQUIRED", { interactionId: "c1" }],
		]);
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
