import type { TroubleCause } from "@inlay/contract/home";
import { expect, it } from "vitest";
import { causeText, curesOf } from "./cause.ts";

const at = { count: 1, firstAt: "2026-01-01T00:00:00Z", lastAt: "2026-01-01T00:00:00Z", people: [] };

it.each([
	["panel", "user.not.in.group", "Not a member of any chosen group"],
	["panel", "client.inactive", "is disabled"],
	["panel", "panel.of.tomorrow", "could not work as it should"],
	["script", "framework.script.error", "framework.js failed"],
	["script", "framework.message.dropped", "Messages of other windows were not taken"],
	["device", "panel.microphone.refused", "no microphone"],
	["sign-in", "braked", "too many wrong passwords"],
	["call", "sent.silent", "silence"],
] as const)("of %s, %s is told in a sentence", (kind, code, part) => {
	expect(causeText({ kind, code })).toContain(part);
});

it("leads to the very screen on which it is put right", () => {
	const deployment = { id: "d 1", name: "CRM" };
	const person = { id: "p1", name: "Ann" };
	const cause: TroubleCause = { ...at, kind: "panel", code: "user.not.in.group", deployment, people: [person] };
	expect(curesOf(cause).map(({ href }) => href)).toEqual(["#/deployments/d%201", "#/people/p1"]);
	expect(curesOf({ ...at, kind: "sign-in", code: "unknown-client" }).map(({ href }) => href)).toEqual(["#/clients"]);
	expect(curesOf({ ...at, kind: "call", code: "delay" }).map(({ href }) => href)).toEqual(["#/quality"]);
});
