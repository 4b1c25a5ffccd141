import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { missedToday } from "../features/interactions/past-calls.tsx";
import { outcomeWord, takenBackText, wantsRedial } from "../shell/outcome-text.ts";
import type { ApiClient } from "./api.ts";
import type { LiveInteraction } from "./interaction.ts";
import { readInteraction } from "./read-interaction.ts";
import { callerNow, offerMissed, type RecentCall, RecentCalls } from "./recent-calls.ts";
import type { WireConversation, WireParticipant } from "./wire.ts";

const at = (time: string) => `2026-11-26T10:${time}.000Z`;
const me = { user: { id: "me", name: "Anna" } };

interface Part {
	from: string;
	to: string;
	/** Absent: the agent never came to talk. */
	talked?: string;
	why: string;
}

const talk = (from: string, to: string, why = "client"): Part => ({ from, to, talked: from, why });
const ring = (from: string, to: string, why = "transfer.noanswer"): Part => ({ from, to, why });

/** Hanna called; these parts were mine, and a busy number was called in between. */
function history(...own: Part[]) {
	const participants = [
		{ purpose: "customer", name: "Hanna", address: "tel:+13175550133", startTime: at("00:00") },
		{ purpose: "acd", queue: { name: "Support" } },
		...own.map(({ from, to, talked, why }) => ({
			...me,
			purpose: "agent",
			direction: "inbound",
			startTime: at(from),
			endTime: at(to),
			disconnectType: why,
			didInteract: talked !== undefined,
			connectedTime: talked && at(talked),
		})),
		{ purpose: "external", address: "tel:+13175550100", startTime: at("01:00"), endTime: at("01:02") },
	];
	return { id: "c1", direction: "inbound", startTime: at("00:00"), participants };
}

async function read(...own: Part[]): Promise<RecentCalls> {
	const api = { get: async () => ({ entities: [history(...own)], total: 1 }) } as unknown as ApiClient;
	const recent = new RecentCalls(api, "me", signal([]));
	await recent.load();
	return recent;
}

it("who had hung up was forgotten by the page that was loaded anew, and their number stood as the machine has it", async () => {
	const past = history(talk("00:10", "02:00", "peer"));
	const [customer, ...others] = past.participants;
	const left = { didInteract: true, endTime: at("00:50") };
	const stayed = { ...others.at(-1), didInteract: true, endTime: at("02:00") };
	const read = async (...participants: unknown[]) => {
		const api = { get: async () => ({ entities: [{ ...past, participants }], total: 1 }) } as unknown as ApiClient;
		const recent = new RecentCalls(api, "me", signal([]));
		await recent.load();
		return recent.all.value[0];
	};
	const call = await read({ ...customer, ...left }, ...others.slice(0, -1), stayed);
	expect(call).toMatchObject({ name: "Hanna", outcome: "otherHungUp", hungUpBy: "+13175550100" });
	const numbers = { show: () => "(317) 555-0100" };
	expect(call && outcomeWord(call, numbers)).toBe("(317) 555-0100 has hung up.");
	const own = await read({ ...customer, ...left, endTime: at("02:00") }, ...others.slice(0, -1));
	expect(own?.hungUpBy).toBeUndefined();
});

it("a callback in which nobody was called stood among the missed calls", async () => {
	const past = { ...history({ from: "00:00", to: "00:20", why: "client" } as Part), wasCallback: true };
	const api = { get: async () => ({ entities: [past], total: 1 }) } as unknown as ApiClient;
	const recent = new RecentCalls(api, "me", signal([]));
	await recent.load();
	expect(recent.all.value).toEqual([]);
});

it("a call that rang again and again was one row that did not say so", async () => {
	const recent = await read(ring("00:00", "00:20"), ring("00:30", "00:50"), ring("01:00", "01:20"));
	expect(recent.all.value).toMatchObject([{ id: "c1", outcome: "missed", rings: 3 }]);
	expect((await read(ring("00:00", "00:20"))).all.value[0]?.rings).toBeUndefined();
});

it("a forwarded call had no name, was called by oneself, and was not missed where nobody took it", async () => {
	const leg = { purpose: "user", name: "Anna", inlayForwardLeg: true, startTime: at("00:01"), endTime: at("00:21") };
	const own = { ...me, purpose: "user", direction: "inbound", startTime: at("00:00"), endTime: at("00:01") };
	const participants = [
		{ purpose: "user", name: "Ben", user: { id: "ben", name: "Ben" }, startTime: at("00:00") },
		{ ...own, disconnectType: "transfer.forward", didInteract: false },
		leg,
	];
	const of = async (taken: boolean) => {
		const past = { id: "f", participants, inlayForwarded: { to: ["+49151"], taken }, wentToVoicemail: !taken };
		const api = { get: async () => ({ entities: [past], total: 1 }) } as unknown as ApiClient;
		const recent = new RecentCalls(api, "me", signal([]));
		await recent.load();
		return recent.all.value[0];
	};
	expect(await of(true)).toMatchObject({ name: "Ben", outcome: "forwarded", forwardedTo: ["+49151"] });
	expect(await of(false)).toMatchObject({ name: "Ben", outcome: "missed", wentToVoicemail: true });
});

/** The same as the panel sees it while it goes on. */
function live(...own: Array<Part & { going?: boolean }>): LiveInteraction {
	const participants = [
		{ id: "p1", purpose: "customer", name: "Hanna", address: "tel:+13175550133", calls: [{ state: "connected" }] },
		...own.map(({ from, to, talked, why, going }, index) => ({
			id: `me-${index}`,
			purpose: "agent",
			userId: "me",
			startTime: at(from),
			...(going ? {} : { endTime: at(to) }),
			calls: [
				{
					direction: "inbound",
					...(going
						? { state: talked ? "connected" : "alerting" }
						: { state: "disconnected", disconnectType: why, disconnectedTime: at(to) }),
					connectedTime: talked && at(talked),
					other: { addressNormalized: "tel:+13175550133" },
				},
			],
		})),
		{ id: "px", purpose: "external", name: "Busy", address: "tel:+13175550100", calls: [{ state: "disconnected" }] },
	] as WireParticipant[];
	const found = readInteraction({ id: "c1", participants }, "me");
	if (!found) throw new Error("No part of mine.");
	return found;
}

const now = Date.parse(at("30:00"));

describe("a call that was transferred to a busy number and came back", () => {
	it("stood in history and under Missed calls with the target's number, which Call back dialled: it is the customer's", async () => {
		const { all } = await read(talk("00:10", "01:00", "transfer"), talk("01:05", "02:00"));
		expect(all.value).toMatchObject([{ name: "Hanna", address: "+13175550133", outcome: "hungUp" }]);
		const missed = (await read(ring("00:10", "00:30"))).all.value;
		expect(missed).toMatchObject([{ name: "Hanna", address: "+13175550133", outcome: "missed" }]);
	});

	it("was its target's on the card, too", () => {
		const going = { ...talk("01:05", ""), going: true };
		expect(live(talk("00:10", "01:00", "transfer"), going)).toMatchObject({
			remoteName: "Hanna",
			remoteAddress: "+13175550133",
		});
	});

	it("had the time of its last stretch: it began when the agent first had it, and lasted all of it", async () => {
		const { all } = await read(talk("00:10", "01:00", "transfer"), talk("01:05", "02:00"));
		expect(all.value).toMatchObject([{ startTime: at("00:10"), talkedMs: 105_000, turnsMs: [50_000, 55_000] }]);
	});
});

describe("a call that rings once more at somebody who has served it before, in vain", () => {
	it("was silent: it stands under Missed calls, beside the talk", async () => {
		const { all } = await read(talk("00:10", "01:00", "transfer"), ring("05:00", "05:20"));
		expect(all.value).toMatchObject([
			{ key: "c1/again", id: "c1", name: "Hanna", outcome: "missed", startTime: at("05:00") },
			{ key: "c1", id: "c1", outcome: "transferred", talkedMs: 50_000 },
		]);
		expect(missedToday(all.value, now).map(({ key }) => key)).toEqual(["c1/again"]);
	});

	it("is told as it happens, with whose it was, and is missed no more once they have talked", () => {
		const interactions = signal<LiveInteraction[]>([]);
		const recent = new RecentCalls({} as ApiClient, "me", interactions);
		const first = talk("00:10", "01:00", "transfer");
		interactions.value = [live({ ...first, going: true })];
		interactions.value = [live(first)];
		interactions.value = [live(first, { ...ring("05:00", ""), going: true })];
		interactions.value = [live(first, ring("05:00", "05:20"))];
		expect(recent.last.value).toMatchObject({ name: "Hanna", outcome: "missed" });
		expect(missedToday(recent.all.value, now)).toHaveLength(1);
		const again = talk("06:00", "07:00");
		interactions.value = [live(first, ring("05:00", "05:20"), { ...again, going: true })];
		expect(missedToday(recent.all.value, now, interactions.value)).toEqual([]);
		interactions.value = [live(first, ring("05:00", "05:20"), again)];
		expect(recent.all.value).toMatchObject([
			{ key: "c1", outcome: "hungUp", talkedMs: 110_000, turnsMs: [50_000, 60_000] },
		]);
		recent.dispose();
	});
});

it("Still waiting stood on, as the caller had hung up while the panel was away", async () => {
	const gone = { ...ring("05:00", "05:20") };
	const participants = (caller: object) => [
		{ purpose: "customer", name: "Hanna", address: "tel:+13175550133", startTime: at("05:00"), ...caller },
		{ purpose: "acd", startTime: at("05:00"), ...caller },
		{ ...me, startTime: at(gone.from), endTime: at(gone.to), direction: "inbound", disconnectType: gone.why },
	];
	let caller: object = {};
	const api = {
		get: async () => ({ entities: [{ id: "c1", participants: participants(caller) }], total: 1 }),
	} as unknown as ApiClient;
	const recent = new RecentCalls(api, "me", signal([]));
	await recent.load();
	expect(recent.all.value.map((call) => callerNow(call, []))).toEqual(["waits"]);
	caller = { endTime: at("06:00") };
	await recent.load();
	expect(recent.all.value.map((call) => callerNow(call, []))).toEqual([undefined]);
	recent.dispose();
});

it("Missed calls listed a person with Call back while one was in that very call", async () => {
	const { all } = await read(ring("00:10", "00:30"));
	const running = [live({ ...talk("01:05", ""), going: true })];
	expect(missedToday(all.value, now)).toHaveLength(1);
	expect(missedToday(all.value, now, running)).toEqual([]);
	const other = running.map((one) => ({ ...one, id: "another" }));
	expect(missedToday(all.value, now, other), "by number, in another conversation").toEqual([]);
});

it("a caller who still waited in the queue was to be called back", async () => {
	const { all } = await read(ring("00:10", "00:30"));
	const [missed] = all.value;
	const now = (...parts: object[]) =>
		missed && callerNow(missed, [{ id: "c1", participants: parts } as WireConversation]);
	const customer = { purpose: "customer", calls: [{ state: "connected" }] };
	const acd = { purpose: "acd", calls: [{ state: "connected" }] };
	expect(now(customer, acd)).toBe("waits");
	expect(now(customer, { ...acd, endTime: at("02:00") }, { ...customer, purpose: "agent" })).toBe("talks");
	expect(now({ ...customer, endTime: at("03:00") })).toBeUndefined();
	// Of a conversation that this panel hears nothing of the server's list says it.
	expect(missed && callerNow(missed, [])).toBe("waits");
});

it("a preview that was taken away was a call that had ended, with its number to call back", () => {
	const preview = (state: string, news: object = {}): LiveInteraction => {
		const callback = { state, connectedTime: at("00:05"), dialerPreview: { campaignId: "c" }, ...news };
		const participants = [
			{ id: "p1", purpose: "customer", name: "Femi", address: "tel:+13105550199", callbacks: [{ state: "connected" }] },
			{ id: "me-0", purpose: "agent", userId: "me", startTime: at("00:00"), callbacks: [callback] },
		] as WireParticipant[];
		return readInteraction({ id: "c1", participants }, "me") as LiveInteraction;
	};
	const interactions = signal([preview("connected")]);
	const recent = new RecentCalls({} as ApiClient, "me", interactions);
	const errorInfo = { code: "outbound.dnc" };
	interactions.value = [preview("disconnected", { disconnectType: "system", errorInfo })];
	const last = recent.last.value;
	expect(last).toMatchObject({ name: "Femi", takenBack: errorInfo });
	expect(last && [takenBackText(last.takenBack ?? {}), wantsRedial(last)]).toEqual(["takenBack_dnc", false]);
	expect([takenBackText({}), recent.all.value]).toEqual(["takenBack", []]);
	recent.dispose();
});

it("a call that a colleague was faster to answer went where one's calls are forwarded; a colleague's had no way back", () => {
	const colleague = (id: string, part: object) => ({ id, purpose: "user", userId: id, name: id, calls: [part] });
	const end = { direction: "inbound", state: "disconnected" };
	const follow = (...participants: object[]) => {
		const interactions = signal([
			readInteraction(
				{ id: "c", participants: [...participants, colleague("me", { ...end, state: "alerting" })] } as never,
				"me",
			) as LiveInteraction,
		]);
		const recent = new RecentCalls({} as ApiClient, "me", interactions);
		const why = participants.length > 1 ? "other" : "transfer.noanswer";
		const own = { ...colleague("me", { ...end, disconnectType: why }), endTime: at("00:20") };
		interactions.value = [
			readInteraction({ id: "c", participants: [...participants, own] } as never, "me") as LiveInteraction,
		];
		return recent.last.value;
	};
	const gil = {
		id: "p1",
		purpose: "customer",
		name: "Gil",
		calls: [{ state: "connected", connectedTime: at("00:00") }],
	};
	const ben = colleague("ben", { state: "connected", connectedTime: at("00:01") });
	const taken = follow(gil, ben);
	expect(taken).toMatchObject({ outcome: "taken", answeredBy: "ben" });
	expect(taken?.colleagueId).toBeUndefined();
	const missed = follow(colleague("ben", { ...end, direction: "outbound" }));
	expect(missed).toMatchObject({ outcome: "missed", colleagueId: "ben" });
	expect(missed && wantsRedial(missed)).toBe(true);
});

it("who missed a colleague's question read that they had missed the customer's call", () => {
	const interactions = signal<LiveInteraction[]>([]);
	const at = "2026-01-05T09:00:00.000Z";
	const customer = {
		id: "p1",
		purpose: "customer",
		name: "Clara",
		address: "tel:+13175550142",
		calls: [{ state: "connected" }],
	};
	const asker = {
		id: "p2",
		purpose: "agent",
		name: "Carol",
		userId: "carol",
		calls: [{ state: "connected", connectedTime: at }],
	};
	const own = {
		id: "p3",
		purpose: "user",
		userId: "me",
		startTime: at,
		consultParticipantId: "p1",
		queueId: "q",
		queueName: "Support",
	};
	const follow = (transferType: string, disconnectType: string) => {
		const recentTransfers = [{ transferType, initiator: { userId: "carol" }, destination: { userId: "me" } }];
		const read = (part: object) =>
			readInteraction(
				{ id: "c", recentTransfers, participants: [customer, asker, part] } as never,
				"me",
			) as LiveInteraction;
		const recent = new RecentCalls({} as ApiClient, "me", interactions);
		interactions.value = [read({ ...own, calls: [{ state: "alerting", direction: "inbound" }] })];
		const ended = { state: "disconnected", direction: "inbound", disconnectType };
		interactions.value = [read({ ...own, endTime: at, calls: [ended] })];
		return recent.last.value;
	};
	const asked = {
		name: "Carol",
		address: "",
		colleagueId: "carol",
		queueName: undefined,
		about: { name: "Clara", address: "+13175550142" },
	};
	expect(follow("Attended", "transfer.noanswer")).toMatchObject({ ...asked, outcome: "missed" });
	expect(follow("Attended", "client")).toMatchObject({ ...asked, outcome: "declined" });
	expect(follow("Attended", "transfer.consult")?.name).toBe("Clara");
	expect(follow("Unattended", "transfer.noanswer")?.name, "a transfer by then").toBe("Clara");
});

it("that they had hung up was told on after the wrap-up of that call", () => {
	const call = (news: object) =>
		({ ...live({ ...talk("00:10", "01:00", "peer"), going: false }), ...news }) as LiveInteraction;
	const told = (outcome: string) => {
		const interactions = signal<LiveInteraction[]>([live({ ...talk("00:10", "01:00"), going: true })]);
		const { last } = new RecentCalls({} as ApiClient, "me", interactions);
		interactions.value = [call({ outcome, needsWrapup: true })];
		const during = last.value?.outcome;
		interactions.value = [call({ outcome, needsWrapup: false })];
		return [during, last.value?.outcome];
	};
	expect(told("otherHungUp")).toEqual(["otherHungUp", undefined]);
	expect(told("interrupted"), "there is a way back to them").toEqual(["interrupted", "interrupted"]);
});

it("who was not responding read that they had missed a direct call, which keeps no queue from them", () => {
	const offer = {
		key: "o",
		id: "o",
		direction: "inbound",
		name: "Clara",
		address: "+1",
		queueName: "Support",
	} as const;
	const times = { startTime: "2026-01-05T09:00:00Z", endTime: "2026-01-05T09:00:30Z" };
	const missed: RecentCall = { ...offer, ...times, outcome: "missed" };
	const { queueName: _none, ...rest } = missed;
	const direct: RecentCall = { ...rest, key: "d", id: "d", name: "Vera" };
	const since = "2026-01-05T09:00:30.000Z";
	expect(offerMissed([direct, missed], since)?.name).toBe("Clara");
	expect(offerMissed([direct], since)).toBeUndefined();
	// Whom they have talked with since is not who was missed.
	expect(offerMissed([{ ...missed, outcome: "ended" }, missed], since)).toBeUndefined();
});

it("whoever missed an email read that they had missed the call of who had called in vain before", () => {
	const missed: RecentCall = {
		...{ key: "o", id: "o", direction: "inbound", name: "Clara", address: "+1", queueName: "Support" },
		...{ startTime: "2026-01-05T09:00:00Z", endTime: "2026-01-05T09:00:30Z", outcome: "missed" },
	};
	expect(offerMissed([missed], "2026-01-05T09:30:00.000Z")).toBeUndefined();
	expect(offerMissed([missed], "2026-01-05T09:00:31.000Z")?.name).toBe("Clara");
});
