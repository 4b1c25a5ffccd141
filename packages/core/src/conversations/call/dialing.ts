import { createHash } from "node:crypto";
import { badField } from "../../kernel/http/api-error.ts";
import type { Conversation, NextStep } from "../model.ts";
import { type createTargets, onlyOne } from "../targets.ts";
import type { TransitionContext } from "../transitions/context.ts";
import { callOf } from "./model.ts";
import type { OutboundCall, PartyWish } from "./service.ts";
import { outboundConversation } from "./transitions/create.ts";

interface DialingDeps {
	targets: ReturnType<typeof createTargets>;
	outboundProvider?: string;
}

/** A second wish within this time is taken for a second click, as long as the first call is still being set up, ms. */
const sameCallMs = 3000;

/** Whether `call` asks once more for what `other` has just begun to do. */
export function isSameCall(other: Conversation, call: Conversation): boolean {
	const [caller] = other.participants;
	if (!caller || other.internal.request === undefined) return false;
	const { state, held } = callOf(caller);
	const isBeingSetUp = (state === "contacting" || state === "dialing") && !held;
	const ageMs = Date.parse(call.startTime) - Date.parse(other.startTime);
	return isBeingSetUp && ageMs < sameCallMs && other.internal.request === call.internal.request;
}

/** Calls of a user with the same hash ask for the same. */
function requestOf(call: OutboundCall): string {
	const wish = Object.entries(call).filter(([, value]) => value !== undefined);
	return createHash("sha256").update(JSON.stringify(wish.toSorted())).digest("base64url");
}

type Party = Exclude<NextStep, { kind: "queue" | "voicemail" | "group" }>;

/** Turns what users ask for into parties that can be called. */
export function createDialing(deps: DialingDeps) {
	const { targets } = deps;

	async function called(call: OutboundCall): Promise<NextStep> {
		const { phoneNumber, callUserId, callQueueId } = call;
		onlyOne({ phoneNumber, callUserId, callQueueId });
		if (callQueueId) return { kind: "queue", queue: await targets.factsOfQueue(callQueueId, "callQueueId") };
		if (callUserId === call.userId) throw badField("callUserId", "You cannot call yourself.");
		if (callUserId) return targets.calledUser(callUserId, "callUserId");
		return {
			kind: "outside",
			purpose: call.callFromQueueId ? "customer" : "external",
			...(await targets.outside(phoneNumber, "phoneNumber")),
			...(call.externalContactId ? { externalContactId: call.externalContactId } : {}),
		};
	}

	return {
		/** @throws ApiError 400 naming the field: no or several targets, unknown or unreachable ones, a phone that is not there */
		async conversation(call: OutboundCall, context: TransitionContext): Promise<Conversation> {
			const next = await called(call);
			const names = { skillIds: "routingSkillsIds", languageId: "languageId" };
			if (call.routing) await targets.requireAbilities(call.routing, names);
			const caller = await targets.reachableUser(call.userId, "userId");
			const divisionId = await targets.divisionOf(caller);
			const queue = call.callFromQueueId
				? await targets.queueFacts(await targets.ownQueue(call.callFromQueueId, call.userId, "callFromQueueId"))
				: undefined;
			return outboundConversation(
				{
					...call,
					request: requestOf(call),
					caller: { userId: caller.id, name: caller.name, divisionId },
					...(queue ? { fromQueue: queue } : {}),
					next,
					divisionId: queue?.divisionId ?? divisionId,
					provider: call.provider ?? deps.outboundProvider ?? "Inlay Voice",
				},
				context,
			);
		},

		async addedParty(wish: PartyWish): Promise<Party> {
			onlyOne({ address: wish.phoneNumber, userId: wish.userId });
			if (wish.userId) return targets.userParty(wish.userId, "userId");
			return { kind: "outside", purpose: "external", ...(await targets.outside(wish.phoneNumber, "address")) };
		},
	};
}
