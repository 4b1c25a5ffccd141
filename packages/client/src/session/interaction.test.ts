import { describe, expect, it } from "vitest";
import { isConsentGiven, lackingConsent } from "./consent.ts";
import { expectedSound, openCalls } from "./expected-sound.ts";
import { isListed, isOnlyAsked, type LiveInteraction } from "./interaction.ts";
import { displayAddress } from "./participants.ts";
import { readInteraction } from "./read-interaction.ts";
import type { WireConversation, WireParticipant } from "./wire.ts";

const customer: WireParticipant = {
	id: "p1",
	purpose: "customer",
	name: "Ada",
	calls: [{ id: "k1", state: "connected" }],
};
const acd: WireParticipant = {
	id: "p2",
	purpose: "acd",
	name: "Support",
	queueId: "q1",
	calls: [{ id: "k2", state: "connected" }],
};
const agent = (call: object, more: Partial<WireParticipant> = {}): WireParticipant => ({
	id: "p3",
	purpose: "agent",
	userId: "me",
	calls: [{ id: "k3", direction: "inbound", ...call }],
	...more,
});
const conversation = (...participants: WireParticipant[]): WireConversation => ({ id: "c1", participants });
const read = (...participants: WireParticipant[]) => readInteraction(conversation(...participants), "me");

describe("reading an interaction", () => {
	it("takes the agent's own leg, the customer's name and the queue's", () => {
		const call = read(customer, acd, agent({ state: "alerting", other: { addressNormalized: "tel:+4930" } }));
		expect(call).toMatchObject({
			participantId: "p3",
			communicationId: "k3",
			state: "alerting",
			remoteName: "Ada",
			remoteAddress: "+4930",
			queueId: "q1",
			queueName: "Support",
		});
	});

	it("after-call work was shown no more once the same call had rung again in vain", () => {
		const acw = { state: "disconnected", connectedTime: "2026-01-05T09:00:00Z", afterCallWork: { state: "pending" } };
		const worked = agent(acw, { endTime: "2026-01-05T09:01:00Z", wrapupRequired: true });
		const later = (state: string): WireParticipant => ({
			...agent({ state }),
			id: "p4",
			...(state === "disconnected" ? { endTime: "2026-01-05T09:02:00Z" } : {}),
		});
		expect(read(customer, worked, later("alerting"))).toMatchObject({ participantId: "p4", needsWrapup: false });
		expect(read(customer, worked, later("disconnected"))).toMatchObject({ participantId: "p3", needsWrapup: true });
	});

	it("nobody was told that the customer is asked whether they may be recorded, or has refused", () => {
		const said = (inlayConsent: "asked" | "given" | "refused", id = "p1", more = {}): WireParticipant => ({
			...customer,
			id,
			calls: [{ id: "k1", state: "connected", inlayConsent }],
			...more,
		});
		const call = (...parties: WireParticipant[]) => read(...parties, agent({ state: "connected" })) as LiveInteraction;
		expect(lackingConsent(call(said("asked")))).toEqual({ state: "asked", partyId: "p1", name: "Ada" });
		expect(expectedSound(call(said("asked"))).voice).toBe(false);
		expect(lackingConsent(call(said("refused"), said("asked", "p9")))).toMatchObject({ state: "asked", partyId: "p9" });
		expect(lackingConsent(call(said("refused"), said("given", "p9")))).toMatchObject({
			state: "refused",
			partyId: "p1",
		});
		// Who has gone takes their no with them.
		const gone = { endTime: "2026-11-28T10:00:00Z" };
		expect(
			[call(said("refused", "p1", gone), said("given", "p9"))].map((it) => [lackingConsent(it), isConsentGiven(it)]),
		).toEqual([[undefined, true]]);
		expect([lackingConsent(call(customer)), isConsentGiven(call(customer))]).toEqual([undefined, false]);
	});

	it("who wrote from a page had the id of their session for a number, and no contact could be made of them", () => {
		const guest: WireParticipant = { id: "p1", purpose: "customer", name: "Gus", address: "3a28f399-51c0" };
		const own = agent({}, { calls: [], messages: [{ id: "k", state: "connected", type: "webmessaging" }] });
		expect(read(guest, own)).toMatchObject({ remoteName: "Gus", remoteAddress: "" });
		const phone = agent({}, { calls: [], messages: [{ id: "k", state: "connected", type: "sms" }] });
		expect(read({ ...guest, address: "tel:+4930" }, phone)).toMatchObject({ remoteAddress: "+4930" });
	});

	it("a code that nobody chose was chosen for whoever was only asked: codes are a queue's", () => {
		expect(read(customer, acd, agent({ state: "connected" }, { purpose: "user" }))).toMatchObject({
			queueName: "Support",
			worksForQueue: false,
		});
		expect(read(customer, acd, agent({ state: "connected" }, { queueId: "q1" }))?.worksForQueue).toBe(true);
	});

	it("silence was blamed on a customer who was on hold: nobody is there to be heard", () => {
		const onHold: WireParticipant = { ...customer, calls: [{ state: "connected", held: true }] };
		const ben: WireParticipant = { id: "b", purpose: "user", userId: "ben", calls: [{ state: "connected" }] };
		expect(read(onHold, acd, agent({ state: "connected" }))?.isAlone).toBe(true);
		expect(read(onHold, ben, agent({ state: "connected" }))?.isAlone).toBe(false);
		expect(read(customer, agent({ state: "connected" }))?.isAlone).toBe(false);
	});

	it("said that the caller had hung up whose page had gone: their connection broke", () => {
		const gone: WireParticipant = {
			...customer,
			calls: [{ state: "disconnected", disconnectType: "transport.failure" }],
		};
		const connectedTime = "2026-01-01T00:00:00.000Z";
		const own = { state: "disconnected", disconnectType: "peer", connectedTime };
		expect(read(gone, acd, agent(own))?.outcome).toBe("interrupted");
		const hungUp = { ...customer, calls: [{ state: "disconnected", disconnectType: "client" }] };
		expect(read(hungUp, acd, agent(own))?.outcome).toBe("otherHungUp");
		expect(read(customer, acd, agent(own))?.outcome).toBe("letGo");
	});

	it("said that the customer had hung up who had left a conference before, when it was the colleague", () => {
		const at = (seconds: number) => `2026-01-05T09:01:${String(seconds).padStart(2, "0")}.000Z`;
		const over = (seconds: number, disconnectType: string) => ({
			endTime: at(seconds),
			calls: [{ state: "disconnected", connectedTime: at(0), disconnectedTime: at(seconds), disconnectType }],
		});
		const hungUpBy = (caller: number, colleague: number) =>
			read(
				{ id: "c", purpose: "customer", name: "Carol", ...over(caller, "client") },
				{
					id: "b",
					purpose: "user",
					userId: "ben",
					name: "Ben",
					...over(colleague, colleague < 30 ? "client" : "peer"),
				},
				agent({ ...over(30, "peer").calls[0] }),
			)?.hungUpBy;
		expect([hungUpBy(10, 29), hungUpBy(30, 20)]).toEqual(["Ben", undefined]);
	});

	it("took a caller whose page was closed for somebody who listens, and then for one who had hung up", () => {
		const errorInfo = { code: "call.interrupted.pageclosed" };
		const connectedTime = "2026-01-01T00:00:00.000Z";
		const away: WireParticipant = { ...customer, calls: [{ state: "connected", errorInfo }] };
		expect(read(away, acd, agent({ state: "connected" }))?.otherInterrupted).toBe("pageClosed");
		expect(read(customer, acd, agent({ state: "connected" }))?.otherInterrupted).toBeUndefined();
		const gone: WireParticipant = {
			...customer,
			calls: [{ state: "disconnected", disconnectType: "transport.failure", errorInfo }],
		};
		const ended = read(gone, acd, agent({ state: "disconnected", disconnectType: "peer", connectedTime }));
		expect(ended).toMatchObject({ outcome: "leftPage", otherInterrupted: undefined });
	});

	it("knows whose part the customer's is, and that colleagues have none", () => {
		expect(read(customer, acd, agent({ state: "connected" }))?.outsideId).toBe("p1");
		const colleague: WireParticipant = { ...customer, id: "p9", purpose: "user", userId: "other" };
		expect(read(colleague, agent({ state: "connected" }))?.outsideId).toBeUndefined();
	});

	it("prefers the living participant when the call came to the agent twice", () => {
		const first = agent({ state: "disconnected" }, { id: "old", endTime: "2026-01-01T00:00:00.000Z" });
		expect(read(customer, first, agent({ state: "connected" }))?.participantId).toBe("p3");
		expect(read(customer, agent({ state: "connected" }), { ...first, id: "later" })?.participantId).toBe("p3");
	});

	it("knows the user by reference as REST sends it, too", () => {
		const viaObject: WireParticipant = { ...agent({ state: "connected" }), userId: undefined, user: { id: "me" } };
		expect(read(customer, viaObject)?.participantId).toBe("p3");
	});

	it("is nothing to an agent who has no part in it", () => {
		expect(read(customer, acd)).toBeUndefined();
	});

	it("stays listed while it owes after-call work, and no longer", () => {
		const pending = {
			state: "disconnected",
			connectedTime: "2026-01-01T00:00:00.000Z",
			afterCallWork: { state: "pending" },
		};
		const owing = read(customer, agent(pending, { wrapupRequired: true }));
		expect(owing && isListed(owing)).toBe(true);
		const done = read(customer, agent({ ...pending, afterCallWork: { state: "complete" } }, { wrapupRequired: true }));
		expect(done && isListed(done)).toBe(false);
	});

	it("a page that is shared after the interaction was out of its agent's sight, who could not end it", () => {
		const gone = { state: "disconnected", connectedTime: "2026-01-01T00:00:00.000Z" };
		const listed = (state: string) => {
			const interaction = read(customer, agent(gone, { cobrowsesessions: [{ state }] }));
			return interaction && isListed(interaction);
		};
		expect(["offering", "contacting", "connected", "disconnected"].map(listed)).toEqual([false, true, true, false]);
	});

	it("owes nothing for a call that nobody answered", () => {
		const missed = read(
			customer,
			agent({ state: "disconnected" }, { wrapupRequired: true, endTime: "2026-01-01T00:00:00.000Z" }),
		);
		expect(missed?.needsWrapup).toBe(false);
	});

	it("stood among the missed calls though the agent had talked, when it came back and rang out", () => {
		const at = (seconds: string) => `2026-01-01T00:${seconds}.000Z`;
		const part = (id: string, more: object) => agent({ state: "disconnected", ...more }, { id });
		const talked = part("one", {
			connectedTime: at("00:01"),
			disconnectedTime: at("01:00"),
			disconnectType: "transfer",
		});
		const rangOut = part("two", { disconnectedTime: at("02:00"), disconnectType: "transfer.noanswer" });
		const again = part("three", {
			connectedTime: at("03:00"),
			disconnectedTime: at("03:05"),
			disconnectType: "client",
		});
		expect(read(customer, talked, rangOut)).toMatchObject({ outcome: "transferred", talkedMs: 59_000 });
		expect(read(customer, talked, rangOut, again)).toMatchObject({ outcome: "hungUp", talkedMs: 64_000 });
		expect(read(customer, rangOut)?.outcome).toBe("missed");
	});

	it("takes a participant who has left as disconnected, whatever the call still says", () => {
		expect(read(customer, agent({ state: "connected" }, { endTime: "2026-01-01T00:00:00.000Z" }))?.state).toBe(
			"disconnected",
		);
	});
});

describe("addresses", () => {
	it.each([
		["tel:+4930123", "+4930123"],
		["sip:anna%20b@host:5060", "anna b"],
		["mailto:ada@example.org", "ada@example.org"],
		["%zz", "%zz"],
		[undefined, ""],
	])("%s is shown as %s", (raw, shown) => expect(displayAddress(raw)).toBe(shown));
});

describe("a transfer that reached nobody", () => {
	const out = (id: string) =>
		agent({ state: "disconnected", disconnectType: "transfer", connectedTime: "2026-01-01T00:00:00.000Z" }, { id });
	const busy = (transferSource: string, more: Partial<WireParticipant> = {}): WireParticipant => ({
		id: `of-${transferSource}`,
		purpose: "external",
		address: "tel:+13175550100",
		calls: [{ state: "disconnected", transferSource, errorInfo: { code: "call.failure.busy" } }],
		...more,
	});
	const again = agent({ state: "alerting" }, { id: "now" });

	it("was still told of on the card of the next ring, after a later transfer to a queue that went through", () => {
		expect(read(customer, out("one"), busy("one"), again)?.cameBack).toBe("busy");
		expect(read(customer, out("one"), busy("one"), out("two"), acd, again)?.cameBack).toBeUndefined();
	});

	it("of an earlier part was told on the card of a call that a colleague handed over", () => {
		const target = busy("one", { purpose: "agent", name: "Cem", userId: "cem" });
		const handed = agent({ state: "alerting", transferSource: "anna" }, { id: "now" });
		expect(read(customer, out("one"), target, handed)?.cameBack).toBeUndefined();
		const taker = agent({ state: "disconnected", connectedTime: "2026-01-01T00:02:00.000Z" }, { userId: "anna" });
		expect(read(customer, out("one"), target, taker, again)?.cameBack, "somebody had it meanwhile").toBeUndefined();
		const early = { ...target, endTime: "2026-01-01T00:00:10.000Z" };
		const left = { ...out("one"), endTime: "2026-01-01T00:00:40.000Z" };
		expect(read(customer, left, early, again)?.cameBack, "a consult that was cancelled before").toBeUndefined();
	});

	it("was not told to whoever made it while they were in after-call work", () => {
		const target = busy("one", { purpose: "agent", name: "Anna Agent", userId: "anna" });
		expect(read(customer, out("one"), target, acd)?.notTakenBy).toBe("Anna Agent");
		expect(read(customer, out("one"), target)?.notTakenBy).toBeUndefined();
		const early = { ...target, endTime: "2026-01-01T00:00:10.000Z" };
		const left = { ...out("one"), endTime: "2026-01-01T00:00:40.000Z" };
		expect(read(customer, left, early, acd)?.notTakenBy, "a consult that was cancelled before").toBeUndefined();
		const late = { ...target, endTime: "2026-01-01T00:01:00.000Z" };
		expect(read(customer, left, late, acd)?.notTakenBy).toBe("Anna Agent");
		const taken = { ...acd, calls: [{ state: "disconnected" }] };
		expect(read(customer, out("one"), target, taken)?.notTakenBy, "somebody has it").toBeUndefined();
	});
});

it("whoever is only asked about a customer was offered to call them back, which the server refuses", () => {
	const asked = agent({ state: "connected" }, { consultParticipantId: "p1" });
	const call = (userId: string, state: string) =>
		readInteraction(
			{
				...conversation(customer, asked),
				recentTransfers: [{ transferType: "Attended", state, initiator: { userId } }],
			},
			"me",
		) as LiveInteraction;
	expect(isOnlyAsked(call("anna", "Active"))).toBe(true);
	expect(isOnlyAsked(call("me", "Active")), "who asks").toBe(false);
	expect(isOnlyAsked(call("anna", "Complete")), "who was handed it").toBe(false);
});

describe("who hears the agent", () => {
	const source = conversation(customer);
	const call = { id: "c1", media: "call", state: "connected", source } as LiveInteraction;
	const broken = { ...call, otherInterrupted: { cause: "pageclosed" } } as unknown as LiveInteraction;

	it("the microphone was blamed in a call whose customer had closed the page", () => {
		expect(expectedSound(call)).toEqual({ hearing: true, voice: true, sending: true });
		expect(expectedSound(broken)).toEqual({ hearing: false, voice: false, sending: false });
	});

	it("a colleague's mailbox, which takes down what it hears, was warned of as a silent customer", () => {
		const held: WireParticipant = { ...customer, calls: [{ state: "connected", held: true }] };
		const mailbox: WireParticipant = { id: "p7", purpose: "voicemail", calls: [{ state: "connected" }] };
		const sound = (...others: WireParticipant[]) => expectedSound(read(...others, agent({ state: "connected" })));
		expect(sound(held, mailbox)).toEqual({ hearing: true, voice: false, sending: true });
		expect(sound(mailbox), "nobody else is in the call").toMatchObject({ hearing: true, voice: false });
		expect(sound({ ...customer, calls: [{ state: "connected" }] }, mailbox)).toMatchObject({ voice: true });
		const queue: WireParticipant = { id: "p8", purpose: "acd", calls: [{ state: "connected" }] };
		expect(sound(queue), "music while one waits in a queue oneself").toMatchObject({ voice: false });
	});

	it("nothing said that two parties heard the agent at once", () => {
		const other = { ...call, id: "c2" };
		const deaf = [
			{ ...other, held: true },
			{ ...other, muted: true },
			{ ...other, state: "alerting" },
			{ ...other, media: "callback" },
		] as LiveInteraction[];
		expect(openCalls([call, other]).map(({ id }) => id)).toEqual(["c1", "c2"]);
		expect(openCalls([call, broken, ...deaf])).toEqual([call]);
	});
});
