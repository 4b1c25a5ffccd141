import { expect, it } from "vitest";
import type { LiveInteraction } from "../../session/interaction.ts";
import { readInteraction } from "../../session/read-interaction.ts";
import type { WireParticipant } from "../../session/wire.ts";
import { changesOf } from "../../shell/spoken-news.tsx";
import { callClock, detailLines, holdClock, stateText, usualDetails } from "./card-text.ts";

const now = Date.parse("2026-01-05T09:01:40Z");

/** What Anna's card says of Carol, while Ben is in the call as well or is not. */
function card(carol: object, ben?: object, anna: object = {}): [string, string] {
	const party = (id: string, purpose: string, call: object): WireParticipant => ({
		id,
		purpose,
		name: id,
		...(purpose === "customer" ? {} : { userId: id }),
		calls: [{ state: "connected", ...call }],
	});
	const participants = [party("Carol", "customer", carol), party("Anna", "agent", anna)];
	const call = readInteraction(
		{ id: "c", participants: ben ? [...participants, party("Ben", "user", ben)] : participants },
		"Anna",
	);
	return call ? [stateText(call), holdClock(call, now)] : ["", ""];
}

it("the card's head said connected while the customer heard music, or had left", () => {
	const onHold = { held: true, startHoldTime: "2026-01-05T09:01:00Z" };
	expect(card(onHold, {})).toEqual(["Hears music", "0:40"]);
	expect(card(onHold), "who was asked has left").toEqual(["Hears music", "0:40"]);
	expect(card({}, {})).toEqual(["Connected", ""]);
	expect(card({ state: "disconnected", disconnectType: "peer" }, {})).toEqual(["Has left; you talk to Ben", ""]);
	expect(card({ state: "disconnected", disconnectType: "client" }, {}), "the agent took them out").toEqual([
		"Taken out of the call; you talk to Ben",
		"",
	]);
	expect(card({}, undefined, onHold), "by the agent's own button").toEqual(["On hold", "0:40"]);
	expect(card({ state: "disconnected" })[0]).toBe("Connected");
});

it("the clock of a call that had come back counted what the agent had talked in it before", () => {
	const turn = (id: string, connectedTime: string, end?: string): WireParticipant => ({
		id,
		purpose: "agent",
		userId: "Anna",
		calls: [
			end
				? { state: "disconnected", connectedTime, disconnectedTime: end, disconnectType: "transfer" }
				: { state: "connected", connectedTime },
		],
	});
	const customer = { id: "c", purpose: "customer", calls: [{ state: "connected" }] };
	const first = turn("a1", "2026-01-05T08:50:00Z", "2026-01-05T08:55:00Z");
	const clock = (...own: WireParticipant[]) => {
		const call = readInteraction({ id: "c", participants: [customer, ...own] }, "Anna");
		return call && callClock(call, now);
	};
	expect(clock(first, turn("a2", "2026-01-05T09:01:00Z"))).toBe("0:40");
	expect(clock(first, turn("a2", "2026-01-05T09:01:00Z", "2026-01-05T09:01:30Z")), "while it is wrapped up").toBe(
		"0:30",
	);
});

it("an email's sender was called a number", () => {
	const from = (address: string, kind: "emails" | "messages") => {
		const customer = { id: "c", purpose: "customer", address };
		const own = { id: "a", purpose: "agent", userId: "Anna", [kind]: [{ state: "connected", type: "sms" }] };
		const call = readInteraction({ id: "x", participants: [customer, own] }, "Anna");
		return call && detailLines(call, usualDetails, now, (number) => number)[0];
	};
	expect(from("clara@example.com", "emails")).toEqual({ label: "Address", value: "clara@example.com" });
	expect(from("+13175550142", "messages")).toEqual({ label: "Number", value: "+13175550142" });
});

it("each identifier of display.interactionDetails was taken as proven by a test that resolved none", () => {
	const customer = {
		id: "c",
		purpose: "customer",
		name: "Carol",
		address: "tel:+13175550142",
		attributes: { PEF_Priority: "high" },
		calls: [{ state: "connected" }],
	};
	const own = {
		id: "a",
		purpose: "agent",
		userId: "Anna",
		connectedTime: "2026-01-05T09:01:00Z",
		calls: [{ state: "connected", connectedTime: "2026-01-05T09:01:00Z" }],
	};
	const call = readInteraction({ id: "x", participants: [customer, own] }, "Anna");
	if (!call) throw new Error("The call was not read.");
	const said = (identifier: string) =>
		detailLines({ ...call, queueName: "Sales" }, [identifier], now, (it) => it)[0]?.value;
	const expected: Record<string, string> = {
		"framework.DisplayAddress": "+13175550142",
		"framework.CallTimeElapsed": "0:40",
		"framework.interactionDurationSeconds": "0:40",
		"framework.ParticipantId": "a",
		"call.Ani": "+13175550142",
		"call.ConversationId": "x",
		"call.RemoteName": "Carol",
		"call.name": "Carol",
		"call.State": stateText(call),
		"call.QueueName": "Sales",
		"participant.PEF_Priority": "high",
	};
	for (const [identifier, value] of Object.entries(expected))
		for (const spelt of [identifier, identifier.toLowerCase(), identifier.toUpperCase()])
			expect([spelt, said(spelt)]).toEqual([spelt, value]);
	expect(said("call.Nothing")).toBeUndefined();
	expect(said("participant.nobody")).toBeUndefined();
});

it("a colleague with a call of their own on the line was said to hear music", () => {
	expect(card({}, { held: true, startHoldTime: "2026-01-05T09:01:00Z" })[0]).toBe("Connected");
});

it("a campaign's preview was headed as a callback, and one that was taken was announced as connected", () => {
	const taken = (news: object) => {
		const callback = { state: "connected", ...news };
		const participants = [
			{ id: "Carol", purpose: "customer", name: "Carol", callbacks: [{ state: "connected" }] },
			{ id: "Anna", purpose: "agent", userId: "Anna", callbacks: [callback] },
		] as WireParticipant[];
		return readInteraction({ id: "c", participants }, "Anna") as LiveInteraction;
	};
	const preview = taken({ dialerPreview: { campaignId: "k" } });
	expect([taken({}), preview].map(stateText)).toEqual(["Callback: you call", "Preview: you call"]);
	const waits = { ...preview, state: "alerting" } as const;
	expect(changesOf(waits, preview)).toEqual([]);
	expect(changesOf(preview, { ...preview, call: { state: "connected" } } as LiveInteraction)).toEqual(["connected"]);
});
