import type { ConsultStep } from "@inlay/framework";
import { expect, it } from "vitest";
import { ConsultFeed } from "./consult-feed.ts";
import type { PlatformConversation } from "./platform-conversation.ts";

const now = Date.parse("2026-01-05T09:01:00Z");

/** Anna's call, and her consult of Ben where there is one. */
function call(state?: string, held = true, type = "Attended"): PlatformConversation {
	const asked = { id: "b", purpose: "user", userId: "ben", name: "Ben", consultParticipantId: "c" };
	return {
		id: "call",
		participants: [
			{ id: "c", purpose: "customer", calls: [{ state: "connected", held, startHoldTime: "2026-01-05T09:00:30Z" }] },
			{ id: "a", purpose: "agent", userId: "anna", calls: [{ state: "connected" }] },
			...(state ? [{ ...asked, calls: [{ state: "connected", transferSource: "a" }] }] : []),
		],
		recentTransfers: state
			? [{ id: "t", state, transferType: type, initiator: { userId: "anna" }, destination: { userId: "ben" } }]
			: [],
	};
}

function feed() {
	const told: unknown[] = [];
	const news: ConsultStep[] = [];
	const consults = new ConsultFeed({ step: (step) => told.push(step), news: (one) => news.push(one), now: () => now });
	const look = (conversation: PlatformConversation, userId = "anna") => consults.update([conversation], userId);
	return { told, news, look };
}

it("CT-1 scripts hear the steps once each, and every transition with all that is known", () => {
	const { told, news, look } = feed();
	for (const one of [
		call(),
		call("Pending"),
		call("Pending"),
		call("Active"),
		call("Active", false),
		call("Complete", false),
	])
		look(one);
	expect(told).toEqual(["consultTransfer", "completeConsultTransfer"]);
	expect(news.map(({ state }) => state)).toEqual(["ringing", "private", "together", "completed"]);
	expect(news[1]).toEqual({
		id: "call",
		state: "private",
		destination: { kind: "user", id: "ben", name: "Ben" },
		speakTo: "DESTINATION",
		holdSeconds: 30,
	});
});

it("a blind transfer by an integration was told to no script, and one from before the reload would have been told again", () => {
	const { told, look } = feed();
	look(call());
	look(call("Complete", false, "Unattended"));
	look(call("Complete", false, "Unattended"));
	expect(told).toEqual(["blindTransfer"]);
	const reloaded = feed();
	reloaded.look(call("Complete", false, "Unattended"));
	expect(reloaded.told).toEqual([]);
});

it("a reload told of the consult once more", () => {
	const { told, news, look } = feed();
	look(call("Active"));
	expect([told, news]).toEqual([[], []]);
	look(call("Active", false));
	expect(news.map(({ state }) => state)).toEqual(["together"]);
});

it("CT-3 a consult that was left while it rang is completed, too", () => {
	const { told, look } = feed();
	for (const one of [
		call(),
		call("Pending"),
		call("Active", false, "Unattended"),
		call("Complete", false, "Unattended"),
	])
		look(one);
	expect(told).toEqual(["consultTransfer", "completeConsultTransfer"]);
});

it.each([
	["client", "destinationGone"],
	["peer", "cancelled"],
])("a colleague who left while together, or was let go (%s): %s", (disconnectType, state) => {
	const { news, look } = feed();
	const over = call("Canceled", false);
	const [customer, own, asked] = over.participants ?? [];
	const gone = { state: "disconnected", transferSource: "a", connectedTime: "2026-01-05T09:00:40Z", disconnectType };
	const ended = { ...over, participants: [customer, own, { ...asked, calls: [gone] }] } as PlatformConversation;
	for (const one of [call(), call("Pending"), call("Active", false), ended]) look(one);
	expect(news.at(-1)?.state).toBe(state);
});

it("whoever is consulted hears nothing of the other agent's steps", () => {
	const { told, look } = feed();
	look(call(), "ben");
	look(call("Pending"), "ben");
	expect(told).toEqual([]);
});

it("an agent who hung up while it rang was said to talk with both", () => {
	const { news, look } = feed();
	for (const one of [
		call(),
		call("Pending"),
		call("Active", false, "Unattended"),
		call("Complete", false, "Unattended"),
	])
		look(one);
	expect(news.map(({ state }) => state)).toEqual(["ringing", "completed"]);
});

it("a first consult failed again whenever something happened in the second", () => {
	const { news, look } = feed();
	look(call());
	look(call("Pending"));
	look(call("Failed"));
	look(call("Failed", false));
	const second = call("Pending");
	const first = { ...(second.recentTransfers ?? [])[0], id: "first", state: "Failed" };
	look({
		...second,
		recentTransfers: [
			{ ...first, id: "t" },
			{ ...first, id: "t2", state: "Pending" },
		],
	});
	look({
		...second,
		recentTransfers: [
			{ ...first, id: "t" },
			{ ...first, id: "t2", state: "Active" },
		],
	});
	expect(news.map(({ state }) => state)).toEqual(["ringing", "failed", "ringing", "private"]);
});

it("a consult that became a conference was said to be cancelled, twice", () => {
	const { news, look } = feed();
	for (const one of [call(), call("Pending"), call("Active"), call("Canceled", false), call("Canceled", false)])
		look(one);
	expect(news.map(({ state }) => state)).toEqual(["ringing", "private", "together"]);
});
