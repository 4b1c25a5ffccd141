import type { Interaction } from "@inlay/contract";
import { defaultFrameworkSettings, seenAttributeName } from "@inlay/contract";
import type { FrameworkScript } from "@inlay/framework";
import { describe, expect, it } from "vitest";
import { createGuard } from "../guard.ts";
import { buildInteraction } from "../interaction/build-interaction.ts";
import type { DeskPort } from "../ports.ts";
import { FakeDeskServer, fakeDesk } from "../test-support/fake-desk.ts";
import { fakePorts } from "../test-support/fake-ports.ts";
import { HandTimers } from "../test-support/hand-timers.ts";
import { AGENT_ID, inboundCall } from "../test-support/sample-call.ts";
import { CallLogs } from "./call-logs.ts";
import { CallLogSaver } from "./saver.ts";
import { CallLogStore, isUnsaved } from "./store.ts";

type Call = Parameters<NonNullable<FrameworkScript["processCallLog"]>>;

interface Given {
	deployment: string;
	preserveCase: boolean;
	/** Whether the script has `processCallLog`. */
	takesLogs: boolean;
	/** The page before was the same panel. */
	cameBack: boolean;
}

function desk(
	processCallLog?: FrameworkScript["processCallLog"],
	panel: DeskPort = fakeDesk(),
	{ deployment, preserveCase = false, takesLogs = true, cameBack = false }: Partial<Given> = {},
) {
	const calls: Call[] = [];
	const opened: unknown[] = [];
	const ports = fakePorts();
	const timers = new HandTimers();
	const settings = { ...defaultFrameworkSettings(), enableCallLogs: true };
	const store = new CallLogStore(() => takesLogs && settings.enableCallLogs);
	store.open(panel, deployment);
	const takes: Pick<FrameworkScript, "processCallLog"> = {
		processCallLog: (...call) => {
			calls.push(call);
			processCallLog?.(...call);
		},
	};
	const script: FrameworkScript = {
		config: { name: "n" },
		...(takesLogs ? takes : {}),
		openCallLog: (callLog) => opened.push(callLog),
	};
	const interactions = new Map<string, Interaction>();
	/** What the server has and no panel has seen. */
	const past = new Map<string, Interaction>();
	const recalled: string[] = [];
	const shared = {
		store,
		framework: () => script,
		interaction: (id: string) => interactions.get(id),
		guard: createGuard(ports.ui, ports.log),
		timers,
	};
	const saver = new CallLogSaver({
		...shared,
		ui: ports.ui,
		log: ports.log,
		hideSubject: () => false,
		timeoutMs: 4000,
		recordMs: 60_000,
	});
	const noted: unknown[] = [];
	const logs = new CallLogs({
		...shared,
		saver,
		settings: () => settings,
		subjectOf: ({ isDisconnected, connectedTime }) => (isDisconnected && !connectedTime ? "Missed call" : "Call"),
		attributeName: (key) => seenAttributeName(key, ["PEF_Priority"], preserveCase),
		notesMs: 800,
		leads: () => panel.leads(),
		cameBack: () => cameBack,
		noted: (id, notes) => noted.push([id, notes]),
		past: async (id) => {
			recalled.push(id);
			const found = past.get(id);
			if (found) interactions.set(id, found);
			return found;
		},
	});
	const at = (state: string, more: object = {}) => {
		const interaction = buildInteraction(inboundCall("c1", state, more), AGENT_ID) as Interaction;
		interactions.set("c1", interaction);
		return interaction;
	};
	const connect = () => logs.follow({ category: "connect", data: at("connected") });
	return {
		calls,
		noted,
		past,
		recalled,
		opened,
		ports,
		timers,
		store,
		logs,
		at,
		connect,
		settings,
		names: () => calls.map((call) => call[2]),
	};
}

describe("saving interaction logs", () => {
	it("hands typed notes over when typing pauses, or at once when the work is finished", async () => {
		const { logs, connect, calls, timers, at } = desk((_log, _interaction, _event, onSuccess) =>
			onSuccess({ id: "A-1" }),
		);
		connect();
		logs.setNotes("c1", "Asked for");
		expect(calls).toHaveLength(1);
		timers.pass(800);
		expect(calls.at(-1)?.[0].notes).toBe("Asked for");
		logs.setNotes("c1", "Asked for a date");
		await logs.flush("c1");
		expect(calls.at(-1)?.[0]).toMatchObject({ id: "A-1", notes: "Asked for a date" });
		await logs.flush("c1");
		expect(calls).toHaveLength(3);
		logs.follow({ category: "acw", data: { ...at("disconnected"), disposition: "Solved" } });
		expect(calls.at(-1)?.[0].notes).toBe("Asked for a date");
	});

	it("gives the CRM's id back, also when it is a number, and keeps the first", () => {
		const { calls, connect, logs, store } = desk((_log, _interaction, _event, onSuccess) =>
			onSuccess({ id: Math.random() }),
		);
		connect();
		const id = store.get("c1")?.id;
		expect(typeof id).toBe("number");
		logs.addAssociation({ type: "contact", id: 5, text: "Ada", select: true }, "c1");
		expect(calls[1]?.[0]).toMatchObject({ id, selectedContact: { id: 5, text: "Ada", type: "contact" } });
		expect(store.get("c1")).toMatchObject({ id, saving: "saved" });
	});

	it("holds further saves while the first has no answer, so that no second record is made", () => {
		const { calls, connect, logs, at, names } = desk();
		connect();
		logs.setNotes("c1", "hello");
		logs.addAttributes("c1", { PEF_Priority: 3 });
		logs.follow({ category: "disconnect", data: at("disconnected") });
		expect(names()).toEqual(["interactionChanged"]);
		calls[0]?.[3]({ id: "late" });
		calls[0]?.[3]({ id: "twice" });
		calls[0]?.[4]();
		expect(names()).toEqual(["interactionChanged", "interactionDisconnected"]);
		expect(calls[1]?.[0]).toMatchObject({ id: "late", notes: "hello", attributes: { pef_priority: "3" } });
	});

	it("a log's attributes came in lower case where the deployment keeps their case", () => {
		const { calls, connect, logs, store } = desk((_log, _interaction, _event, done) => done({ id: 1 }), fakeDesk(), {
			preserveCase: true,
		});
		connect();
		logs.addAttributes("c1", { pef_priority: 2, OrderNumber: "7" });
		logs.addAttributes("c1", { PEF_Priority: 3 });
		expect(store.get("c1")?.attributes).toEqual({ PEF_Priority: "3", OrderNumber: "7" });
		expect(calls.at(-1)?.[0].attributes).toEqual({ PEF_Priority: "3", OrderNumber: "7" });
	});

	it("a CRM slower than four seconds made a record for each pause in the typing", () => {
		const { calls, connect, logs, timers, store } = desk();
		connect();
		for (const notes of ["a", "ab", "abc", "abcd"]) {
			logs.setNotes("c1", notes);
			timers.pass(3500);
		}
		expect(calls).toHaveLength(1);
		calls[0]?.[3]({ id: "A-1" });
		expect(calls.map(([log]) => [log.id, log.notes])).toEqual([
			[undefined, undefined],
			["A-1", "abcd"],
		]);
		calls[1]?.[3]({ id: "A-1" });
		expect(store.get("c1")).toMatchObject({ id: "A-1", saving: "saved" });
	});

	it("a record that takes longer than its time is waited for while the call goes on, and not after it", () => {
		const { connect, logs, timers, at, names } = desk();
		connect();
		logs.setNotes("c1", "hello");
		timers.pass(600_000);
		expect(names()).toEqual(["interactionChanged"]);
		logs.follow({ category: "disconnect", data: at("disconnected") });
		expect(names()).toEqual(["interactionChanged", "interactionDisconnected"]);
	});

	it("whoever opens the log waits four seconds for a slow CRM, not until it has answered", async () => {
		const { connect, logs, timers, opened, names } = desk();
		connect();
		const opening = logs.open("c1");
		timers.pass(4000);
		await opening;
		expect(opened).toHaveLength(1);
		expect(names()).toEqual(["interactionChanged"]);
	});

	it("typing on after a reload made a second record while the CRM made the first", () => {
		const server = new FakeDeskServer();
		const before = desk(undefined, server.panel());
		before.connect();
		const panel = server.panel();
		const after = desk(undefined, panel);
		const call = after.at("connected");
		server.leadBy(panel);
		after.logs.led([call]);
		after.logs.setNotes("c1", "and on");
		after.timers.pass(5000);
		expect(after.calls).toEqual([]);
		after.logs.follow({ category: "disconnect", data: after.at("disconnected") });
		after.timers.pass(60_000);
		expect(after.names()).toEqual(["interactionDisconnected"]);
	});

	it("does not wait again for a script that never answers, and takes an answer that comes too late", () => {
		const { calls, connect, logs, timers, at, store, names } = desk();
		connect();
		logs.follow({ category: "disconnect", data: at("disconnected") });
		timers.pass(59_000);
		expect(names()).toEqual(["interactionChanged"]);
		timers.pass(1_000);
		expect(names()).toEqual(["interactionChanged", "interactionDisconnected"]);
		logs.setNotes("c1", "x");
		timers.pass(800);
		expect(calls).toHaveLength(3);
		calls[0]?.[3]({ id: "very late" });
		expect(store.get("c1")?.id).toBe("very late");
	});

	it("keeps a failed log unsaved and tries again on the next change, with the same id", () => {
		let works = true;
		const { calls, connect, logs, ports, store, at } = desk((_log, _interaction, _event, onSuccess, onFailure) =>
			works ? onSuccess({ id: 7 }) : onFailure(),
		);
		connect();
		works = false;
		logs.addAssociation({ type: "relation", id: "case", select: "true" }, "c1");
		expect(store.get("c1")).toMatchObject({ saving: "failed", id: 7 });
		expect(ports.of("report")).toHaveLength(1);
		works = true;
		const old = at("connected");
		logs.follow({ category: "change", data: { old, new: at("connected", { held: true }) } });
		expect(calls).toHaveLength(3);
		expect(calls[2]?.[0]).toMatchObject({ id: 7, selectedRelation: { id: "case", text: "case" } });
		logs.follow({ category: "change", data: { old: at("connected", { held: true }), new: at("connected") } });
		expect(calls).toHaveLength(3);
	});

	it("notes that are typed are told of when the typing pauses, once, and not those of the page before", async () => {
		const { logs, connect, timers, noted } = desk((_log, _interaction, _event, onSuccess) => onSuccess({ id: 1 }));
		connect();
		logs.setNotes("c1", "a");
		logs.setNotes("c1", "ab");
		expect(noted).toEqual([]);
		timers.pass(800);
		await logs.save("c1");
		expect(noted).toEqual([["c1", "ab"]]);
	});

	it("saves typed notes when the typing pauses, once", () => {
		const { calls, connect, logs, timers } = desk((_log, _interaction, _event, onSuccess) => onSuccess({ id: 1 }));
		connect();
		for (const notes of ["a", "ab", "abc"]) {
			logs.setNotes("c1", notes);
			timers.pass(500);
		}
		expect(calls).toHaveLength(1);
		timers.pass(300);
		expect(calls).toHaveLength(2);
		expect(calls[1]?.[0].notes).toBe("abc");
	});

	it("saves before it opens the record, and opens it even when the script stays silent", async () => {
		const { calls, opened, at, logs, timers, names } = desk();
		at("connected");
		const opening = logs.open("c1");
		expect(names()).toEqual(["openCallLog"]);
		expect(opened).toEqual([]);
		calls[0]?.[3]({ id: 12 });
		await opening;
		expect(opened).toMatchObject([{ id: 12, subject: "Call" }]);
		logs.setNotes("c1", "more");
		const again = logs.open("c1");
		timers.pass(4000);
		await again;
		expect(opened).toHaveLength(2);
	});

	it("keeps unsaved notes over a reload, for the same agent only", () => {
		const server = new FakeDeskServer();
		const before = desk(undefined, server.panel());
		before.connect();
		before.logs.setNotes("c1", "unsaved");
		const after = desk(undefined, server.panel());
		const log = after.store.get("c1");
		expect(log).toMatchObject({ notes: "unsaved", saving: "idle" });
		expect(log && isUnsaved(log)).toBe(true);
		after.store.open(fakeDesk());
		expect(after.store.get("c1")).toBeUndefined();
	});

	it("after fifty calls a reload forgot the log of the newest: its notes and code were gone, and a second record was made", () => {
		const server = new FakeDeskServer();
		const before = desk(undefined, server.panel());
		for (let call = 1; call <= 60; call++) {
			before.store.ensure(`past-${call}`);
			before.store.mark(`past-${call}`, { id: call, savedRevision: 1 });
		}
		before.connect();
		before.calls[0]?.[3]({ id: "crm-1" });
		const after = desk(undefined, server.panel());
		expect(after.store.get("c1")?.id).toBe("crm-1");
		expect(after.store.get("past-1"), "what is forgotten is the oldest").toBeUndefined();
	});

	it("notes typed in a second tab never reached the CRM: the panel that leads saves them", () => {
		const server = new FakeDeskServer();
		const [leader, other] = [desk(undefined, server.panel()), desk(undefined, server.panel())];
		leader.connect();
		leader.calls[0]?.[3]({ id: 12 });
		other.at("connected");
		other.logs.setNotes("c1", "from the other tab");
		for (const { timers } of [other, leader]) timers.pass(5000);
		expect(other.calls).toEqual([]);
		expect(leader.calls.at(-1)?.[0]).toMatchObject({ id: 12, notes: "from the other tab" });
	});

	it("a take-over while the CRM made its record made a second one", () => {
		const server = new FakeDeskServer();
		const [one, two] = [server.panel(), server.panel()];
		const [before, next] = [desk(undefined, one), desk(undefined, two)];
		before.connect();
		const call = next.at("connected");
		server.leadBy(two);
		next.logs.led([call]);
		next.timers.pass(1000);
		before.calls[0]?.[3]({ id: 12 });
		next.timers.pass(5000);
		expect(next.calls.map(([log]) => log.id)).not.toContain(undefined);
	});

	it("does nothing while call logs are off, and leaves a missed call without a log", () => {
		const { calls, connect, settings, logs, at, store } = desk();
		settings.enableCallLogs = false;
		connect();
		expect(calls).toEqual([]);
		settings.enableCallLogs = true;
		const missed = { ...at("disconnected"), connectedTime: undefined };
		logs.follow({ category: "disconnect", data: missed });
		expect(calls).toEqual([]);
		expect(store.all()).toEqual([]);
	});

	it("a log that said Missed still said so while the agent talked, unless they had written it themselves", () => {
		const { logs, connect, at, store } = desk();
		const rangOut = () => ({ ...at("disconnected"), connectedTime: undefined });
		at("alerting");
		store.ensure("c1");
		logs.follow({ category: "disconnect", data: rangOut() });
		expect(store.get("c1")?.subject).toBe("Missed call");
		connect();
		expect(store.get("c1")?.subject).toBe("Call");
		logs.setSubject("c1", "Missed call, says Ada");
		logs.follow({ category: "disconnect", data: rangOut() });
		connect();
		expect(store.get("c1")?.subject).toBe("Missed call, says Ada");
	});

	it("a connected call stayed Missed in the CRM where the page was loaded anew between the ring and the answer", () => {
		const server = new FakeDeskServer();
		const answers: FrameworkScript["processCallLog"] = (_log, _interaction, _event, onSuccess) => onSuccess({ id: 7 });
		const before = desk(answers, server.panel());
		before.at("alerting");
		before.store.ensure("c1");
		before.logs.follow({ category: "disconnect", data: { ...before.at("disconnected"), connectedTime: undefined } });
		expect(before.store.get("c1")?.subject).toBe("Missed call");
		const panel = server.panel();
		const after = desk(answers, panel);
		server.leadBy(panel);
		expect(after.store.get("c1")?.subject).toBe("Missed call");
		after.connect();
		expect(after.store.get("c1")?.subject).toBe("Call");
		expect(after.calls.at(-1)?.[0].subject).toBe("Call");
	});

	it("the last note before signing out never reached the CRM", async () => {
		const { logs, connect, calls, store } = desk();
		connect();
		calls[0]?.[3]({ id: 12 });
		logs.setNotes("c1", "will call back");
		let left = false;
		const leaving = logs.settle().then(() => {
			left = true;
		});
		expect(calls.at(-1)?.[0]).toMatchObject({ id: 12, notes: "will call back" });
		await Promise.resolve();
		expect(left).toBe(false);
		calls.at(-1)?.[3]({ id: 12 });
		await leaving;
		expect(store.get("c1")?.saving).toBe("saved");
	});

	it("a log stayed unsaved after a network cut until the agent typed again", () => {
		let works = false;
		const { logs, connect, names, timers, at, store, ports } = desk(
			(_log, _interaction, _event, onSuccess, onFailure) => (works ? onSuccess({ id: 7 }) : onFailure()),
		);
		connect();
		logs.follow({ category: "disconnect", data: at("disconnected") });
		timers.pass(3_600_000);
		expect(names()).toHaveLength(5);
		expect(ports.of("report")).toHaveLength(1);
		works = true;
		logs.retryFailed();
		expect(names().at(-1)).toBe("interactionDisconnected");
		expect(store.get("c1")).toMatchObject({ saving: "saved", id: 7 });
		timers.pass(3_600_000);
		expect(names()).toHaveLength(6);
	});

	it("a log that failed once was not tried again by itself", () => {
		let works = false;
		const { connect, timers, store } = desk((_log, _interaction, _event, onSuccess, onFailure) =>
			works ? onSuccess({ id: 7 }) : onFailure(),
		);
		connect();
		works = true;
		timers.pass(2_000);
		expect(store.get("c1")).toMatchObject({ saving: "saved", id: 7 });
	});

	it("a call that ended when no panel was there stayed without a length in the CRM: the next panel completes it, once", async () => {
		const server = new FakeDeskServer();
		const answers: NonNullable<FrameworkScript["processCallLog"]> = (_log, _interaction, _event, onSuccess) =>
			onSuccess({ id: 7 });
		const before = desk(answers, server.panel());
		before.connect();
		const after = desk(answers, server.panel());
		after.past.set("c1", { ...before.at("disconnected"), interactionDurationSeconds: 42 });
		server.leadBy(server.panels[1] as (typeof server.panels)[number]);
		after.logs.led([]);
		await expect.poll(after.names).toEqual(["interactionDisconnected"]);
		expect(after.calls[0]?.[0]).toMatchObject({ id: 7 });
		expect(after.calls[0]?.[1].interactionDurationSeconds).toBe(42);
		after.logs.led([]);
		await Promise.resolve();
		expect(after.names()).toHaveLength(1);
	});

	it("the CRM's record stayed without its code where the page went right after Done: the next panel hands it over, once", async () => {
		const server = new FakeDeskServer();
		const before = desk((log, _interaction, _event, onSuccess) => log.notes || onSuccess({ id: 7 }), server.panel());
		before.connect();
		before.logs.follow({ category: "disconnect", data: before.at("disconnected", { afterCallWork: "pending" }) });
		before.logs.setNotes("c1", "will call back");
		const [, panel] = [server.panels, server.panel()];
		const after = desk((_log, _interaction, _event, onSuccess) => onSuccess({ id: 7 }), panel);
		const done = { ...before.at("disconnected"), isDone: true, disposition: "Solved" };
		after.past.set("c1", done);
		server.leadBy(panel);
		after.logs.led([]);
		after.logs.led([]);
		const handed = () => {
			after.timers.pass(1);
			return after.calls.length;
		};
		await expect.poll(handed).toBe(1);
		expect(after.calls[0]?.[0]).toMatchObject({ id: 7, notes: "will call back" });
		expect(after.calls[0]?.[1]).toMatchObject({ disposition: "Solved" });
		const third = desk(undefined, server.panel());
		third.past.set("c1", done);
		server.leadBy(server.panels[2] as (typeof server.panels)[number]);
		third.logs.led([]);
		await Promise.resolve();
		third.timers.pass(10_000);
		expect(third.calls).toEqual([]);
	});

	it("an end that the script had not answered when the page went was nobody's: the next panel waits for the answer, then tells it", async () => {
		const server = new FakeDeskServer();
		const before = desk((_log, _interaction, event, onSuccess) => {
			if (event === "interactionChanged") onSuccess({ id: 7 });
		}, server.panel());
		before.connect();
		before.logs.follow({ category: "disconnect", data: before.at("disconnected") });
		const panel = server.panel();
		const after = desk((_log, _interaction, _event, onSuccess) => onSuccess({ id: 7 }), panel);
		after.at("disconnected");
		server.leadBy(panel);
		after.logs.led([]);
		after.timers.pass(3_900);
		expect(after.names()).toEqual([]);
		after.timers.pass(200);
		expect(after.names()).toEqual(["interactionDisconnected"]);
	});

	it("the code of a panel that was loaded anew right after Done came to the CRM four seconds late: nobody else waits for its script", () => {
		const server = new FakeDeskServer();
		const before = desk((_log, _interaction, event, onSuccess) => {
			if (event === "interactionChanged") onSuccess({ id: 7 });
		}, server.panel());
		before.connect();
		before.logs.follow({ category: "disconnect", data: before.at("disconnected") });
		const panel = server.panel();
		const after = desk((_log, _interaction, _event, onSuccess) => onSuccess({ id: 7 }), panel, { cameBack: true });
		after.at("disconnected");
		server.leadBy(panel);
		after.logs.begin([]);
		expect(after.names()).toEqual(["interactionDisconnected"]);
	});

	it("a script that never answers was told the end again at every load", () => {
		const server = new FakeDeskServer();
		const before = desk(undefined, server.panel());
		before.connect();
		before.calls[0]?.[3]({ id: 7 });
		before.logs.follow({ category: "disconnect", data: before.at("disconnected") });
		before.timers.pass(4_000);
		const panel = server.panel();
		const after = desk(undefined, panel);
		after.at("disconnected");
		server.leadBy(panel);
		after.logs.led([]);
		after.timers.pass(60_000);
		expect(after.names()).toEqual([]);
	});

	it("an unsaved log of one deployment went to the script of another one, with the other CRM's id", async () => {
		const server = new FakeDeskServer();
		const [one, other] = [server.panel(), server.panel()];
		const sales = desk((log, _i, _e, onSuccess) => (log.notes ? undefined : onSuccess({ id: "sales-1" })), one, {
			deployment: "sales",
		});
		sales.connect();
		sales.logs.setNotes("c1", "unsaved");
		const care = desk((_log, _i, _e, onSuccess) => onSuccess({ id: "care-1" }), other, { deployment: "care" });
		server.leadBy(other);
		care.logs.led([care.at("disconnected")]);
		care.timers.pass(10_000);
		expect(care.calls).toEqual([]);
		expect(care.store.get("c1"), "what the agent typed is theirs everywhere").toMatchObject({ notes: "unsaved" });
		care.logs.led([care.at("connected")]);
		care.timers.pass(10_000);
		expect(care.calls.map(([log]) => [log.id, log.notes])).toEqual([[undefined, "unsaved"]]);
		expect([care.store.get("c1")?.id, sales.store.get("c1")?.id]).toEqual(["care-1", "sales-1"]);
		server.leadBy(one);
		sales.logs.led([sales.at("connected")]);
		sales.timers.pass(10_000);
		expect(sales.calls.at(-1)?.[0]).toMatchObject({ id: "sales-1", notes: "unsaved" });
	});

	it("a script that newly took logs got every agent's past week at the next load, and notes without a subject", async () => {
		const server = new FakeDeskServer();
		const without = desk(undefined, server.panel(), { takesLogs: false });
		without.connect();
		without.logs.setNotes("c1", "wants tea");
		without.logs.follow({ category: "disconnect", data: without.at("disconnected") });
		without.timers.pass(5_000);
		const off = desk(undefined, server.panel());
		off.settings.enableCallLogs = false;
		off.logs.setNotes("c2", "after the call");
		const panel = server.panel();
		const after = desk((_log, _interaction, _event, onSuccess) => onSuccess({ id: 7 }), panel);
		after.past.set("c2", { ...without.at("disconnected"), id: "c2" });
		server.leadBy(panel);
		after.logs.led([after.at("disconnected")]);
		await Promise.resolve();
		after.timers.pass(60_000);
		expect([after.names(), after.recalled]).toEqual([[], []]);
		after.logs.setNotes("c1", "wants tea, after all");
		after.timers.pass(800);
		expect(
			after.calls.map(([log]) => [log.subject, log.notes]),
			"written while it takes logs",
		).toEqual([["Call", "wants tea, after all"]]);
	});

	it("a call that is going on as its script newly takes logs gets its record, with what was noted before", () => {
		const server = new FakeDeskServer();
		const without = desk(undefined, server.panel(), { takesLogs: false });
		without.connect();
		without.logs.setNotes("c1", "wants tea");
		const panel = server.panel();
		const after = desk(undefined, panel);
		server.leadBy(panel);
		after.logs.led([after.at("connected")]);
		after.timers.pass(1);
		expect(after.calls.map(([log]) => [log.subject, log.notes])).toEqual([["Call", "wants tea"]]);
	});

	it("notes that were written before a call had a log went to the CRM without a subject", () => {
		const { logs, at, calls, timers } = desk();
		at("alerting");
		logs.setNotes("c1", "Ada again");
		timers.pass(800);
		expect(calls.map(([log]) => [log.subject, log.notes])).toEqual([["Call", "Ada again"]]);
	});

	it("a refused end was told again while the call had come back, and refused notes had the end told twice", () => {
		let works = true;
		const { logs, connect, at, names, timers } = desk((_log, _interaction, _event, onSuccess, onFailure) =>
			works ? onSuccess({ id: 7 }) : onFailure(),
		);
		const end = () => logs.follow({ category: "disconnect", data: at("disconnected") });
		connect();
		works = false;
		end();
		works = true;
		connect();
		logs.setNotes("c1", "back");
		timers.pass(800);
		expect(names().slice(2), "it is talked again").toEqual(["interactionChanged", "interactionChanged"]);
		end();
		timers.pass(60_000);
		expect(names().slice(4), "the end is told once").toEqual(["interactionDisconnected"]);
		works = false;
		logs.setNotes("c1", "after");
		timers.pass(800);
		works = true;
		timers.pass(60_000);
		logs.led([at("disconnected")]);
		timers.pass(60_000);
		expect(names().slice(5)).toEqual(["interactionChanged", "interactionChanged"]);
	});

	it("an interaction that cannot be had any more was asked for at every reconnection", async () => {
		const server = new FakeDeskServer();
		desk(undefined, server.panel()).connect();
		const panel = server.panel();
		const after = desk(undefined, panel);
		server.leadBy(panel);
		for (let again = 0; again < 6; again++) {
			after.logs.retryFailed();
			await new Promise((done) => setTimeout(done));
		}
		expect(after.recalled).toEqual(["c1", "c1", "c1"]);
	});

	it("a call that goes on, or whose end was told, is completed by nobody", async () => {
		const { logs, connect, at, names } = desk((_log, _interaction, _event, onSuccess) => onSuccess({ id: 7 }));
		connect();
		logs.led([at("connected")]);
		logs.follow({ category: "disconnect", data: at("disconnected") });
		logs.led([at("disconnected")]);
		await Promise.resolve();
		expect(names()).toEqual(["interactionChanged", "interactionDisconnected"]);
	});

	it("a script that added contacts without end held its panel up for ever: nobody chooses among more than two hundred", () => {
		const { logs } = desk();
		const add = (id: number) => logs.addAssociation({ type: "contact", id, text: `Caller ${id}` }, "c1");
		for (let id = 0; id < 200; id++) expect(add(id)).toBe("taken");
		expect([add(200), add(199), logs.store.get("c1")?.contacts.length]).toEqual(["full", "taken", 200]);
		expect(logs.addAssociation({ type: "relation", id: "case" }, "c1")).toBe("taken");
	});

	it("refuses associations it cannot use", () => {
		const { logs } = desk();
		expect(logs.addAssociation({ type: "contact", id: 1, text: "x" }, undefined)).toBe("unusable");
		expect(logs.addAssociation({ type: "unknown", id: 1 }, "c1")).toBe("unusable");
		expect(logs.addAssociation(undefined, "c1")).toBe("unusable");
		expect(logs.addAssociation({ type: "Contact", id: "a", interactionId: "c9" }, "c1")).toBe("taken");
		expect(logs.store.get("c9")?.contacts).toEqual([{ id: "a", text: "a", type: "contact" }]);
	});
});
