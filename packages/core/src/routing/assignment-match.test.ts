import { expect, it } from "vitest";
import {
	type Candidate,
	match,
	nextOpenings,
	type Situation,
	type WaitingConversation,
	whyNot,
} from "./assignment-match.ts";
import type { InHand, RoutingRequest } from "./offer-rules.ts";
import { plainRouting, type QueueRouting } from "./queue-model.ts";
import { closingMedia, defaultUtilization, type LabelUtilizations, type Utilization } from "./utilization-model.ts";

const now = Date.UTC(2026, 0, 5, 9);

/** Somebody who has waited for some seconds. */
const waits = (conversationId: string, more: Partial<WaitingConversation> & { seconds?: number } = {}) => {
	const { seconds = 0, ...rest } = more;
	return { conversationId, queueId: "q", medium: "call", priority: 0, since: now - seconds * 1000, ...rest } as const;
};

/** An idle agent of the queue; the number is since how many seconds they are. */
const agent = (userId: string, more: Partial<Candidate> & { seconds?: number } = {}): Candidate => {
	const { seconds = 10, ...rest } = more;
	const since = now - seconds * 1000;
	const nothing = { inHand: [], skills: new Map(), languages: new Map() };
	return { userId, status: "IDLE", since, queues: new Map([["q", 1]]), ...nothing, ...rest };
};

const has = (...media: Array<InHand["medium"] | "own call">): InHand[] =>
	media.map((medium) => ({
		medium: medium === "own call" ? "call" : medium,
		acd: medium !== "own call",
		alerting: false,
	}));

function situation(
	waiting: readonly WaitingConversation[],
	agents: readonly Candidate[],
	{
		routing = {},
		rule = {},
		labels = {},
		standing = undefined as ReadonlySet<string> | undefined,
	}: {
		routing?: Partial<QueueRouting>;
		rule?: Partial<Utilization>;
		labels?: LabelUtilizations;
		standing?: ReadonlySet<string> | undefined;
	} = {},
): Situation {
	return {
		waiting,
		agents,
		routing: new Map([["q", { ...plainRouting, ...routing }]]),
		utilizations: {
			...{ organization: { media: { ...defaultUtilization, ...rule }, labels }, users: new Map() },
			...(standing ? { standing } : {}),
		},
		now,
	};
}

const pairs = (...args: Parameters<typeof situation>) =>
	match(situation(...args)).map(({ conversationId, userId }) => `${conversationId}-${userId}`);

/** Why the first agent is not rung for the first who waits. */
const reason = (...args: Parameters<typeof situation>) => {
	const all = situation(...args);
	return whyNot(all.waiting[0] as WaitingConversation, all.agents[0] as Candidate, all);
};

it("gives who waits longest the agent who is idle longest", () => {
	const waiting = [waits("c1", { seconds: 5 }), waits("c2", { seconds: 9 })];
	expect(pairs(waiting, [agent("ann", { seconds: 3 }), agent("bob", { seconds: 8 })])).toEqual(["c2-bob", "c1-ann"]);
});

/** When their last item of a queue ended, by how many seconds ago; the other number is since when they are idle. */
const turn = (userId: string, ended: number | "never", seconds: number) =>
	agent(userId, { seconds, ...(ended === "never" ? {} : { acdEndedAt: now - ended * 1000 }) });

it.each([
	["ended first", [turn("ann", 30, 30), turn("bob", 90, 90)], "bob"],
	["had a break since, which costs nobody their turn", [turn("ann", 30, 30), turn("bob", 90, 1)], "bob"],
	["made a call of their own since", [turn("ann", 60, 60), turn("bob", 61, 5)], "bob"],
	["came on queue long ago, and had their turn just now", [turn("ann", 10, 500), turn("bob", 20, 2)], "bob"],
	["has had none yet", [turn("ann", 3600, 3600), turn("bob", "never", 1)], "bob"],
	["has had none yet, and is idle longest", [turn("ann", "never", 3), turn("bob", "never", 8)], "bob"],
	["came first by id, where both ended at once", [turn("bob", 30, 30), turn("cleo", 30, 30)], "bob"],
])("whose last item of a queue %s is next", (_what, agents, next) => {
	for (const candidates of [agents, agents.toReversed()]) {
		expect(pairs([waits("c")], candidates)).toEqual([`c-${next}`]);
		// In a queue with wishes as in a plain one.
		expect(pairs([waits("c", { request: { skillIds: [] } })], candidates)).toEqual([`c-${next}`]);
	}
});

it.each([
	["a second chat", "chat", [turn("ann", 600, 600), turn("bob", 300, 300)], has("chat")],
	[
		"a call beside an email, while others sat idle",
		"call",
		[turn("ann", 600, 600), turn("bob", 300, 300)],
		has("email"),
	],
	["a second chat as they were new", "chat", [turn("ann", "never", 5), turn("bob", 300, 300)], has("chat")],
	["a second chat as nobody had an end yet", "chat", [turn("ann", "never", 900), turn("bob", "never", 5)], has("chat")],
] satisfies Array<[string, InHand["medium"], [Candidate, Candidate], InHand[]]>)(
	"whoever was next was given everything until they were full: %s",
	(_what, medium, [ann, bob], inHand) => {
		const busy = { ...ann, status: "INTERACTING", inHand } as const;
		for (const request of [undefined, { skillIds: [] }]) {
			const waiting = [waits("c", { medium, ...(request ? { request } : {}) })];
			expect(pairs(waiting, [ann, bob])).toEqual(["c-ann"]);
			expect(pairs(waiting, [busy, bob])).toEqual(["c-bob"]);
			// With as much in their hands the one who ended first is next again.
			if (medium === "chat") expect(pairs(waiting, [busy, { ...bob, inHand }])).toEqual(["c-ann"]);
		}
	},
);

it("work of one's own in hand costs nobody their turn", () => {
	const call = { maximumCapacity: 1, interruptableMediaTypes: ["chat" as const], includeNonAcd: true };
	const own = { ...turn("ann", 600, 1), status: "COMMUNICATING", inHand: has("own call") } as const;
	const chat = [waits("c", { medium: "chat" })];
	expect(pairs(chat, [own, turn("bob", 300, 300)], { rule: { call } })).toEqual(["c-ann"]);
});

it("gives many at once to whom it would give them one after the other, in plain queues and in those with wishes", () => {
	let seed = 7;
	const upTo = (count: number) => {
		seed = (seed * 48_271) % 2_147_483_647;
		return seed % count;
	};
	for (let round = 0; round < 60; round++) {
		const agents = Array.from({ length: 1 + upTo(7) }, (_, nth) => ({
			...turn(`a${nth}`, upTo(4) === 0 ? "never" : upTo(9), upTo(9)),
			queues: new Map([["q", 1], ...(upTo(2) ? [["r", 1] as const] : [])]),
			inHand: has(...Array.from({ length: upTo(4) }, () => "chat" as const)),
		}));
		const waiting = Array.from({ length: 1 + upTo(16) }, (_, nth) =>
			waits(`c${String(nth).padStart(2, "0")}`, {
				medium: "chat",
				...(upTo(2) ? { queueId: "r" } : {}),
				...(upTo(3) ? {} : { request: { skillIds: [] } }),
			}),
		);
		const hands = new Map(agents.map((one) => [one.userId, [...one.inHand]]));
		const single = waiting.flatMap((one) => {
			const now = agents.map((each) => ({ ...each, inHand: hands.get(each.userId) ?? [] }));
			const [pair] = match(situation([one], now));
			if (pair) hands.get(pair.userId)?.push(...has("chat"));
			return pair ? [`${pair.conversationId}-${pair.userId}`] : [];
		});
		expect(pairs(waiting, agents)).toEqual(single);
	}
});

it("gives nobody two customers and no customer two agents, however many queues they share", () => {
	const both = {
		queues: new Map([
			["q", 1],
			["r", 1],
		]),
	};
	const waiting = [waits("c1", { seconds: 3 }), waits("c2", { seconds: 2, queueId: "r" }), waits("c3", { seconds: 1 })];
	expect(pairs(waiting, [agent("ann", both), agent("bob", both)])).toEqual(["c1-ann", "c2-bob"]);
});

it("lets a queue without a free agent hold up no other", () => {
	expect(pairs([waits("c1", { queueId: "empty", seconds: 9 }), waits("c3")], [agent("ann")])).toEqual(["c3-ann"]);
});

it("needs both customers and agents, and leaves what it was given as it was", () => {
	expect(pairs([], [agent("ann")])).toEqual([]);
	expect(pairs([waits("c1")], [])).toEqual([]);
	const given = situation([waits("c1")], [agent("ann"), agent("bob")]);
	const before = structuredClone(given);
	match(given);
	expect(given).toEqual(before);
});

it("takes ties by the conversation's id, and by the user's", () => {
	expect(pairs([waits("c2"), waits("c1")], [agent("bob"), agent("ann")])).toEqual(["c1-ann", "c2-bob"]);
});

it("of two who came at once the one for a named agent waited, as the other had been given that agent", () => {
	const forOwner = waits("z", { request: { preferredUserIds: ["owner"], onlyPreferred: true } });
	const idle = [agent("owner", { seconds: 20 }), agent("b")];
	expect(pairs([waits("a"), forOwner], idle)).toEqual(["z-owner", "a-b"]);
});

it("PR-1: a minute of waiting is one step of priority", () => {
	const waiting = [waits("A", { seconds: 100 }), waits("B", { seconds: 10, priority: 2 })];
	expect(pairs(waiting, [agent("ann")])).toEqual(["B-ann"]);
	const longer = [waits("A", { seconds: 131 }), waits("B", { seconds: 10, priority: 2 })];
	expect(pairs(longer, [agent("ann")])).toEqual(["A-ann"]);
});

it("a queue of PriorityOnly serves by priority, however long others wait", () => {
	const waiting = [
		waits("A", { seconds: 9_000 }),
		waits("B", { seconds: 1, priority: 1 }),
		waits("C", { priority: 1 }),
	];
	const agents = [agent("ann", { seconds: 30 }), agent("bob", { seconds: 20 }), agent("cal")];
	const routing = { scoringMethod: "PriorityOnly" } as const;
	expect(pairs(waiting, agents, { routing })).toEqual(["B-ann", "C-bob", "A-cal"]);
});

it("UT-1: a call interrupts an email, and no email interrupts a call", () => {
	expect(pairs([waits("call")], [agent("ann", { status: "INTERACTING", inHand: has("email") })])).toEqual(["call-ann"]);
	const email = waits("email", { medium: "email", seconds: 120 });
	expect(reason([email], [agent("ann", { status: "INTERACTING", inHand: has("call") })])).toBe("interrupt:call");
});

it("UT-2: after-call work takes a place until it is done", () => {
	const rule = { message: { maximumCapacity: 3, interruptableMediaTypes: [], includeNonAcd: false } };
	const fourth = [waits("m", { medium: "message" })];
	const busy = (count: number) => agent("ann", { inHand: Array.from({ length: count }, () => has("message")).flat() });
	expect(reason(fourth, [busy(3)], { rule })).toBe("capacity:message");
	expect(pairs(fourth, [busy(2)], { rule })).toEqual(["m-ann"]);
});

it("UT-3: an agent's own call counts where the rule says so, up to its capacity", () => {
	const own = [agent("ann", { status: "COMMUNICATING", inHand: has("own call") })];
	const call = (maximumCapacity: number, includeNonAcd: boolean) => ({
		call: { maximumCapacity, interruptableMediaTypes: [], includeNonAcd },
	});
	expect(reason([waits("c")], own, { rule: call(1, true) })).toBe("capacity:call");
	expect(pairs([waits("c")], own, { rule: call(2, true) })).toEqual(["c-ann"]);
	expect(pairs([waits("c")], own, { rule: call(1, false) })).toEqual(["c-ann"]);
});

const labels = {
	blue: { maximumCapacity: 2, interruptingLabelIds: ["red"] },
	red: { maximumCapacity: 1, interruptingLabelIds: [] },
};
const mail = (labelId?: string) => waits("m", { medium: "email", ...(labelId ? { request: { labelId } } : {}) });
const mails = (...carried: Array<string | undefined>): InHand[] =>
	carried.map((labelId) => ({ medium: "email", acd: true, alerting: false, ...(labelId ? { labelId } : {}) }));

it.each([
	["as many of it as there may be", mail("blue"), mails("blue", "blue"), "labelCapacity:blue"],
	["fewer of it", mail("blue"), mails("blue"), undefined],
	["others without a label", mail("blue"), mails(undefined, undefined), undefined],
	["one that it may interrupt", mail("red"), mails("blue"), undefined],
	["one that it may not interrupt", mail("blue"), mails("red"), "labelInterrupt:red"],
	["much of a label, and it has none", mail(), mails("blue", "blue"), undefined],
	["as many of its medium, whatever their labels", mail("blue"), mails(...Array(5).fill(undefined)), "capacity:email"],
	["one of a label that has gone", mail("blue"), mails("gone"), undefined],
	["much of a label of which nothing is said", mail("gone"), mails("gone", "gone"), undefined],
])("with a label: whoever has in hand %s", (_what, one, inHand, why) => {
	const rule = { email: { maximumCapacity: 5, interruptableMediaTypes: [], includeNonAcd: false } };
	const busy = [agent("ann", { status: "INTERACTING", inHand })];
	expect(reason([one], busy, { rule, labels })).toBe(why);
	expect(pairs([one], busy, { rule, labels })).toEqual(why ? [] : ["m-ann"]);
});

it("a label that was deleted still kept others' labels from letting it through", () => {
	const busy = [agent("ann", { status: "INTERACTING", inHand: mails("red") })];
	const rule = { email: { maximumCapacity: 5, interruptableMediaTypes: [], includeNonAcd: false } };
	const among = (...standing: string[]) => ({ rule, labels, standing: new Set(standing) });
	expect(reason([mail("gone")], busy, among("red", "gone"))).toBe("labelInterrupt:red");
	expect(reason([mail("gone")], busy, among("red"))).toBe(undefined);
	expect(pairs([mail("gone")], busy, among("red"))).toEqual(["m-ann"]);
});

it.each([
	["carry a label", { labelId: "red" }],
	["ask for a skill", { skillIds: ["spanish"] }],
])("each of those who %s had everybody looked at again, where nobody was free", (_what, request) => {
	let looks = 0;
	const busy = Array.from({ length: 50 }, (_, nth) =>
		Object.defineProperty(agent(`a${nth}`), "status", {
			get() {
				looks++;
				return "OFF_QUEUE";
			},
		}),
	);
	const waiting = Array.from({ length: 40 }, (_, nth) => waits(`c${nth}`, { request }));
	expect(pairs(waiting, busy, { labels })).toEqual([]);
	expect(looks).toBeLessThanOrEqual(4 * 50);
});

it("labels count across media, and what is given in one look counts for the next", () => {
	const call = waits("c", { request: { labelId: "blue" } });
	const two = { status: "INTERACTING", inHand: mails("blue", "blue") } as const;
	expect(reason([call], [agent("ann", two)], { labels })).toBe("labelCapacity:blue");
	const waiting = [1, 2, 3].map((nth) => waits(`m${nth}`, { medium: "chat", request: { labelId: "blue" } }));
	expect(pairs(waiting, [agent("ann")], { labels })).toEqual(["m1-ann", "m2-ann"]);
});

it.each([
	["off queue", { status: "OFF_QUEUE" }, "offQueue"],
	["not responding", { status: "NOT_RESPONDING" }, "notResponding"],
	["without a phone", { hasPhone: false }, "phone"],
	["in another queue", { queues: new Map([["r", 1]]) }, "notJoined"],
	["rung by somebody", { inHand: [{ medium: "call", acd: false, alerting: true }] }, "alerting:call"],
	["in a chat", { inHand: has("chat") }, "interrupt:chat"],
] satisfies Array<[string, Partial<Candidate>, string]>)("rings nobody who is %s", (_what, state, why) => {
	expect(reason([waits("c")], [agent("ann", state)])).toBe(why);
	expect(pairs([waits("c")], [agent("ann", state)])).toEqual([]);
});

it("an agent without a phone is offered what needs none", () => {
	expect(pairs([waits("m", { medium: "message" })], [agent("ann", { hasPhone: false })])).toEqual(["m-ann"]);
});

it("chats go round before anybody has a second one, and to nobody beyond four", () => {
	const waiting = Array.from({ length: 9 }, (_, i) => waits(`c${i}`, { medium: "chat", seconds: 9 - i }));
	const agents = [agent("ann", { seconds: 50 }), agent("bob", { seconds: 20 })];
	expect(pairs(waiting, agents).map((one) => one.slice(3))).toEqual([
		...["ann", "bob", "ann", "bob"],
		...["ann", "bob", "ann", "bob"],
	]);
});

it("SK-1: BEST takes the highest mean over all that is asked for, and nobody without the language", () => {
	const request = { languageId: "nl", skillIds: ["returns", "vip"] };
	const languages = new Map([["nl", 3]]);
	const x = agent("x", { seconds: 99, languages, skills: new Map([["returns", 5]]) });
	const y = agent("y", {
		languages,
		skills: new Map([
			["returns", 2],
			["vip", 4],
		]),
	});
	const routing = { skillEvaluationMethod: "BEST" } as const;
	expect(pairs([waits("c", { request })], [x, y], { routing })).toEqual(["c-y"]);
	const silent = [x, y].map((one) => ({ ...one, languages: new Map() }));
	expect(pairs([waits("c", { request })], silent, { routing })).toEqual([]);
	expect(reason([waits("c", { request })], silent, { routing })).toBe("language");
});

it("ALL wants every skill, NONE does not ask; who waits in vain holds up nobody", () => {
	const request = { skillIds: ["returns", "vip"] };
	const half = agent("half", { skills: new Map([["returns", 5]]) });
	expect(reason([waits("c", { request })], [half])).toBe("skills");
	expect(pairs([waits("c", { request, seconds: 50 }), waits("d")], [half])).toEqual(["d-half"]);
	expect(pairs([waits("c", { request })], [half], { routing: { skillEvaluationMethod: "NONE" } })).toEqual(["c-half"]);
});

it("the owner comes first, and alone while the interaction is reserved", () => {
	const until = (seconds: number) => new Date(now + seconds * 1000).toISOString();
	const [ann, bob] = [agent("ann", { seconds: 99 }), agent("bob")];
	expect(pairs([waits("c", { request: { preferredUserIds: ["bob"] } })], [ann, bob])).toEqual(["c-bob"]);
	const reserved = { preferredUserIds: ["bob"], reservedUntil: until(5) };
	expect(reason([waits("c", { request: reserved })], [ann])).toBe("reserved");
	const over = { preferredUserIds: ["bob"], reservedUntil: until(0) };
	expect(pairs([waits("c", { request: over })], [ann])).toEqual(["c-ann"]);
});

const rings = [
	{
		expansionCriteria: [{ type: "TIMEOUT_SECONDS" as const, threshold: 15 }],
		actions: { skillsToRemove: [{ id: "vip" }] },
	},
	{ expansionCriteria: [{ type: "TIMEOUT_SECONDS" as const, threshold: 10 }] },
	{},
];
const inRing = (userId: string, ring: number, more: Partial<Candidate> & { seconds?: number } = {}) =>
	agent(userId, { queues: new Map([["q", ring]]), ...more });

it("BE-1: the second ring is rung when the first has had its time, without the skill that stays behind", () => {
	const request = { skillIds: ["vip"] };
	const z = inRing("z", 2);
	const after = (seconds: number) => situation([waits("c", { seconds, request })], [z], { routing: { rings } });
	expect(match(after(14))).toEqual([]);
	expect(whyNot(waits("c", { seconds: 14, request }), z, after(14))).toBe("ring:2");
	expect(match(after(15))).toEqual([{ conversationId: "c", queueId: "q", userId: "z", medium: "call", ring: 2 }]);
});

it("who waited for their last agent alone waited until the agent's ring opened, and nobody was rung", () => {
	const reservedUntil = new Date(now + 5000).toISOString();
	const members = [inRing("first", 1), inRing("last", 2)];
	const paired = (request: RoutingRequest) => pairs([waits("c", { request })], members, { routing: { rings } });
	expect(paired({ preferredUserIds: ["last"], reservedUntil })).toEqual(["c-last"]);
	expect(paired({ preferredUserIds: ["last"], onlyPreferred: true })).toEqual(["c-last"]);
	expect(paired({ preferredUserIds: ["last"] }), "preferred among those who are reached").toEqual(["c-first"]);
});

it("a look wakes itself when the next ring opens, and when a reservation ends", () => {
	const next = (one: WaitingConversation) => {
		const at = nextOpenings(situation([one], [], { routing: { rings } })).get("q");
		return at === undefined ? undefined : (at - now) / 1000;
	};
	expect([waits("c", { seconds: 14 }), waits("c", { seconds: 20 }), waits("c", { seconds: 25 })].map(next)).toEqual([
		1,
		5,
		undefined,
	]);
	const reservedUntil = new Date(now + 3000).toISOString();
	expect(next(waits("c", { seconds: 20, request: { reservedUntil } }))).toBe(3);
});

it("a member freed in the first ring comes before the second, the last ring stays open, and further out is the last", () => {
	const members = [inRing("far", 6, { seconds: 99 }), inRing("second", 2, { seconds: 50 }), inRing("first", 1)];
	const first = (list: Candidate[], seconds: number) => pairs([waits("c", { seconds })], list, { routing: { rings } });
	expect(first(members, 9_000)).toEqual(["c-first"]);
	expect(first(members.slice(0, 2), 9_000)).toEqual(["c-second"]);
	expect(first(members.slice(0, 1), 25)).toEqual(["c-far"]);
	expect(first(members.slice(0, 1), 24)).toEqual([]);
});

it("by default calls, callbacks and messages keep an agent from everything, emails and chats do not", () => {
	expect(closingMedia(defaultUtilization)).toEqual({ acd: ["call", "callback", "message"], own: ["call"] });
	const two = { ...defaultUtilization, call: { ...defaultUtilization.call, maximumCapacity: 2 } };
	expect(closingMedia(two).acd).toEqual(["callback", "message"]);
});
