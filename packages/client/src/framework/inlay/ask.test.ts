import { readInlayRequest } from "@inlay/contract/inlay-request";
import { expect, it } from "vitest";
import { ReadyGate } from "../ready-gate.ts";
import { Subscriptions } from "../subscriptions.ts";
import { fakePorts } from "../test-support/fake-ports.ts";
import { HandTimers } from "../test-support/hand-timers.ts";
import { ask } from "./ask.ts";
import { changedIn } from "./changed.ts";

function asking({ open = true } = {}) {
	const ports = fakePorts();
	const timers = new HandTimers();
	const listsGate = new ReadyGate(timers);
	if (open) listsGate.open();
	const subscriptions = new Subscriptions((_name, task) => task(), ports.log);
	const told: unknown[] = [];
	const callback = (_category: string, data: unknown) => told.push(data);
	subscriptions.add({ type: "Notification", categories: ["inlay:request"], callback });
	const parts = { ...ports, timers, listsGate, subscriptions };
	const wish = (name: unknown, data: unknown = {}, options: unknown = {}) =>
		ask(parts, { name, data, options, host: "script" });
	return { ...parts, told, wish };
}

it("a wish is answered by a promise, with the id that it was given, and who names the event hears who asked", async () => {
	const { wish, told, done } = asking();
	const data = { interactionId: "c1", code: "Solved" };
	expect(await wish("wrapUp", data, { id: "w-1" })).toEqual({ did: "wrapUp" });
	expect(done).toEqual([["wrapUp", data]]);
	expect(told).toEqual([{ id: "w-1", request: "wrapUp", host: "script", state: "done" }]);
	await wish("queues");
	expect(told[1]).toMatchObject({ id: expect.stringMatching(/^request-\d+$/) });
});

it("what the server refuses rejects with its code and text", async () => {
	const { wish, session, told } = asking();
	session.perform = async () => {
		throw Object.assign(new Error("You may not record."), { code: "missing.permissions" });
	};
	const failed = { id: "1", code: "missing.permissions", message: "You may not record." };
	await expect(wish("record", { interactionId: "c", on: true }, { id: "1" })).rejects.toMatchObject(failed);
	expect(told).toEqual([{ ...failed, request: "record", host: "script", state: "failed" }]);
});

it("who gets no answer is told so in time, and what waited for the panel is not done afterwards", async () => {
	const { wish, timers, listsGate, done } = asking({ open: false });
	const late = wish("record", { interactionId: "c", on: true }, { timeoutMs: 500 });
	timers.pass(500);
	await expect(late, "nothing had begun, and it was said that it might still be done").rejects.toMatchObject({
		code: "inlay.request.early",
	});
	listsGate.open();
	expect(done).toEqual([]);
	const usual = wish("queues");
	expect(done).toEqual([["queues", {}]]);
	expect(await usual).toEqual({ did: "queues" });
});

it.each([
	["explode", {}, "inlay.request.unknown", "explode"],
	[undefined, {}, "inlay.request.unknown", "undefined"],
	["record", { interactionId: "c", on: "yes" }, "inlay.request.invalid", "on"],
	["record", { on: true }, "inlay.request.invalid", "interactionId"],
	["record", { interactionId: "c", on: true, loud: 1 }, "inlay.request.invalid", "loud"],
	["addParticipant", { interactionId: "c", target: { kind: "queue", value: "q" } }, "inlay.request.invalid", "kind"],
	["replaceParticipant", { interactionId: "c", target: { kind: "user" } }, "inlay.request.invalid", "target.value"],
	["scheduleCallback", { queueId: "q", number: "1", at: "tomorrow" }, "inlay.request.invalid", "at"],
	["scheduleCallback", { queueId: "q", number: "1", at: "2026-13-01T10:00:00Z" }, "inlay.request.invalid", "at"],
	["queues", "all", "inlay.request.invalid", "data"],
])("%s with %j is refused whole, by the field's name", async (name, data, code, field) => {
	const { wish, done } = asking();
	const failed = await wish(name, data).then(
		() => undefined,
		(error: { code: string; message: string }) => error,
	);
	expect(failed).toMatchObject({ code, message: expect.stringContaining(field) });
	expect(done).toEqual([]);
});

it("takes what is right as it is", () => {
	const data = { queueId: "q", number: "+49305550101", at: "2026-01-05T10:00:00+01:00", name: "Carol" };
	expect(readInlayRequest("scheduleCallback", data)).toEqual({ name: "scheduleCallback", data });
	expect(readInlayRequest("queues", undefined)).toEqual({ name: "queues", data: {} });
});

it("dozens of changes told of nothing: inlay:change has what differs, and is not told where nothing does", () => {
	const old = { id: "c", state: "ALERTING", isConnected: false } as never;
	const now = { id: "c", state: "CONNECTED", isConnected: false, flagged: true } as never;
	expect(changedIn({ old, new: old })).toBeUndefined();
	expect(changedIn({ old, new: now })).toEqual({
		id: "c",
		changed: { state: { old: "ALERTING", new: "CONNECTED" }, flagged: { old: undefined, new: true } },
	});
});

it("what has begun and is not answered says that it may still be done", async () => {
	const { wish, timers, session } = asking();
	session.perform = () => new Promise(() => {});
	const late = wish("queues", {}, { timeoutMs: 500 });
	timers.pass(500);
	await expect(late).rejects.toMatchObject({ code: "inlay.request.deadline" });
});

it.each([
	[{ timeoutMs: 0 }, "timeoutMs"],
	[{ timeoutMs: "5000" }, "timeoutMs"],
	[{ timeoutMs: 999_999 }, "timeoutMs"],
	[{ timeoutMS: 500 }, "timeoutMS"],
	[{ id: 5 }, "id"],
	["soon", "options"],
])("options %j were dropped in silence", async (options, field) => {
	const { wish, done } = asking();
	const message = expect.stringContaining(field);
	await expect(wish("queues", {}, options)).rejects.toMatchObject({ code: "inlay.request.invalid", message });
	expect(done).toEqual([]);
});

it("two requests of one id could not be told apart: the second is refused while the first has no answer", async () => {
	const { wish, session } = asking();
	const { promise, resolve } = Promise.withResolvers<unknown>();
	session.perform = () => promise;
	const first = wish("queues", {}, { id: "one" });
	await expect(wish("queues", {}, { id: "one" })).rejects.toMatchObject({ code: "inlay.request.invalid", id: "one" });
	resolve([]);
	expect(await first).toEqual([]);
	expect(await wish("queues", {}, { id: "one" })).toEqual([]);
});
