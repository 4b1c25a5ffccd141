import { describe, expect, it } from "vitest";
import type { FrameworkRuntimeOptions } from "./runtime.ts";
import { createFrameworkRuntime } from "./runtime.ts";
import { FakeDeskServer, fakeDesk } from "./test-support/fake-desk.ts";
import { fakePorts } from "./test-support/fake-ports.ts";
import { fakeWindow, MemoryStorage } from "./test-support/fake-window.ts";
import { HandTimers } from "./test-support/hand-timers.ts";
import { AGENT_ID, inboundCall } from "./test-support/sample-call.ts";

const URL = "https://panel.test/crm/framework.js";

function panel(
	source: string,
	storage: Parameters<typeof fakeWindow>[1] = {},
	options: Partial<FrameworkRuntimeOptions> = {},
) {
	const ports = fakePorts();
	const timers = new HandTimers();
	const frame = fakeWindow({ [URL]: source }, storage);
	const runtime = createFrameworkRuntime({ window: frame.window, ...ports, timers, ...options });
	return { ports, timers, frame, runtime, seen: () => JSON.parse(JSON.stringify(frame.evaluate("seen"))) as unknown[] };
}

const RECORDER = `
var seen = [];
window.PureCloud.subscribe([{ type: "Interaction", callback: function (category, data) {
	seen.push([category, (data.new || data).state, (data.new || data).isDone]);
} }]);
window.Framework = {
	config: { name: "recorder", settings: { enableCallLogs: true }, clientIds: { "inlay ": "abc" }, customInteractionAttributes: ["PEF_URLPop"] },
	initialSetup: function () { seen.push("initialSetup"); },
	screenPop: function (searchString, interaction, done) { seen.push(["pop", searchString, interaction.attributes.pef_urlpop]); done(); },
	processCallLog: function (callLog, interaction, eventName, onSuccess) { seen.push(["log", eventName, callLog.id, callLog.subject]); onSuccess({ id: 4711 }); },
};`;

describe("the framework runtime", () => {
	it("announces a call in the captured order", async () => {
		const { runtime, seen } = panel(RECORDER);
		const config = await runtime.start(URL);
		expect(config.clientIds).toEqual({ inlay: "abc" });
		runtime.signedIn(AGENT_ID, fakeDesk());
		runtime.conversationsChanged([inboundCall("c1", "alerting", { attributes: { PEF_URLPop: "https://x" } })]);
		runtime.conversationsChanged([inboundCall("c1", "connected")]);
		runtime.conversationsChanged([inboundCall("c1", "connected", { held: true })]);
		runtime.conversationsChanged([inboundCall("c1", "disconnected")]);
		runtime.conversationsChanged([inboundCall("c1", "disconnected", { wrapup: { code: "w", name: "Done" } })]);
		runtime.conversationsChanged([]);
		expect(seen()).toEqual([
			"initialSetup",
			["add", "ALERTING", false],
			["change", "ALERTING", false],
			["pop", "+493012345", "https://x"],
			["change", "CONNECTED", false],
			["connect", "CONNECTED", false],
			["log", "interactionChanged", null, "Call +493012345"],
			["change", "HELD", false],
			["change", "DISCONNECTED", false],
			["disconnect", "DISCONNECTED", false],
			["log", "interactionDisconnected", 4711, "Call +493012345"],
			["change", "DISCONNECTED", true],
			["acw", "DISCONNECTED", true],
			["log", "interactionChanged", 4711, "Call +493012345"],
			["deallocate", "DISCONNECTED", true],
		]);
	});

	it("a shared page was told to scripts that had not named it, whose CRM took it for an interaction", async () => {
		const source = `${RECORDER}
			window.PureCloud.subscribe([{ type: "Interaction", categories: ["inlay:cobrowse"], callback: function (category, data) { seen.push(data); } }]);`;
		const { runtime, seen } = panel(source);
		await runtime.start(URL);
		runtime.signedIn(AGENT_ID, fakeDesk());
		const view = {
			conversationId: "c1",
			id: "s1",
			communicationType: "Call",
			dateOfferEnds: "",
			isAway: false,
		} as const;
		runtime.news.cobrowseChanged({ ...view, state: "viewing" });
		runtime.news.cobrowseChanged({ ...view, state: "viewing", isAway: true });
		runtime.news.cobrowseChanged({ ...view, state: "controlling" });
		expect(seen()).toEqual([
			"initialSetup",
			{ id: "c1", sessionId: "s1", state: "viewing", controlling: false },
			{ id: "c1", sessionId: "s1", state: "controlling", controlling: true },
		]);
	});

	it("what the agent's script pops is told to who names it, and looked for by screenPop only where it says so", async () => {
		const source = `${RECORDER}
			window.PureCloud.subscribe([{ type: "Interaction", categories: ["inlay:scriptPop"], callback: function (category, data) { seen.push(data); } }]);`;
		const { runtime, seen } = panel(source);
		await runtime.start(URL);
		runtime.signedIn(AGENT_ID, fakeDesk());
		runtime.conversationsChanged([inboundCall("c1", "connected")]);
		const before = seen().length;
		runtime.news.scriptPopped({ id: "c1", url: "https://crm.example/", page: "Hello" }, false);
		runtime.news.scriptPopped({ id: "c1", searchString: "4711", page: "Hello" }, true);
		runtime.news.scriptPopped({ id: "gone", searchString: "4712", page: "Hello" }, true);
		expect(seen().slice(before)).toEqual([
			{ id: "c1", url: "https://crm.example/", page: "Hello" },
			{ id: "c1", searchString: "4711", page: "Hello" },
			["pop", "4711", null],
			{ id: "gone", searchString: "4712", page: "Hello" },
		]);
	});

	it("a call that ended while the panel was reloaded went on for ever in the CRM", async () => {
		const server = new FakeDeskServer();
		const session = new MemoryStorage();
		const first = panel(RECORDER, { session });
		await first.runtime.start(URL);
		first.runtime.signedIn(AGENT_ID, server.panel());
		first.runtime.conversationsChanged([inboundCall("done", "connected"), inboundCall("work", "connected")]);
		const second = panel(RECORDER, { session });
		const wrapup = { code: "w", name: "Done" };
		second.ports.session.conversation = async (id) => inboundCall(id, "disconnected", { wrapup });
		await second.runtime.start(URL);
		second.runtime.signedIn(AGENT_ID, server.panel());
		second.runtime.conversationsChanged([inboundCall("work", "disconnected")]);
		await expect.poll(() => second.seen()).toContainEqual(["deallocate", "DISCONNECTED", true]);
		const ends = ["disconnect", "acw", "deallocate"];
		const told = second.seen().filter((one) => Array.isArray(one) && ends.includes(one[0]));
		expect(told).toEqual([
			["disconnect", "DISCONNECTED", false],
			["disconnect", "DISCONNECTED", true],
			["acw", "DISCONNECTED", true],
			["deallocate", "DISCONNECTED", true],
		]);
		const third = panel(RECORDER, { session });
		await third.runtime.start(URL);
		third.runtime.signedIn(AGENT_ID, server.panel());
		third.runtime.conversationsChanged([inboundCall("work", "disconnected")]);
		expect(third.seen()).not.toContainEqual(["disconnect", "DISCONNECTED", false]);
	});

	it("another agent's calls were ended for who signed in next", async () => {
		const session = new MemoryStorage();
		const first = panel(RECORDER, { session });
		await first.runtime.start(URL);
		first.runtime.signedIn("somebody else", fakeDesk());
		first.runtime.interactionsChanged([]);
		session.setItem("inlay.told", JSON.stringify(["somebody else", "theirs"]));
		const second = panel(RECORDER, { session });
		const asked: string[] = [];
		second.ports.session.conversation = async (id) => void asked.push(id) as undefined;
		await second.runtime.start(URL);
		second.runtime.signedIn(AGENT_ID, fakeDesk());
		second.runtime.conversationsChanged([]);
		expect(asked).toEqual([]);
	});

	it("a call that was talked in before the panel had its first list, which came after the desk, never got a log", async () => {
		const { runtime, seen } = panel(RECORDER);
		await runtime.start(URL);
		runtime.signedIn(AGENT_ID, fakeDesk());
		expect(seen(), "the script is ready, and nothing is known of any call").toEqual(["initialSetup"]);
		runtime.conversationsChanged([inboundCall("c1", "connected")]);
		expect(runtime.callLogs.store.get("c1")).toMatchObject({ open: true, subject: "Call +493012345" });
		expect(seen(), "and it is not announced as new").not.toContainEqual(["connect", "CONNECTED", false]);
	});

	it("a log that no processCallLog could ever save was shown as unsaved", async () => {
		const { runtime, frame } = panel(`window.Framework = { config: { settings: { enableCallLogs: true } } };`);
		const { store } = runtime.callLogs;
		expect(store.ensure("early").foreign, "the script may take logs yet").toBeUndefined();
		await runtime.start(URL);
		runtime.signedIn(AGENT_ID, fakeDesk());
		expect(runtime.callLogs.areSaved).toBe(false);
		expect(store.ensure("c1").foreign, "no script will ever be owed it").toBe(true);
		expect(runtime.callLogs.canOpen).toBe(false);
		frame.evaluate("window.Framework.processCallLog = function () {}; window.Framework.openCallLog = function () {};");
		expect(runtime.callLogs.areSaved, "scripts set callbacks when they like").toBe(true);
		expect(store.edit("c1", { notes: "x" }).foreign).toBe(false);
		expect(runtime.callLogs.canOpen).toBe(true);
	});

	it("pops each interaction once, also after a reload, and waits for a late script", async () => {
		const server = new FakeDeskServer();
		const late = `var seen = []; function init() { window.Framework = { config: {}, screenPop: function (s, i) { seen.push(i.id); } }; }`;
		const first = panel(late);
		const started = first.runtime.start(URL);
		first.runtime.signedIn(AGENT_ID, server.panel());
		first.runtime.conversationsChanged([inboundCall("c1", "alerting")]);
		first.runtime.conversationsChanged([inboundCall("c1", "connected")]);
		await expect.poll(() => first.frame.evaluate("typeof init")).toBe("function");
		first.timers.pass(5_000);
		expect(first.ports.of("report")).toEqual([{ code: "framework.late", text: "5" }]);
		first.frame.evaluate("init()");
		await started;
		expect(first.seen()).toEqual(["c1"]);
		first.runtime.conversationsChanged([inboundCall("c1", "alerting"), inboundCall("c2", "alerting")]);
		expect(first.seen()).toEqual(["c1", "c2"]);

		const second = panel(`${late}; init();`);
		await second.runtime.start(URL);
		const page = server.panel();
		server.leadBy(page);
		second.runtime.signedIn(AGENT_ID, page);
		second.runtime.conversationsChanged([inboundCall("c2", "alerting"), inboundCall("c3", "alerting")]);
		expect(second.seen()).toEqual(["c3"]);
	});

	it("a second tab popped and logged again: only the one that leads does, and the other takes up what it left", async () => {
		const server = new FakeDeskServer();
		const tabs = [panel(RECORDER), panel(RECORDER)];
		const desks = tabs.map(() => server.panel());
		for (const [index, tab] of tabs.entries()) {
			await tab.runtime.start(URL);
			tab.runtime.signedIn(AGENT_ID, desks[index] as never);
			tab.runtime.conversationsChanged([]);
		}
		const tell = (...conversations: ReturnType<typeof inboundCall>[]) => {
			for (const tab of tabs) tab.runtime.conversationsChanged(conversations);
		};
		const done = (tab = tabs[1]) => {
			const effects = ((tab?.seen() ?? []) as unknown[][]).filter(([what]) => what === "pop" || what === "log");
			return effects.map((effect) => effect.slice(0, 3));
		};
		tell(inboundCall("c1", "alerting"));
		tell(inboundCall("c1", "connected"));
		expect(done(tabs[0])).toEqual([
			["pop", "+493012345", null],
			["log", "interactionChanged", null],
		]);
		expect(done()).toEqual([]);
		server.leadBy(desks[1] as never);
		tell(inboundCall("c1", "disconnected"));
		tabs[1]?.timers.pass(5_000);
		expect(done()).toEqual([["log", "interactionDisconnected", 4711]]);
	});

	it("a leader that crashed before its screen pop left the record unshown: the next one pops", async () => {
		const server = new FakeDeskServer();
		server.panel();
		const next = server.panel();
		const tab = panel(RECORDER);
		await tab.runtime.start(URL);
		tab.runtime.signedIn(AGENT_ID, next);
		tab.runtime.conversationsChanged([inboundCall("c1", "alerting")]);
		server.leadBy(next);
		expect(tab.seen().at(-1)).toEqual(["pop", "+493012345", null]);
	});

	it("what a script added for a transfer was lost by a reload", async () => {
		const server = new FakeDeskServer();
		const before = panel(RECORDER);
		await before.runtime.start(URL);
		before.runtime.signedIn(AGENT_ID, server.panel());
		before.runtime.conversationsChanged([inboundCall("c1", "connected")]);
		before.frame.evaluate('PureCloud.addTransferContext({ name: "Case 7", attributes: { id: 7 } })');
		const after = panel(RECORDER);
		await after.runtime.start(URL);
		after.runtime.signedIn(AGENT_ID, server.panel());
		after.runtime.conversationsChanged([inboundCall("c1", "connected")]);
		expect(after.runtime.transferContexts()).toEqual([{ name: "Case 7", attributes: { id: "7" } }]);
	});

	it("does what was asked before sign-in, in order, once the agent is there", async () => {
		const { runtime, ports, seen } = panel(`
			var seen = [];
			window.PureCloud.User.getAuthToken(function (token) { seen.push(token); });
			window.PureCloud.clickToDial({ number: 15550100, type: "call", autoPlace: "true", queueId: "", attributes: { a: 1 } });
			window.PureCloud.User.updateStatus({ id: "On Queue" });
			window.PureCloud.addAttribute({}); window.PureCloud.Interaction.getCurrentInteraction();
			window.Framework = { config: { name: "early" } };`);
		await runtime.start(URL);
		expect(ports.done).toEqual([]);
		runtime.signedIn(AGENT_ID, fakeDesk());
		expect(ports.done).toEqual([
			["startInteraction", { type: "call", address: "15550100", attributes: { a: "1" } }],
			["updateStatus", { name: "ON_QUEUE" }],
		]);
		await expect.poll(seen).toEqual(["token-1"]);
	});

	it("the panel's own PureCloud was taken for that of the harness: it has every action, and both homes of those with two", async () => {
		const { runtime, ports, frame, seen } = panel(`
			var seen = [];
			window.Framework = { config: { name: "all" } };`);
		await runtime.start(URL);
		runtime.signedIn(AGENT_ID, fakeDesk());
		const names = ["clickToDial", "addAssociation", "addTransferContext", "addCustomAttributes", "subscribe"].concat(
			["updateState", "addCustomAttributes", "Chat.getTranscript"].map((name) => `Interaction.${name}`),
			["getAuthToken", "updateStatus", "setView"].map((name) => `User.${name}`),
			["notifyUser", "setAudioConfiguration"].map((name) => `User.Notification.${name}`),
		);
		for (const name of names) expect([name, frame.evaluate(`typeof PureCloud.${name}`)]).toEqual([name, "function"]);
		frame.evaluate('PureCloud.addCustomAttributes({ interactionId: "c", attributes: { a: 1 } })');
		frame.evaluate('PureCloud.Interaction.addCustomAttributes({ interactionId: "c", attributes: { a: 1 } })');
		expect(ports.done).toEqual(Array(2).fill(["setAttributes", { interactionId: "c", attributes: { a: "1" } }]));
		frame.evaluate('PureCloud.Interaction.Chat.getTranscript("c", function (all) { seen.push(typeof all.messages); })');
		frame.evaluate(
			'PureCloud.Interaction.Chat.getTranscript({ interactionId: "c", callback: function (all) { seen.push(typeof all.messages); } })',
		);
		await expect.poll(seen).toEqual(["object", "object"]);
	});

	it("does not announce a call as new after a reload, and leaves out what is done", async () => {
		const { runtime, seen } = panel(RECORDER);
		await runtime.start(URL);
		runtime.signedIn(AGENT_ID, fakeDesk());
		runtime.conversationsChanged([
			inboundCall("c1", "connected"),
			inboundCall("done", "disconnected", { wrapupRequired: false }),
		]);
		expect(seen()).toEqual(["initialSetup", ["add", "CONNECTED", false], ["change", "CONNECTED", false]]);
		runtime.conversationsChanged([inboundCall("c1", "connected"), inboundCall("c2", "connected")]);
		expect(seen().slice(3)).toEqual([
			["change", "CONNECTED", false],
			["add", "CONNECTED", false],
			["change", "CONNECTED", false],
			["connect", "CONNECTED", false],
			["log", "interactionChanged", null, "Call +493012345"],
		]);
	});

	it("goes on when every callback throws, and says so once", async () => {
		const { runtime, ports } = panel(`
			window.PureCloud.subscribe([{ type: "Interaction", callback: function () { throw new Error("sub"); } }]);
			function boom() { return externalCallLog.id; }
			window.Framework = { config: { getUserLanguage: boom, settings: { enableCallLogs: true } }, initialSetup: boom, screenPop: boom, processCallLog: boom, openCallLog: boom, contactSearch: boom };`);
		await runtime.start(URL);
		runtime.signedIn(AGENT_ID, fakeDesk());
		runtime.conversationsChanged([inboundCall("c1", "alerting")]);
		runtime.conversationsChanged([inboundCall("c1", "connected")]);
		await runtime.callLogs.open("c1");
		expect(await runtime.searchContacts("ada")).toEqual({ status: "failed", results: [] });
		expect(ports.of("setLanguage")).toEqual([["ca", "en-GB"]]);
		expect(runtime.callLogs.store.get("c1")?.saving).toBe("failed");
		const texts = (ports.of("report") as { text: string }[]).map((report) => report.text);
		expect(texts).toContainEqual(expect.stringMatching(/^screenPop: externalCallLog is not defined \(line \d+\)$/));
		const said = (ports.of("report") as { said?: string }[]).map((report) => report.said);
		const told = expect.stringMatching(/^externalCallLog is not defined \(.*line \d+\)$/);
		expect(said, "an agent is told the line, and no function's name").toContainEqual(told);
		expect(texts.filter((text) => text.startsWith("processCallLog:"))).toHaveLength(1);
		expect(runtime.interactions()[0]?.state).toBe("CONNECTED");
	});

	it.each([
		'new Proxy({}, { get: function () { throw new Error("get"); }, ownKeys: function () { throw new Error("keys"); } })',
		'{ config: { settings: { enableCallLogs: true } }, get screenPop() { throw new Error("get"); }, get processCallLog() { throw new Error("get"); }, get openCallLog() { throw new Error("get"); }, get contactSearch() { throw new Error("get"); } }',
	])("a Framework that throws when it is looked at ended the telling of calls: %s", async (framework) => {
		const { runtime, timers } = panel(`window.Framework = ${framework};`);
		const started = runtime.start(URL);
		await new Promise((resolve) => setImmediate(resolve));
		timers.pass(10_000);
		await started;
		runtime.signedIn(AGENT_ID, fakeDesk());
		runtime.conversationsChanged([inboundCall("c1", "alerting")]);
		runtime.conversationsChanged([inboundCall("c1", "connected")]);
		expect(runtime.interactions()[0]?.state).toBe("CONNECTED");
		expect([runtime.callLogs.areSaved, runtime.callLogs.canOpen]).toEqual([false, false]);
		await runtime.callLogs.open("c1");
		expect(await runtime.searchContacts("ada")).toEqual({ status: "unavailable", results: [] });
	});

	it("lets nothing hang: language and contact search fall back when the script stays silent", async () => {
		const { runtime, ports, timers } = panel(
			`window.Framework = { config: { getUserLanguage: function (cb) { window.later = cb; } }, contactSearch: function () {} };`,
		);
		await runtime.start(URL);
		await import("./contact-search.ts");
		const search = runtime.searchContacts("x");
		await new Promise((resolve) => setImmediate(resolve));
		expect(ports.of("setLanguage")).toEqual([]);
		timers.pass(10_000);
		expect(await search).toEqual({ status: "timeout", results: [] });
		expect(ports.of("setLanguage")).toEqual([["ca", "en-GB"]]);
	});

	it("runs the script in sloppy mode with globals that leak, and answers what scripts read from storage", async () => {
		const { runtime, frame } = panel(`
			crmDomain = "https://crm.test";
			window.Framework = { config: { name: "leak" }, initialSetup: () => { window.found = this.crmDomain; } };`);
		await runtime.start(URL);
		expect(frame.evaluate("localStorage.pc_auth && JSON.parse(localStorage.pc_auth).authenticated.access_token")).toBe(
			"token-1",
		);
		runtime.signedIn(AGENT_ID, fakeDesk());
		expect(frame.evaluate("found")).toBe("https://crm.test");
		expect(frame.evaluate("JSON.parse(localStorage.getItem('cwcUserStation')).userId")).toBe(AGENT_ID);
	});

	it("says when the script cannot be reached, does not parse, or has misplaced settings", async () => {
		const missing = panel("");
		await expect(missing.runtime.start("https://panel.test/none.js")).rejects.toThrow("could not be loaded");
		missing.timers.pass(60_000);
		expect(missing.ports.of("report")).toMatchObject([{ code: "framework.script.unreachable" }]);
		const broken = panel("window.Framework = {{");
		void broken.runtime.start(URL);
		await expect.poll(() => broken.ports.of("report")).toMatchObject([{ code: "framework.script.error" }]);
		const misplaced = panel(`window.Framework = { display: {}, config: { name: "m", display: {} } };`);
		await misplaced.runtime.start(URL);
		const [problems] = misplaced.ports.of("showProblems") as [{ path: string }[]];
		expect(problems.map((problem) => problem.path)).toEqual(["config.display", "display"]);
	});

	it("a script without Framework read “is taking its time” for half a minute: what is wrong is said at once, and once", async () => {
		const source = "var framework = { config: {} };";
		const { runtime, ports, timers } = panel(source, {}, { readScript: async () => source });
		void runtime.start(URL);
		await expect.poll(() => ports.of("report")).toMatchObject([{ code: "framework.missing" }]);
		timers.pass(60_000);
		expect(ports.of("report")).toHaveLength(1);
	});

	it.each([
		[
			"sets it later",
			"setTimeout(function () { window.Framework = {}; }, 20000);",
			["framework.late", "framework.missing"],
		],
		["is loaded by a stub", "document.createElement('script');", ["framework.late", "framework.missing"]],
		["has thrown", "nothing.here();", ["framework.script.error"]],
	])("a script that %s is given its time, or its own reason", async (_what, source, codes) => {
		const { runtime, ports, timers } = panel(source, {}, { readScript: async () => source });
		void runtime.start(URL);
		await expect.poll(() => ports.logged.length + ports.of("report").length >= 0).toBe(true);
		await new Promise((resolve) => setImmediate(resolve));
		timers.pass(60_000);
		expect(ports.of("report").map((report) => (report as { code: string }).code)).toEqual(codes);
	});

	it("announces what the agent does, after initialSetup, and only what differs", async () => {
		const { runtime, seen } = panel(`
			var seen = [];
			window.Framework = { config: {}, initialSetup: function () {
				window.PureCloud.subscribe([
					{ type: "UserAction", callback: function (c, d) { seen.push([c, d.status || d.userId || d]); } },
					{ type: "Notification", callback: function (c, d) { seen.push([c, d.interactionId]); } },
					{ type: "Notification", categories: ["conversationTranscription"], callback: function (c, d) { seen.push([c, d.text]); } }]);
			} };`);
		runtime.statusChanged({ status: "ON_QUEUE", sub_status: "" });
		await runtime.start(URL);
		runtime.interactionSelected("before sign-in");
		runtime.signedIn(AGENT_ID, fakeDesk());
		runtime.statusChanged({ status: "ON_QUEUE", sub_status: "" });
		runtime.routingStatusChanged("IDLE");
		runtime.stationChanged({ userId: AGENT_ID, id: "station" });
		runtime.interactionSelected("c1");
		runtime.interactionSelected(undefined);
		runtime.news.transcribed({ text: "hello" });
		runtime.signedOut();
		expect(seen()).toEqual([
			["login", AGENT_ID],
			["status", "ON_QUEUE"],
			["routingStatus", "IDLE"],
			["station", AGENT_ID],
			["interactionSelection", "c1"],
			["interactionSelection", null],
			["conversationTranscription", "hello"],
			["logout", AGENT_ID],
		]);
	});

	it("queues calls again after signing out, and sets up once", async () => {
		const { runtime, ports, frame } = panel(
			"var setups = 0; window.Framework = { config: {}, initialSetup: () => { setups += 1; } };",
		);
		await runtime.start(URL);
		runtime.signedIn(AGENT_ID, fakeDesk());
		runtime.signedOut();
		frame.evaluate("PureCloud.User.updateStatus({ id: 'AVAILABLE' })");
		expect(ports.done).toEqual([]);
		runtime.signedIn(AGENT_ID, fakeDesk());
		expect(ports.done).toEqual([["updateStatus", { name: "AVAILABLE" }]]);
		expect(frame.evaluate("setups")).toBe(1);
	});

	it("shows interactions with attributes that became known after the conversations", async () => {
		const { runtime } = panel(`window.Framework = { config: { customInteractionAttributes: ["Vip"] } };`);
		runtime.signedIn(AGENT_ID, fakeDesk());
		runtime.conversationsChanged([inboundCall("c1", "alerting", { attributes: { VIP: "yes" } })]);
		await runtime.start(URL);
		expect(runtime.interactions()[0]?.attributes).toEqual({ vip: "yes" });
	});
});
