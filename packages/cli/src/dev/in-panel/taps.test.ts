import { foldName, hearsCategory, type SubscriptionRequest } from "@inlay/contract";
import { beforeEach, describe, expect, it } from "vitest";
import { failureOf, isUnanswered } from "../inspector/model.ts";
import type { Entry } from "../protocol.ts";
import { Known } from "./known.ts";
import { Recorder } from "./recorder.ts";
import { tapActions } from "./tap-actions.ts";
import { TapEvents } from "./tap-events.ts";
import { tapFramework } from "./tap-framework.ts";
import { TapWindow } from "./tap-window.ts";
import { Traces } from "./traces.ts";

let entries: Map<string, Entry>;
let recorder: Recorder;

beforeEach(() => {
	entries = new Map();
	recorder = new Recorder((entry) => entries.set(entry.id, { ...entry }));
});

const named = (name: string) => [...entries.values()].filter((entry) => entry.name === name);

describe("actions of a script", () => {
	const tapped = (actions: object) =>
		tapActions(actions, { recorder, version: () => 3, subscribe: () => undefined }) as Record<string, never>;

	it("are done as ever, and written down with their version", () => {
		const asked: unknown[] = [];
		const { User } = tapped({ User: { updateStatus: (given: unknown) => asked.push(given) } }) as never as {
			User: { updateStatus(given: object): void };
		};
		User.updateStatus({ id: "BREAK" });
		expect(asked).toEqual([{ id: "BREAK" }]);
		expect(named("User.updateStatus")).toMatchObject([{ kind: "action", payload: [{ id: "BREAK" }], version: 3 }]);
	});

	it("the token that a script gets is shown nowhere, whatever the script does with it", () => {
		const token = "a-token-of-twenty-characters";
		const { User } = tapped({
			User: { getAuthToken: (callback: (token: string) => void) => callback(token) },
		}) as never as {
			User: { getAuthToken(callback: (token: string) => void): void };
		};
		User.getAuthToken((given) => void recorder.note({ kind: "message", name: "token", payload: { given } }));
		expect(named("token")).toHaveLength(1);
		expect(JSON.stringify([...entries.values()])).not.toContain(token);
	});

	it("a promise that is not kept is an error of the action", async () => {
		const { request } = tapped({ request: () => Promise.reject(new Error("too late")) }) as never as {
			request(): Promise<void>;
		};
		await expect(request()).rejects.toThrow("too late");
		expect(named("request")[0]?.error?.message).toContain("too late");
	});
});

describe("callbacks of a script", () => {
	it("are its own, with itself as this, its answers and what it throws", () => {
		const raw = Object.freeze({
			config: Object.freeze({ name: "a" }),
			processCallLog(this: unknown, _log: object, _call: object, _event: string, done: (saved: object) => void) {
				done({ id: "4711", isOwn: this === raw });
			},
			screenPop() {
				throw new Error("no page");
			},
		});
		const stand = tapFramework(raw, recorder, () => 1) as typeof raw;
		const saved: unknown[] = [];
		stand.processCallLog({}, {}, "interactionChanged", (given) => saved.push(given));
		expect(saved).toEqual([{ id: "4711", isOwn: true }]);
		expect(named("processCallLog")[0]?.answer).toMatchObject({ name: "onSuccess", payload: { id: "4711" } });
		expect(() => stand.screenPop()).toThrow("no page");
		expect(named("screenPop")[0]?.error?.message).toBe("Error: no page");
		expect(stand.config.name).toBe("a");
		expect("contactSearch" in stand).toBe(false);
	});

	it("one that is set later is found, and what is set on the object reaches the script's own", () => {
		const raw: Record<string, unknown> = { config: { name: "a" } };
		const stand = tapFramework(raw, recorder, () => 1) as Record<string, unknown>;
		stand.extra = 1;
		raw.initialSetup = () => 7;
		expect([raw.extra, (stand.initialSetup as () => number)()]).toEqual([1, 7]);
	});
});

describe("windows of a script", () => {
	/** A browser that opens `/opened` alone. */
	function scene(by: number | undefined) {
		const window = Object.assign(new EventTarget(), {
			document: new EventTarget(),
			open: (url: string, _name?: string, features = "") => (url === "/opened" && features === "" ? { url } : null),
		}) as unknown as Window & typeof globalThis;
		new TapWindow({ window, recorder, traces: new Traces(), version: () => by });
		return window;
	}

	it("what screenPop opened stood nowhere in the inspector, nor that the browser opened nothing", () => {
		const window = scene(3);
		expect(window.open("/opened", "record")).toEqual({ url: "/opened" });
		expect(window.open("/blocked")).toBeNull();
		window.open("/opened", "_blank", "noopener");
		const [opened, blocked, apart] = named("window.open");
		expect(opened).toMatchObject({ kind: "action", version: 3, payload: ["/opened", "record"] });
		expect([opened, blocked, apart].map((entry) => entry && failureOf(entry))).toEqual([
			undefined,
			"no window",
			undefined,
		]);
	});

	it("one that the panel hears of first, to say where it is blocked, was nobody's", () => {
		const window = scene(undefined);
		const script = new Function("window", "window.open('/opened')\n//# sourceURL=http://localhost:4300/script/7.js");
		const { open } = window;
		window.open = (...given) => open(...given);
		script(window);
		expect(named("window.open")).toMatchObject([{ version: 7, payload: ["/opened"] }]);
	});

	it("the panel's own are not the script's", () => {
		expect(scene(undefined).open("/opened")).toEqual({ url: "/opened" });
		expect(named("window.open")).toEqual([]);
	});
});

describe("answers in the inspector", () => {
	const asked = (answer: (done: (given?: unknown) => void, failed: (given?: unknown) => void) => void) => {
		const stand = tapFramework(
			{
				processCallLog: (_log: object, _call: object, _event: string, done: never, failed: never) =>
					answer(done, failed),
			},
			recorder,
			() => 1,
		) as { processCallLog(...given: unknown[]): void };
		stand.processCallLog(
			{},
			{},
			"notes",
			() => undefined,
			() => undefined,
		);
		const [entry] = named("processCallLog");
		entries.clear();
		return entry && { failure: failureOf(entry), isUnanswered: isUnanswered(entry) };
	};

	it("a log that the script had answered by onFailure looked like one that was saved", () => {
		expect(asked((_done, failed) => failed({ message: "no such case" }))?.failure).toBe("onFailure: no such case");
		expect(asked((_done, failed) => failed("down"))?.failure).toBe("onFailure: down");
		expect(asked((_done, failed) => failed())?.failure).toBe("onFailure");
		expect(asked((done) => done({ id: "4711" }))).toEqual({ failure: undefined, isUnanswered: false });
	});

	it("nor did one tell that it waits for an answer", () => {
		expect(asked(() => undefined)).toEqual({ failure: undefined, isUnanswered: true });
	});
});

describe("a script that takes over", () => {
	/** The panel's own list of who subscribed. */
	function panel() {
		const subscribed: SubscriptionRequest[] = [];
		const known = new Known();
		let live = 1;
		const events = new TapEvents({ recorder, known, isLive: (version) => version >= live }, (requests) =>
			subscribed.push(...requests),
		);
		const emit = (type: string, category: string, data: unknown) => {
			for (const each of subscribed)
				if (foldName(each.type) === foldName(type) && hearsCategory(each.categories, category))
					(each.callback as (category: string, data: unknown) => void)(category, data);
		};
		const takeOver = (version: number) => {
			live = version;
			events.forget();
			for (const event of known.events()) events.tell(event, false);
		};
		return { events, emit, takeOver };
	}

	const hearing = () => {
		const heard: string[] = [];
		return { heard, callback: (category: string) => heard.push(category) };
	};

	it("is told what there is, and the older one is told nothing more", () => {
		const { events, emit, takeOver } = panel();
		const [old, fresh] = [hearing(), hearing()];
		events.add({ type: "Interaction", callback: old.callback }, 1);
		emit("UserAction", "login", { userId: "u" });
		emit("Interaction", "add", { id: "a", state: "ALERTING" });
		emit("Interaction", "change", { old: {}, new: { id: "a", state: "CONNECTED", startTime: "t" } });
		emit("Interaction", "add", { id: "b" });
		emit("Interaction", "deallocate", { id: "b" });
		const before = old.heard.length;
		events.add(
			[
				{ type: "interaction", callback: fresh.callback },
				{ type: "UserAction", callback: fresh.callback },
			],
			2,
		);
		takeOver(2);
		expect(fresh.heard).toEqual(["login", "add", "change"]);
		emit("Interaction", "connect", { id: "a" });
		expect(fresh.heard).toEqual(["login", "add", "change", "connect"]);
		expect(old.heard).toHaveLength(before);
	});

	it("who is signed out is not told of by what was known before", () => {
		const { events, emit, takeOver } = panel();
		emit("UserAction", "login", { userId: "u" });
		emit("Interaction", "add", { id: "a" });
		emit("UserAction", "logout", { userId: "u" });
		const fresh = hearing();
		events.add({ type: "Interaction", callback: fresh.callback }, 2);
		takeOver(2);
		expect(fresh.heard).toEqual([]);
	});

	it("an event counts who has heard it, and one that nobody names is shown all the same", () => {
		const { events, emit } = panel();
		events.add({ type: "Interaction", callback: () => undefined }, 1);
		events.add({ type: "Interaction", categories: ["add"], callback: () => undefined }, 1);
		emit("Interaction", "add", { id: "a" });
		emit("Interaction", "inlay:change", { id: "a" });
		expect(named("Interaction add")[0]?.heard).toBe(2);
		expect(named("Interaction inlay:change")).toMatchObject([{ heard: 0 }]);
	});

	it("leaves no listener and no timer behind", () => {
		const undone: number[] = [];
		const traces = new Traces();
		for (const version of [1, 1, 2]) traces.add(version, () => undone.push(version));
		traces.add(1, () => undone.push(9))();
		traces.remove((version) => version < 2);
		traces.remove((version) => version < 2);
		expect(undone).toEqual([1, 1]);
	});
});
