import { expect, it } from "vitest";
import { readInteraction } from "../../session/read-interaction.ts";
import type { WireConversation, WireParticipant } from "../../session/wire.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { controlsFor } from "../interactions/controls.ts";
import { newsOfConsult } from "./news.ts";
import { sceneOf } from "./scene.ts";

const carol: WireParticipant = { id: "carol", purpose: "customer", name: "Carol", calls: [{ state: "connected" }] };
const anna: WireParticipant = {
	id: "anna",
	purpose: "agent",
	userId: "u-anna",
	name: "Anna",
	connectedTime: "2026-01-05T09:00:00Z",
	calls: [{ state: "connected", connectedTime: "2026-01-05T09:00:00Z" }],
};
const ben: WireParticipant = {
	id: "ben",
	purpose: "user",
	userId: "u-ben",
	name: "Ben",
	consultParticipantId: "carol",
	calls: [{ state: "alerting", transferSource: "anna" }],
};

type Change = Partial<WireParticipant> & { call?: object };

function changed(party: WireParticipant, { call, ...change }: Change = {}): WireParticipant {
	return { ...party, ...change, calls: [{ ...party.calls?.[0], ...call }] };
}

/** Anna consults Ben about Carol, with these differences; as `userId` sees it. */
interface Differences {
	transfer?: string;
	carol?: Change;
	anna?: Change;
	others?: WireParticipant[];
}

function scene(differences: Differences = {}, userId = "u-anna") {
	const call = readInteraction(conversation(differences), userId);
	return call && sceneOf(call);
}

function conversation({
	transfer = "Active",
	carol: c = {},
	anna: a = {},
	others = [changed(ben)],
}: Differences): WireConversation {
	return {
		id: "c1",
		participants: [changed(carol, c), changed(anna, { consultParticipantId: "carol", ...a }), ...others],
		recentTransfers: [{ id: "t", state: transfer, transferType: "Attended", initiator: { userId: "u-anna" } }],
	};
}

const talking = changed(ben, { call: { state: "connected", connectedTime: "2026-01-05T09:01:00Z" } });
const gone = { state: "disconnected", disconnectType: "peer" };

it.each([
	["while it rings", scene({ transfer: "Pending", carol: { call: { held: true } } }), "DESTINATION", "alerting"],
	["in private", scene({ carol: { call: { held: true } }, others: [talking] }), "DESTINATION", "connected"],
	["back with the customer", scene({ others: [changed(talking, { call: { held: true } })] }), "OBJECT", "connected"],
	["together", scene({ others: [talking] }), "BOTH", "connected"],
])("%s: both rows, and whom the agent talks to", (_when, found, speakTo, state) => {
	expect(found).toMatchObject({
		kind: "consult",
		customer: { name: "Carol" },
		destination: { name: "Ben", state },
		speakTo,
	});
});

it("of a queue that is asked the row is the queue, then whoever of it answers", () => {
	const queue: WireParticipant = {
		id: "q",
		purpose: "acd",
		queueName: "Sales",
		calls: [{ state: "connected", transferSource: "anna" }],
	};
	expect(scene({ transfer: "Pending", others: [queue] })).toMatchObject({
		destination: { kind: "queue", name: "Sales", state: "waiting" },
	});
	const answered = changed(talking, { purpose: "agent" });
	expect(scene({ others: [changed(queue, { call: gone }), answered] })).toMatchObject({ destination: { name: "Ben" } });
});

it("CT-2 who was not reached is said with the reason, for as long as the customer is on hold", () => {
	const silent = changed(ben, {
		endTime: "2026-01-05T09:01:00Z",
		call: { ...gone, errorInfo: { code: "call.failure.noanswer" } },
	});
	const failed = { transfer: "Failed", others: [silent] };
	expect(scene({ ...failed, carol: { call: { held: true } } })).toMatchObject({
		kind: "failed",
		name: "Ben",
		reason: "noAnswer",
	});
	expect(scene(failed)).toBeUndefined();
});

it("the start, the answer and the end of a consult were not spoken, and numbers stood as they are dialled", () => {
	const workspace = {
		names: { of: (text: string) => (text === "+4930555" ? "Dora" : undefined) },
		numbers: { show: (text: string) => text.replace("+4930", "030 ") },
	} as unknown as Workspace;
	const number = (state: string, address = "+49301") =>
		changed(ben, { name: "", purpose: "external", address: `tel:${address}`, call: { state } });
	const quiet = { carol: { call: { held: true } } };
	const calls = [
		conversation({ anna: { consultParticipantId: undefined }, others: [], transfer: "none" }),
		conversation({ transfer: "Pending", ...quiet, others: [number("alerting")] }),
		conversation({ transfer: "Active", ...quiet, others: [number("connected")] }),
		conversation({ transfer: "Canceled", others: [changed(number("connected"), { endTime: "x", call: gone })] }),
		conversation({ transfer: "Pending", ...quiet, others: [number("alerting", "+4930555")] }),
	].map((source) => readInteraction(source, "u-anna"));
	const said = calls.map((call, at) => call && newsOfConsult(calls[at - 1], call, workspace));
	expect(said).toEqual([
		undefined,
		"030 1 is being called. Carol hears music.",
		"030 1 has answered",
		"You are with Carol again.",
		"Dora is being called. Carol hears music.",
	]);
});

it("the one who was consulted has left, and nobody could tell that the customer hears music still", () => {
	const left = { transfer: "Canceled", others: [changed(talking, { endTime: "x", call: gone })] };
	const held = readInteraction(conversation({ ...left, carol: { call: { held: true } } }), "u-anna");
	expect(held?.isLeftOnHold).toBe(true);
	expect(readInteraction(conversation(left), "u-anna")?.isLeftOnHold).toBe(false);
});

it("who is consulted sees by whom and about whom, and when they hear music", () => {
	expect(scene({ others: [talking] }, "u-ben")).toEqual({
		kind: "consulted",
		by: "Anna",
		customer: expect.objectContaining({ name: "Carol" }),
		held: false,
		isCutOff: false,
	});
	const afterwards = { transfer: "Complete", anna: { endTime: "2026-01-05T09:02:00Z", call: gone }, others: [talking] };
	expect(scene(afterwards, "u-ben")).toBeUndefined();
});

it("a colleague's own hold was told as music, and as whom the agent speaks to", () => {
	const aside = changed(talking, { call: { held: true, startHoldTime: "2026-01-05T09:02:00Z" } });
	expect(scene({ carol: { call: { held: true } }, others: [aside] })).toMatchObject({
		speakTo: "DESTINATION",
		destination: { held: false, isAside: true },
	});
	expect(scene({ others: [aside] })).toMatchObject({ speakTo: "BOTH" });
	expect(scene({ others: [aside] }, "u-ben")).toMatchObject({ kind: "consulted", held: false });
});

it("CT-5 the customer has left: Complete is gone, and the card says so", () => {
	const left = { carol: { endTime: "2026-01-05T09:02:00Z", call: gone }, anna: { consultParticipantId: undefined } };
	const afterwards = { transfer: "Canceled", ...left, others: [talking] };
	expect(scene(afterwards)).toEqual({ kind: "customerLeft", name: "Ben" });
	expect(scene(afterwards, "u-ben")).toEqual({ kind: "customerLeft", name: "Anna" });
});

it("CF-1 a conference has a row for each other party, and one that still rings can be let go", () => {
	const dialled: WireParticipant = {
		id: "d",
		purpose: "external",
		address: "tel:+4930555",
		calls: [{ state: "dialing" }],
	};
	const conference = { transfer: "Canceled", anna: { consultParticipantId: undefined }, others: [dialled] };
	expect(scene(conference)).toMatchObject({
		kind: "conference",
		isLast: false,
		parties: [{ name: "Carol" }, { name: "+4930555", state: "dialing", isTheirs: true }],
	});
	const answered = changed(dialled, { call: { state: "connected" } });
	expect(scene({ ...conference, others: [answered] })).toMatchObject({ isLast: true });
	expect(scene({ ...conference, others: [answered, changed(talking)] })).toMatchObject({ isLast: false });
});

it("a colleague's row had buttons that the server refuses while a third party only rang", () => {
	const there = changed(talking, { consultParticipantId: undefined, connectedTime: "2026-01-05T09:01:00Z" });
	const dialled: WireParticipant = { id: "d", purpose: "external", calls: [{ state: "dialing" }] };
	const left = { endTime: "2026-01-05T09:02:00Z", call: gone };
	const two = { transfer: "Canceled", carol: left, anna: { consultParticipantId: undefined } };
	const rows = [{ name: "Ben", isTheirs: false }, { isTheirs: true }];
	expect(scene({ ...two, others: [there, dialled] })).toMatchObject({ kind: "conference", parties: rows });
	const three = [there, changed(dialled, { call: { state: "connected" } })];
	expect(scene({ ...two, others: three })).toMatchObject({ parties: [{ name: "Ben", isTheirs: true }, {}] });
});

it("a call of two has nothing to add", () => {
	const source: WireConversation = { id: "c1", participants: [carol, anna] };
	const call = readInteraction(source, "u-anna");
	expect(call && sceneOf(call)).toBeUndefined();
});

it("the asking agent's page died, and the card of whoever was asked said nothing", () => {
	const dead = { call: { errorInfo: { code: "call.interrupted.connection" } } };
	expect(scene({ anna: dead, others: [talking] }, "u-ben")).toMatchObject({ kind: "consulted", isCutOff: true });
	const cut = changed(talking, { call: { errorInfo: { code: "call.interrupted.pageclosed" } } });
	expect(scene({ others: [cut] })).toMatchObject({ destination: { isCutOff: true } });
});

it("a colleague who was asked into a conference was not told by whom, and told of a missed call of the customer", () => {
	const rung = changed(ben, {
		consultParticipantId: undefined,
		call: { transferSource: undefined, inlayAddedBy: "anna" },
	});
	const conference = { transfer: "Canceled", anna: { consultParticipantId: undefined }, others: [rung] };
	expect(scene(conference, "u-ben")).toEqual({ kind: "invited", by: "Anna", name: "Carol" });
	const call = readInteraction(conversation(conference), "u-ben");
	const workspace = {
		names: { of: () => undefined },
		numbers: { show: (name: string) => name },
	} as unknown as Workspace;
	expect(call && newsOfConsult(undefined, call, workspace)).toBe("Anna asks you into the call with Carol.");
	expect(call?.askedBy).toEqual({ id: "u-anna", name: "Anna", into: true });
});

it("a colleague's row in a conference had nothing but Remove, and a hold that is another's doing stood there as their own", () => {
	const held = changed(talking, {
		consultParticipantId: undefined,
		connectedTime: "2026-01-05T09:01:00Z",
		call: { held: true, inlaySilenced: { userId: "u-anna" } },
	});
	const conference = { transfer: "Canceled", anna: { consultParticipantId: undefined }, others: [held] };
	expect(scene(conference)).toMatchObject({
		parties: [{ name: "Carol" }, { name: "Ben", kind: "colleague", held: true, isAside: false, isTheirs: true }],
	});
	expect(scene(conference, "u-ben")).toMatchObject({ silencedBy: "Anna", parties: [{}, { isTheirs: false }] });
	const call = readInteraction(conversation(conference), "u-ben");
	expect(call && controlsFor(call, ["hold", "mute"], () => true).map(({ control }) => control)).not.toContain("hold");
	const muted = {
		...conference,
		others: [changed(talking, { consultParticipantId: undefined, call: { muted: true } })],
	};
	expect(scene(muted)).toMatchObject({ parties: [{}, { isOwnMute: true }] });
});

it("whom the moderator had muted was not told by whom", () => {
	const call = { muted: true, inlayMutedBy: "u-anna" };
	const muted = changed(talking, { consultParticipantId: undefined, connectedTime: "2026-01-05T09:01:00Z", call });
	const conference = { transfer: "Canceled", anna: { consultParticipantId: undefined }, others: [muted] };
	expect(scene(conference, "u-ben")).toMatchObject({ kind: "conference", mutedBy: "Anna" });
});

it("an agent who was consulted had a Resume that did nothing while the colleague was with the customer", () => {
	const waits = changed(talking, { call: { held: true, inlaySilenced: {} } });
	const offered = (source: WireConversation) => {
		const call = readInteraction(source, "u-ben");
		return call && controlsFor(call, ["hold", "mute"], () => true).map(({ control }) => control);
	};
	expect(offered(conversation({ others: [waits] }))).not.toContain("hold");
	// What another call of theirs had set aside is theirs to take back.
	const aside = changed(waits, { call: { startHoldTime: "2026-01-05T09:02:00Z" } });
	expect(offered(conversation({ others: [aside] }))).toContain("hold");
});
