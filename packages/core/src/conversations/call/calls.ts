import { badField } from "../../kernel/http/api-error.ts";
import { requireOwn, requirePart } from "../authority.ts";
import { requireDial } from "../dial-rights.ts";
import type { Frame } from "../frame.ts";
import {
	type Conversation,
	findParticipant,
	isConnected,
	isOutside,
	isUnheard,
	type NextStep,
	type Participant,
	type QueueFacts,
} from "../model.ts";
import { ofMedium } from "../of-medium.ts";
import { partIn } from "../parts.ts";
import { illegalState } from "../refusals.ts";
import { onlyOne } from "../targets.ts";
import type { Command } from "../transitions/transition.ts";
import { createConsults } from "./consult/consults.ts";
import { createDialing, isSameCall } from "./dialing.ts";
import { digitsSent } from "./events.ts";
import { askingFirst } from "./last-agents.ts";
import { callParts } from "./model.ts";
import { followPauses } from "./pauses.ts";
import { callRulesOf } from "./rules/model.ts";
import type { Calls, InboundCall } from "./service.ts";
import { inboundTo } from "./transitions/create.ts";
import { exitDigit, mailboxIn } from "./voicemail/model.ts";

/** Calls: how they begin, what voice tells of them, and what can be done to them only. */
export function createCalls(all: Frame): Calls {
	// Also the call within an interaction of another medium is one; the interaction goes on without it.
	const frame = ofMedium(all, callParts.list);
	const { kernel, changes, targets, deps } = frame;
	followPauses(all);
	const dialing = createDialing({ ...deps, targets });

	async function inboundTarget({
		queueId,
		userId,
		groupId,
	}: InboundCall): Promise<{ next: NextStep; divisionId: string }> {
		onlyOne({ queueId, userId, groupId });
		if (userId) {
			const next = await targets.calledUser(userId, "userId");
			return { next, divisionId: next.divisionId ?? (await deps.homeDivisionId()) };
		}
		if (groupId) {
			const group = await deps.mailboxes?.groupCall(groupId);
			if (!group) throw badField("groupId", "That group takes no calls.", "voicemail.disabled");
			return { next: { kind: "group", group }, divisionId: await deps.homeDivisionId() };
		}
		const queue = await targets.waitingQueue(queueId ?? "", "queueId");
		return { next: { kind: "queue", queue }, divisionId: queue.divisionId };
	}

	/** Where a key leads whoever speaks to a mailbox; undefined where there is no such queue any more. */
	async function exitQueueOf(conversationId: string): Promise<QueueFacts | undefined> {
		const { exitQueueId } = mailboxIn(await frame.require(conversationId))?.internal.voicemail?.mailbox ?? {};
		return exitQueueId === undefined
			? undefined
			: targets.waitingQueue(exitQueueId, "exitQueueId").catch(() => undefined);
	}

	return {
		async startInboundCall(call) {
			kernel.room.require();
			const { next, divisionId } = await inboundTarget(call);
			const conversation = inboundTo({ ...call, divisionId }, next, changes.context());
			const { address } = call.customer;
			const last = next.kind === "queue" && address ? await deps.lastAgents?.of(next.queue.id, address) : undefined;
			if (last)
				conversation.internal.routing = { ...conversation.internal.routing, ...askingFirst(last, kernel.clock.now()) };
			return kernel.database.change((trx) => changes.add(trx, conversation, "start"));
		},

		async dial(call) {
			kernel.room.require();
			const conversation = await dialing.conversation(call, changes.context());
			const same = (other: Conversation) => isSameCall(other, conversation);
			return kernel.database.change((trx) => changes.addCall(trx, conversation, call.userId, same));
		},

		playable: async (conversations, reader) =>
			(await deps.recordings?.playable?.(conversations, reader)) ?? new Set<string>(),

		mediaConnected: (conversationId, participantId) =>
			frame.change(conversationId, () => [{ type: "media.connected", participantId }], undefined, { participantId }),

		interrupted: (conversationId, participantId, why) =>
			frame.change(conversationId, () => [{ type: "interrupted", participantId, ...(why ? { why } : {}) }]),

		questionHeard: (conversationId, participantId, isHeard) =>
			frame.change(conversationId, () => [{ type: "consent.heard", participantId, isHeard }]),

		partyLeft: (conversationId, participantId, why, failure) =>
			frame.change(conversationId, () => [{ type: "leave", participantId, why, ...(failure ? { failure } : {}) }]),

		async addParticipants(conversationId, wishes, by) {
			await frame.require(conversationId);
			const added = await Promise.all(wishes.map(dialing.addedParty));
			for (const target of added) await targets.refuseSelf(target, by.userId);
			return frame.change(
				conversationId,
				(held) => {
					requirePart(held, by);
					for (const target of added) if (target.kind === "outside") requireDial(by, target.address);
					return added.map((target): Command => ({ type: "add", target, ...(by.userId ? { by: by.userId } : {}) }));
				},
				by,
			);
		},

		async sendDigits(conversationId, participantId, digits, by) {
			await kernel.database.change(async (trx) => {
				const commands = (held: Conversation): Command[] => {
					requirePart(held, by, participantId);
					return [{ type: "digits", participantId }];
				};
				const held = await changes.apply(trx, { conversationId, commands });
				const hearing = hearingParties(partIn(held, callParts.list) ?? held, participantId);
				const actor = by.userId ? { userId: by.userId } : undefined;
				await kernel.events.append(
					trx,
					hearing.map((one) => digitsSent(conversationId, one.id, digits, actor)),
				);
			});
		},

		consentAnswered: (conversationId, participantId, answer) =>
			frame.change(conversationId, () => [{ type: "consent.answered", participantId, answer }]),

		keyPressed: (conversationId, participantId, digit) =>
			frame.change(conversationId, () => [
				{ type: "forward.pressed", participantId, digit },
				{ type: "consent.pressed", participantId, digit },
			]),

		async forwardOnce(conversationId, participantId, address, by) {
			const { userId = "" } = requireOwn(await frame.require(conversationId), participantId, by);
			const forwarding = await deps.forwardOnce?.(userId, address);
			if (!forwarding) throw illegalState("Calls are not forwarded here.");
			return frame.change(conversationId, () => [{ type: "forward.once", participantId, forwarding }], by);
		},

		async voicemail(conversationId, participantId, what) {
			await frame.change(conversationId, () => [{ type: `voicemail.${what}`, participantId }]);
		},

		async leaveMessage(conversationId) {
			await frame.change(conversationId, () => [{ type: "voicemail.leave" }]);
		},

		async voicemailKey(conversationId, participantId, digit) {
			const queue = digit === exitDigit ? await exitQueueOf(conversationId) : undefined;
			const exit = queue ? { exit: queue } : {};
			await frame.change(conversationId, () => [{ type: "voicemail.key", participantId, digit, ...exit }]);
		},

		consults: createConsults(frame),
		rules: () => callRulesOf(changes.context()),

		async recordingFailed(conversationId) {
			await frame.change(conversationId, () => [{ type: "recording.failed" }]);
		},
	};
}

/** Digits of one's own part are for those outside whom one speaks to; digits for another party are for that one. */
function hearingParties(conversation: Conversation, participantId: string): Participant[] {
	const named = findParticipant(conversation, participantId);
	if (!named) return [];
	if (isOutside(named)) return [named];
	return conversation.participants.filter((one) => isOutside(one) && isConnected(one) && !isUnheard(one));
}
