import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { type ApiError, badField, notFound } from "../kernel/http/api-error.ts";
import { defaultWrapupCodeId } from "../routing/wrapup-model.ts";
import { createAssignmentByHand } from "./assign-by-hand.ts";
import {
	requireAttributes,
	requireEnd,
	requireOwn,
	requirePart,
	requireParticipant,
	requirePatch,
	requireRecordingControl,
} from "./authority.ts";
import { createDialing, isSameCall } from "./call/dialing.ts";
import { digitsSent, recordingFinished } from "./call/events.ts";
import type { Appearances, LineWish } from "./call/lines.ts";
import { inboundConversation } from "./call/transitions/create.ts";
import { createChanges } from "./changes.ts";
import type { Wrapup } from "./communication.ts";
import { afterCallJob, alertingJob, type PartyJob } from "./effects.ts";
import { followEndedUsers } from "./ended-users.ts";
import {
	type Conversation,
	communicationOf,
	findParticipant,
	isConnected,
	isOutside,
	type Participant,
} from "./model.ts";
import type { Phones, QueueDirectory, RoutingStatuses, UserDirectory } from "./ports.ts";
import type { AgentOffer, Controller, Conversations, ParticipantPatch } from "./service.ts";
import { type ConversationStore, conversationStore } from "./store.ts";
import { createTargets, unreachable } from "./targets.ts";
import type { Command } from "./transitions/transition.ts";

export interface ConversationDeps {
	users: UserDirectory;
	queues: QueueDirectory;
	routingStatus: RoutingStatuses;
	phones: Phones;
	homeDivisionId(): Promise<string>;
	/** Where the documents are kept; the database unless told. */
	store?: ConversationStore;
	/** How many calls users' stations have open at once; one each unless told. */
	appearances?: Appearances;
	/** ISO 3166 code of the organization; numbers without a country code are of it. */
	country?(): Promise<string>;
	/** Who moves the media of calls that users make; default `Inlay Voice`. */
	outboundProvider?: string;
}

/** Conversations: who talks with whom, and what is left to do. Media follows the documents; it is never called from here. */
export function createConversations(kernel: Kernel, deps: ConversationDeps): Conversations {
	const store = deps.store ?? conversationStore(kernel.database.db);
	const changes = createChanges(kernel, {
		store,
		queues: deps.queues,
		routingStatus: deps.routingStatus,
		isReachable: (userId) => deps.phones.isReachable(userId),
		appearances: deps.appearances ?? (async () => new Map()),
	});
	followEndedUsers(kernel, { users: deps.users, store, changes });
	const targets = createTargets(deps);
	const dialing = createDialing({ ...deps, targets });

	kernel.jobs.handle(alertingJob, (trx, payload) => timeOver(trx, payload as PartyJob, "alerting.over"));
	kernel.jobs.handle(afterCallJob, (trx, payload) => timeOver(trx, payload as PartyJob, "acw.over"));

	async function timeOver(
		trx: Trx,
		{ conversationId, participantId }: PartyJob,
		type: "alerting.over" | "acw.over",
	): Promise<void> {
		// A conversation that was removed meanwhile needs no timer; failing would only bring the job back.
		if (!(await store.get(conversationId, trx))) return;
		if (type === "alerting.over" && deps.phones.isAnswering?.(participantId)) {
			await changes.apply(trx, { conversationId, commands: () => [{ type: "alerting.answered", participantId }] });
			return;
		}
		const lines = type === "alerting.over" ? { everybody: true } : {};
		await changes.apply(trx, { conversationId, commands: () => [{ type, participantId }], lines });
	}

	/** One change of one conversation in a transaction of its own. */
	function change(
		conversationId: string,
		commands: (held: Conversation) => Command[],
		by?: Actor,
		lines?: LineWish,
	): Promise<Conversation> {
		const actor = by?.userId || by?.clientId ? { userId: by.userId, clientId: by.clientId } : undefined;
		return changes.run({ conversationId, commands, ...(lines ? { lines } : {}) }, actor);
	}

	async function require(conversationId: string): Promise<Conversation> {
		const conversation = await store.get(conversationId);
		if (!conversation) throw notFound("conversation", conversationId);
		return conversation;
	}

	async function codesFor(participant: Participant): Promise<Array<{ id: string; name: string }>> {
		const codes = participant.queueId ? await deps.queues.wrapupCodesOf(participant.queueId) : [];
		return codes.length > 0 ? [...codes] : [defaultCode];
	}

	/** The wrap-up with the code's name; refuses codes that the queue does not offer (platform-api 5.3). */
	async function readWrapup(conversationId: string, participantId: string, wrapup: Wrapup): Promise<Wrapup> {
		if (!wrapup.code) return wrapup;
		const participant = requireParticipant(await require(conversationId), participantId);
		const code = [...(await codesFor(participant)), defaultCode].find((one) => one.id === wrapup.code);
		if (!code) throw badField("wrapup.code", `The wrap-up code ${wrapup.code} is not one of the queue's.`);
		return { ...wrapup, name: code.name };
	}

	async function patchParticipant(
		conversationId: string,
		participantId: string,
		wanted: ParticipantPatch,
		by: Controller,
	) {
		if (wanted.wrapup) requirePatch(await require(conversationId), participantId, wanted, by);
		const patch = wanted.wrapup
			? { ...wanted, wrapup: await readWrapup(conversationId, participantId, wanted.wrapup) }
			: wanted;
		return change(
			conversationId,
			(held) => {
				requirePatch(held, participantId, patch, by);
				if (patch.recording) kernel.room.require();
				if (patch.state === "connected") requireReachable(held, participantId);
				return patchCommands(participantId, patch);
			},
			by,
			patch.state === "connected" || patch.held === false ? { participantId } : undefined,
		);
	}

	/** The phone must be there to be answered for the user (platform-api 5.3). */
	function requireReachable(held: Conversation, participantId: string): void {
		const { userId, name } = requireParticipant(held, participantId);
		const isAlerting = communicationOf(requireParticipant(held, participantId)).state === "alerting";
		if (isAlerting && userId && !deps.phones.isReachable(userId)) throw unreachable("state", name ?? userId);
	}

	async function assignAgents(trx: Trx, offers: readonly AgentOffer[]): Promise<Conversation[]> {
		const found = await deps.users.find(
			offers.map((one) => one.userId),
			trx,
		);
		const users = new Map(found.map((user) => [user.id, user]));
		const orders = offers.map(({ conversationId, queueId, userId, timeoutSeconds }) => ({
			conversationId,
			commands: (): Command[] => [
				{
					type: "offer",
					offer: {
						queueId,
						userId,
						userName: users.get(userId)?.name ?? "",
						divisionId: users.get(userId)?.divisionId,
						timeoutMs: timeoutSeconds * 1000,
					},
				},
			],
		}));
		return changes.offerAll(trx, orders);
	}

	const byHand = createAssignmentByHand(kernel, { ...deps, store, targets, assignAgents });

	return {
		get: (conversationId) => store.get(conversationId),
		whereabouts: store.whereabouts,
		live: store.live,
		liveForUser: (userId) => store.liveForUser(userId),
		takesPart: store.takesPart,
		async historyOf(userId, page) {
			const found = await store.ofUser(userId, page);
			const ids = new Set(
				found.conversations.flatMap((one) => one.participants.flatMap((party) => party.userId ?? [])),
			);
			return { ...found, users: [...(await deps.users.find([...ids]))] };
		},
		workOf: (userIds) => store.workOf(kernel.database.db, userIds),
		wrapupCodesOf: (conversation, participantId) => codesFor(requireParticipant(conversation, participantId)),

		async startInboundCall(call) {
			kernel.room.require();
			const queue = await targets.queueFacts(await targets.queue(call.queueId, "queueId"));
			const conversation = inboundConversation({ ...call, queue, divisionId: queue.divisionId }, changes.context());
			return kernel.database.change((trx) => changes.add(trx, conversation, "start"));
		},

		async dial(call) {
			kernel.room.require();
			const conversation = await dialing.conversation(call, changes.context());
			const same = (other: Conversation) => isSameCall(other, conversation);
			return kernel.database.change((trx) => changes.addCall(trx, conversation, call.userId, same));
		},

		mediaConnected: (conversationId, participantId) =>
			change(conversationId, () => [{ type: "media.connected", participantId }], undefined, { participantId }),
		partyLeft: (conversationId, participantId, why, failure) =>
			change(conversationId, () => [{ type: "leave", participantId, why, ...(failure ? { failure } : {}) }]),

		patchParticipant,
		wrapup: (conversationId, participantId, wrapup, by) =>
			patchParticipant(conversationId, participantId, { wrapup }, by),

		disconnect: (conversationId, by) =>
			change(
				conversationId,
				(held) => {
					requireEnd(held, by);
					return [{ type: "end", why: by.userId ? "client" : "system" }];
				},
				by,
			),

		setAttributes: (conversationId, participantId, attributes, by) =>
			change(
				conversationId,
				(held) => {
					requireAttributes(held, participantId, by);
					return [{ type: "attributes", participantId, attributes }];
				},
				by,
			),

		requestAfterCallWork: (conversationId, participantId, wanted, by) =>
			change(
				conversationId,
				(held) => {
					requireOwn(held, participantId, by);
					return [{ type: "acw.request", participantId, wanted }];
				},
				by,
			),

		setFlagged: (conversationId, participantId, flagged, by) =>
			change(
				conversationId,
				(held) => {
					requireOwn(held, participantId, by);
					return [{ type: "flag", participantId, flagged }];
				},
				by,
			),

		setRecordingState: (conversationId, state, by) =>
			change(
				conversationId,
				(held) => {
					if (state === "ACTIVE") kernel.room.require();
					requireRecordingControl(held, by);
					return [{ type: "recording.state", state }];
				},
				by,
			),

		async transfer(conversationId, participantId, wish, by) {
			// An unknown conversation is told before anything about whom to transfer to.
			// So is whether the caller may transfer at all: who may not learns nothing of phones and queues.
			requireOwn(await require(conversationId), participantId, by);
			const target = await dialing.transferTarget(wish);
			return change(
				conversationId,
				(held) => {
					requireOwn(held, participantId, by);
					return [{ type: "replace", participantId, target }];
				},
				by,
			);
		},

		async addParticipants(conversationId, wishes, by) {
			await require(conversationId);
			const added = await Promise.all(wishes.map(dialing.addedParty));
			return change(
				conversationId,
				(held) => {
					requirePart(held, by);
					return added.map((target): Command => ({ type: "add", target }));
				},
				by,
			);
		},

		assignByHand: byHand.assign,

		async sendDigits(conversationId, participantId, digits, by) {
			await kernel.database.change(async (trx) => {
				const commands = (held: Conversation): Command[] => {
					requirePart(held, by);
					return [{ type: "digits", participantId }];
				};
				const held = await changes.apply(trx, { conversationId, commands });
				const hearing = hearingParties(held, participantId);
				const actor = by.userId ? { userId: by.userId } : undefined;
				await kernel.events.append(
					trx,
					hearing.map((one) => digitsSent(conversationId, one.id, digits, actor)),
				);
			});
		},

		assignAgents,
		async assignAgent(trx, offer) {
			const [assigned] = await assignAgents(trx, [offer]);
			return assigned as Conversation;
		},

		knownRecordings: store.knownRecordings,
		async recordingFinished(conversationId, recording) {
			await kernel.database.change(async (trx) => {
				const conversation = (await store.lock(trx, [conversationId])).get(conversationId);
				if (!conversation) throw notFound("conversation", conversationId);
				const isNew = await store.addRecording(trx, conversation, recording, kernel.clock.now());
				if (isNew) await kernel.events.append(trx, [recordingFinished(conversation, recording)]);
			});
		},
	};
}

const defaultCode = { id: defaultWrapupCodeId, name: "Default Wrap-up Code" };

/** Digits of one's own part are for those outside; digits for another party are for that one. */
function hearingParties(conversation: Conversation, participantId: string): Participant[] {
	const named = findParticipant(conversation, participantId);
	if (!named) return [];
	if (isOutside(named)) return [named];
	return conversation.participants.filter((one) => isOutside(one) && isConnected(one));
}

/** The order matters: what needs the call comes before its end, the wrap-up after it. */
function patchCommands(participantId: string, patch: ParticipantPatch): Command[] {
	const { state, held, muted, confined, recording, wrapup, wrapupSkipped } = patch;
	const commands: Command[] = [];
	if (state === "connected") commands.push({ type: "answer", participantId });
	else if (state !== undefined && state !== "disconnected") throw unsettable(state);
	if (held !== undefined) commands.push({ type: "hold", participantId, held });
	if ([muted, confined, recording].some((value) => value !== undefined)) {
		commands.push({ type: "control", participantId, muted, confined, recording });
	}
	if (state === "disconnected") commands.push({ type: "leave", participantId, why: "client" });
	if (wrapup) commands.push({ type: "wrapup", participantId, wrapup });
	if (wrapupSkipped) commands.push({ type: "wrapup.skip", participantId });
	return commands;
}

function unsettable(state: string): ApiError {
	return badField("state", `state ${state} cannot be set: a client says connected or disconnected.`);
}
