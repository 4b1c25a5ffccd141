import { afterEach, expect, it } from "vitest";
import { actionNames, actionPrefix, requestName } from "./action-names.ts";
import { Admission } from "./admission.ts";
import { pureCloudOf } from "./frame/pure-cloud.ts";
import { ToldFramework } from "./frame/told-framework.ts";
import type { Callable } from "./plain.ts";
import { ScriptChannel } from "./script-channel.ts";

const ports: MessagePort[] = [];
afterEach(() => {
	for (const port of ports.splice(0)) port.close();
});

/** Both ends, and what the panel's one has dropped. `raw` is the port of a script that speaks as it likes. */
function ends(panel: Record<string, Callable>, script: Record<string, Callable> = {}, admits?: () => boolean) {
	const { port1, port2 } = new MessageChannel();
	ports.push(port1, port2);
	const dropped: string[] = [];
	const near = new ScriptChannel({
		port: port1,
		named: panel,
		dropped: (why) => dropped.push(why),
		...(admits ? { admits } : {}),
	});
	const far = new ScriptChannel({ port: port2, named: script, dropped: () => undefined });
	return { near, far, dropped, raw: port2 };
}

it("one end calls by name, and hears the answer or what was thrown, with its code", async () => {
	const failing = () => {
		throw Object.assign(new Error("No."), { code: "not.allowed" });
	};
	const { near } = ends({}, { double: (value) => Number(value) * 2, failing });
	expect(await near.ask("double", 21)).toBe(42);
	await expect(near.ask("failing")).rejects.toMatchObject({ message: "No.", code: "not.allowed" });
	await expect(near.ask("missing")).rejects.toThrow("no such function");
});

it("a function that was handed over answers as often as it is called, late too", async () => {
	let answer: Callable = () => undefined;
	const heard: unknown[] = [];
	const save = (_log: unknown, onSuccess: unknown) => {
		answer = onSuccess as Callable;
	};
	const { near } = ends({}, { save });
	await near.ask("save", { id: 1 }, (saved: unknown) => heard.push(saved));
	await answer({ id: 4711 });
	await answer({ id: "again" });
	expect(heard).toEqual([{ id: 4711 }, { id: "again" }]);
});

it.each([
	["no text", 42, "shape"],
	["an object", { call: "act", args: [] }, "shape"],
	["no JSON", "{", "shape"],
	["null", "null", "shape"],
	["a list", "[]", "shape"],
	["no arguments", '{"call":"act"}', "shape"],
	["too many arguments", '{"call":"act","args":[1,2,3,4,5,6,7,8,9,10,11]}', "shape"],
	["an id that is none", '{"call":"act","args":[],"id":"1"}', "shape"],
	["an unknown name", '{"call":"open","args":[]}', "name"],
	["a name that all objects have", '{"call":"constructor","args":[]}', "name"],
	["a number that nobody was given", '{"call":7,"args":[]}', "name"],
	["an answer to nothing", '{"of":99}', "name"],
	["an error of another shape", '{"of":99,"error":5}', "shape"],
	["far too much", `{"call":"act","args":["${"x".repeat(4_200_000)}"]}`, "size"],
])("%s is dropped and counted", async (_what, message, why) => {
	const acted: unknown[] = [];
	const { raw, dropped } = ends({ act: () => acted.push(1) });
	raw.postMessage(message);
	await expect.poll(() => dropped).toEqual([why]);
	expect(acted).toEqual([]);
});

it("a script in a loop is heard as often as anybody can be, and then taken away", async () => {
	let now = 0;
	let drowned = 0;
	const admission = new Admission(
		() => now,
		() => drowned++,
	);
	const admitted = Array.from({ length: 5_499 }, () => admission.admits()).filter(Boolean).length;
	expect([admitted, drowned]).toEqual([500, 0]);
	now = 1000;
	expect(admission.admits()).toBe(true);
	for (let call = 0; call < 100; call++) admission.admits();
	expect(drowned).toBe(1);
});

it("a script that floods now and then was taken away in the end, though it had stopped each time", () => {
	let now = 0;
	let drowned = 0;
	const admission = new Admission(
		() => now,
		() => drowned++,
	);
	for (let flood = 0; flood < 10; flood++, now += 5_000) for (let call = 0; call < 1_500; call++) admission.admits();
	expect(drowned).toBe(0);
});

it("who asked in a flood waited for ever: they hear that nobody listens", async () => {
	const { far, dropped } = ends({ act: () => 1 }, {}, () => false);
	await expect(far.ask("act")).rejects.toMatchObject({ code: "framework.script.flood" });
	far.tell("act");
	await expect.poll(() => dropped).toEqual(["flood", "flood"]);
});

it("a Framework that was set in a flood was never told: it is told until it is taken", async () => {
	let taken = 0;
	const window: { Framework?: unknown } = {};
	const refused = [true, true, false];
	const told = new ToldFramework(window, () => {
		if (refused.shift()) return Promise.reject(new Error("flood"));
		taken++;
		return Promise.resolve();
	});
	window.Framework = { config: {} };
	await expect.poll(() => taken).toBe(1);
	told.look();
	expect(taken).toBe(1);
});

it("an isolated script has every function of PureCloud, and no more", () => {
	const told: unknown[] = [];
	const channel = { tell: (...all: unknown[]) => void told.push(all), ask: async () => undefined };
	const made = pureCloudOf(channel) as { Inlay: { version: number }; User: { setView: Callable } };
	const names = (from: object, before = ""): string[] =>
		Object.entries(from).flatMap(([key, value]) =>
			typeof value === "function" ? [before + key] : typeof value === "object" ? names(value, `${before}${key}.`) : [],
		);
	expect(names(made).sort()).toEqual([...actionNames, requestName].sort());
	expect(made.Inlay.version).toBe(1);
	made.User.setView({ type: "main" });
	expect(told).toEqual([[`${actionPrefix}User.setView`, { type: "main" }]]);
});

it("an answer of a million levels ended the panel's hearing in an error, and who had asked waited for ever", async () => {
	const { near, raw } = ends({});
	const asked = near.ask("anything");
	const deep = `${"[".repeat(1_000_000)}1${"]".repeat(1_000_000)}`;
	raw.onmessage = ({ data }) =>
		raw.postMessage(`{"of":${(JSON.parse(String(data)) as { id: number }).id},"value":${deep}}`);
	expect(await asked).toEqual([expect.anything()]);
});

it("what is long is not even read once too much has come", async () => {
	const { near, raw, dropped } = ends({}, {}, () => false);
	raw.postMessage(`{"call":"x","args":["${"x".repeat(20_000)}"]`);
	raw.postMessage(new ArrayBuffer(8));
	await expect.poll(() => dropped).toEqual(["flood", "flood"]);
	expect(near.owed).toBe(0);
});

it("a pop stood behind what was made of the event before it: what is said in one breath comes in one task", async () => {
	const { port1, port2 } = new MessageChannel();
	ports.push(port1, port2);
	const tasks: string[][] = [];
	const said: string[] = [];
	const far: ScriptChannel = new ScriptChannel({
		port: port2,
		named: { told: (text) => far.tell("say", text) },
		dropped: () => undefined,
	});
	const near = new ScriptChannel({
		port: port1,
		gathers: true,
		named: { say: (text) => said.push(String(text)) },
		dropped: () => undefined,
	});
	const hear = port1.onmessage;
	port1.onmessage = (event) => {
		const before = said.length;
		hear?.call(port1, event);
		tasks.push(said.slice(before));
	};
	for (const text of ["add", "change", "pop"]) near.tell("told", text);
	await near.ask("told", "ring");
	expect(tasks[0]).toEqual(["add", "change", "pop", "ring"]);
});

it("each of many messages that come as one is admitted by itself, and a broken one takes no other along", async () => {
	let left = 3;
	const acted: unknown[] = [];
	const { raw, dropped } = ends({ act: (at) => acted.push(at) }, {}, () => left-- > 0);
	const call = (at: number) => `{"call":"act","args":[${at}]}`;
	raw.postMessage([call(1), 5, call(2), call(3), ["nested"]]);
	await expect.poll(() => dropped).toEqual(["shape", "flood", "flood"]);
	expect(acted).toEqual([1, 2]);
});

it("what the other end says of what it was told comes before it counts as heard", async () => {
	const said: unknown[] = [];
	const { near, far } = ends(
		{ say: (text) => said.push(text) },
		{ told: (text) => far.tell("say", text), ping: () => 1 },
	);
	expect(near.heard()).toBeUndefined();
	near.tell("told", "a call");
	const heard = near.heard();
	expect(near.heard(), "the same, until it is").toBe(heard);
	near.tell("told", "another");
	const both = near.heard();
	await heard;
	expect(said).toContain("a call");
	await both;
	expect(said).toEqual(["a call", "another"]);
	expect(near.heard()).toBeUndefined();
});
