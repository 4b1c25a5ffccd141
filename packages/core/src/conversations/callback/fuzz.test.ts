import { expect, test } from "vitest";
import { ApiError } from "../../kernel/http/api-error.ts";
import { randomOf } from "../../test-support/random.ts";
import { findCall } from "../call/model.ts";
import { type Conversation, communicationOf, isConnected, isInAfterCallWork, isLive, isStaff } from "../model.ts";
import { partIn } from "../parts.ts";
import type { TransitionContext } from "../transitions/context.ts";
import { wantedIn } from "../transitions/queueing.ts";
import { type Command, transition } from "../transitions/transition.ts";
import { type CallbackFacts, customerOf, factsOf, stateOf } from "./model.ts";
import { callbackConversation } from "./transitions/create.ts";

const refusals = [
	"conversation.error.invalid.state",
	"conversation.error.participant.not.found",
	"conversation.error.destination.busy",
];
const queue = { id: "q1", name: "Help", wrapupPrompt: "mandatory" } as const;
const owning = { ...queue, callback: { ownedMs: 60_000, horizonMs: 3_600_000, afterOwner: "end" } } as const;

type Random = () => number;
const oneOf = <T>(random: Random, values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;

function startOf(random: Random, context: TransitionContext): Conversation {
	const facts: CallbackFacts = {
		queue: oneOf(random, [queue, owning]),
		scheduledAt: new Date(context.now.getTime() + 30_000).toISOString(),
		users: ["u1"],
		attempts: [],
		...oneOf(random, [{ ownerId: "u1" }, { preferredId: "u2" }, {}]),
	};
	const common = { divisionId: "home", provider: "test", priority: 0 };
	return callbackConversation({ ...common, numbers: ["+1"], facts }, context);
}

function commandOf(random: Random, conversation: Conversation, { now }: TransitionContext): Command {
	const participantId = oneOf(random, conversation.participants).id;
	const userId = oneOf(random, ["u1", "u2", "u3"]);
	const on = random() < 0.5;
	const why = oneOf(random, ["client", "endpoint", "transport.failure", "error"] as const);
	const speaking = partIn(conversation, "calls")?.participants.filter(isLive) ?? [];
	const called = speaking.length > 0 ? oneOf(random, speaking).id : participantId;
	const rare = (command: Command): Command =>
		random() < 0.2 ? command : { type: "media.connected", participantId: called };
	const within = oneOf(random, [undefined, "calls", "callbacks"] as const);
	const only = within ? { within } : {};
	const later = new Date(now.getTime() + 20_000).toISOString();
	const target = { kind: "outside", purpose: "customer", address: oneOf(random, ["+1", "+2"]) } as const;
	const customer = customerOf(conversation).id;
	return oneOf<() => Command>(random, [
		() => ({ type: "due", participantId: customer }),
		() => ({ type: "due", participantId: customer }),
		() => ({ type: "offer", offer: { queueId: "q1", userId, userName: userId, timeoutMs: 1000 } }),
		() => ({ type: "offer", offer: { queueId: "q1", userId, userName: userId, timeoutMs: 1000 } }),
		() => ({ type: "answer", participantId }),
		() => ({ type: "answer", participantId }),
		() => ({ type: "callback.call", participantId, target, provider: "trunk" }),
		() => ({ type: "callback.call", participantId, target, provider: "trunk" }),
		() => ({ type: "media.connected", participantId: called }),
		() => ({ type: "media.connected", participantId: called }),
		() => ({ type: "leave", participantId, why, ...only }),
		() => ({ type: "leave", participantId, why: "transfer.noanswer", failure: "noAnswer", within: "calls" }),
		() => ({ type: "alerting.over", participantId }),
		() => ({ type: "hold", participantId, held: on, ...only }),
		() => ({ type: "control", participantId, muted: on }),
		() => rare({ type: "callback.plan", plan: { scheduledAt: later } }),
		() => ({ type: "callback.plan", plan: { agentId: userId } }),
		() => ({ type: "set.aside", userId }),
		() => ({ type: "wrapup", participantId, wrapup: { code: "c" }, ...only }),
		() => rare({ type: "replace", participantId, target: { kind: "queue", queue } }),
		() => rare({ type: "user.ended", userId }),
		() => rare({ type: "end", why: "client", ...(random() < 0.8 ? { within: "calls" as const } : {}) }),
	])();
}

/** What must never be. */
function faultOf(conversation: Conversation): string | undefined {
	const { participants, endTime } = conversation;
	const calls = partIn(conversation, "calls")?.participants ?? [];
	const agents = participants.filter((one) => isStaff(one) && one.callbacks);
	const { attempts } = factsOf(conversation);
	const spoken = calls.filter(isLive);
	if (agents.filter(isConnected).length > 1) return "two agents have it in hand";
	if (participants.filter((one) => one.purpose === "acd" && isLive(one)).length > 1) return "it waits twice";
	if (attempts.slice(0, -1).some((one) => one.result === undefined)) return "an attempt never came to anything";
	if (attempts.at(-1) && attempts.at(-1)?.result === undefined && spoken.length === 0)
		return "an attempt has no result";
	if (spoken.length > 0 && !agents.some(isConnected)) return "somebody is called and no agent has it in hand";
	if (endTime && participants.some(isLive)) return "it has ended, and somebody is there";
	const { state } = communicationOf(customerOf(conversation));
	if (state === "scheduled" && wantedIn(conversation)) return "it waits before it is due";
	if (state === "scheduled" && !customerOf(conversation).internal.due) return "it will never be due";
	if (state === "connected" && !endTime && !agents.some(isLive) && !wantedIn(conversation)) return "nobody will get it";
	if (agents.some((one) => isLive(one) && findCall(one) && one.wrapup && one.endAcwTime))
		return "wrapped up before its end";
	return undefined;
}

test("whatever happens to a callback in whatever order: due once, one agent, each attempt with its result, one wrap-up each", () => {
	const reached = new Set<string>();
	let dues = 0;
	for (let seed = 1; seed <= 300; seed++) {
		const random = randomOf(seed);
		let ids = 0;
		let at = Date.UTC(2026, 0, 5, 9);
		const context = (): TransitionContext => ({ now: new Date(at), newId: () => `id-${++ids}` });
		let now = startOf(random, context());
		const story: string[] = [];
		for (let step = 0; step < 50; step++) {
			at += Math.floor(random() * 15_000);
			const command = commandOf(random, now, context());
			try {
				const after = transition(now, command, context());
				const wasScheduled = communicationOf(customerOf(now)).state === "scheduled";
				if (command.type === "due" && wasScheduled && after !== now && stateOf(after) === "waiting") dues++;
				if (wasScheduled && command.type !== "due" && communicationOf(customerOf(after)).state === "connected")
					throw new Error("It was due by something else.");
				now = JSON.parse(JSON.stringify(after)) as Conversation;
				story.push(JSON.stringify(command));
			} catch (error) {
				if (!(error instanceof ApiError) || !refusals.includes(error.code)) throw error;
				continue;
			}
			reached.add(stateOf(now));
			expect(faultOf(now), `seed ${seed}:\n${story.join("\n")}`).toBeUndefined();
		}
		for (const one of now.participants) if (isInAfterCallWork(one)) expect(one.purpose).toBe("agent");
	}
	expect(dues).toBeGreaterThan(100);
	expect([...reached].sort()).toEqual(
		[
			"accepted",
			"alerting",
			"cancelled",
			"dialing",
			"done",
			"failed",
			"ownerExpired",
			"scheduled",
			"talking",
			"waiting",
			"wrapUp",
		].sort(),
	);
});
