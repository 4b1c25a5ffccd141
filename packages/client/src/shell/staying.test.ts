import { expect, it } from "vitest";
import type { LiveInteraction } from "../session/interaction.ts";
import { readInteraction } from "../session/read-interaction.ts";
import type { WireParticipant } from "../session/wire.ts";
import { othersIn } from "./staying.ts";

const calls = [{ state: "connected" }];
const anna: WireParticipant = { id: "a", purpose: "agent", userId: "me", calls };
const ben: WireParticipant = { id: "b", purpose: "user", userId: "ben", name: "Ben", calls };
const clara: WireParticipant = { id: "c", purpose: "customer", name: "Clara", calls };
const number: WireParticipant = { id: "n", purpose: "external", address: "tel:+4930", calls };
const acd: WireParticipant = { id: "q", purpose: "acd", queueId: "q", calls };

const others = (...participants: WireParticipant[]) =>
	othersIn(readInteraction({ id: "k", participants }, "me") as LiveInteraction);

it("a customer who talked to a colleague as well was given back to the queue by who signed out", () => {
	expect(others(clara, anna, ben)).toEqual({ names: ["Clara", "Ben"], stay: true });
	expect(others(clara, anna, { ...ben, calls: [{ state: "alerting" }] })).toEqual({
		names: ["Clara", "Ben"],
		stay: true,
		called: "Ben",
		unanswered: "ends",
	});
	expect(others(clara, anna, number)).toEqual({ names: ["Clara", "+4930"], stay: false });
});

it("nobody stays where the agent is one of two", () => {
	expect(others(clara, acd, anna)).toBeUndefined();
	expect(others(anna, ben)).toBeUndefined();
	expect(others(clara, anna, { ...ben, endTime: "2026-01-05T09:00:00Z" })).toBeUndefined();
});

it("a call of no queue was promised to go back to one if nobody answers", () => {
	const called = { ...ben, calls: [{ state: "alerting" }] };
	const ofQueue = { ...anna, queueId: "q" };
	expect(others(clara, acd, ofQueue, called)?.unanswered).toBe("queue");
	expect(others(clara, anna, called)?.unanswered).toBe("ends");
	expect(others(clara, ofQueue, number, called), "who go on together").toEqual({
		names: ["Clara", "+4930", "Ben"],
		stay: true,
		called: "Ben",
	});
});
