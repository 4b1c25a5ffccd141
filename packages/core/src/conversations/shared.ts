import { defaultWrapupCodeId } from "@inlay/contract/wrapup-codes";
import type { Trx } from "../kernel/database/database.ts";
import { ApiError, badField } from "../kernel/http/api-error.ts";
import { createAssignmentByHand } from "./assign-by-hand.ts";
import {
	mayBridge,
	requireAttributes,
	requireEnd,
	requireLabelling,
	requireOwn,
	requirePark,
	requireParticipant,
	requirePatch,
	requireRecordingControl,
	requireRouting,
} from "./authority.ts";
import type { Wrapup } from "./communication.ts";
import type { Frame } from "./frame.ts";
import { allMedia, mediumOf } from "./media.ts";
import { type Conversation, communicationOf, isParked, owesWork, type Participant } from "./model.ts";
import type { AgentOffer, Controller, ParticipantPatch, SharedConversations } from "./service.ts";
import { unreachable } from "./targets.ts";
import { timelineOf } from "./timeline/timeline.ts";
import type { Command } from "./transitions/transition.ts";

/** Media that no call history tells of: nobody is called back for them (agent-features 5). */
const written = () => allMedia().flatMap(({ isWritten, list }) => (isWritten ? list : []));

/** What all media share. @param frame all of them, or only those of one medium */
export function sharedConversations(frame: Frame): SharedConversations {
	const { kernel, deps, store, changes, targets, change, require } = frame;

	async function codesFor(participant: Participant): Promise<Array<{ id: string; name: string }>> {
		const codes = participant.queueId ? await deps.queues.wrapupCodesOf(participant.queueId) : [];
		return codes.length > 0 ? [...codes] : [defaultCode];
	}

	/** What is older is told to nobody any more. */
	async function oldestShown(): Promise<Date | undefined> {
		const rules = await deps.callingRules?.();
		return rules && new Date(kernel.clock.now().getTime() - rules.historyDays * 86_400_000);
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
				if (patch.state === "connected" && mediumOf(held).needsPhone) requireReachable(held, participantId);
				return patchCommands(participantId, patch, mayBridge(held, by), by.userId);
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
		get: (conversationId, trx) => store.get(conversationId, trx),
		all: (conversationIds) => store.all(conversationIds),
		whereabouts: store.whereabouts,
		live: () => store.live(),
		liveForUser: (userId) => store.liveForUser(userId),
		takesPart: store.takesPart,
		async timelineOf(conversation, by) {
			const since = (await oldestShown()) ?? new Date(0);
			return timelineOf(kernel.database.db, conversation, { by, since, contacts: deps.contacts });
		},
		async historyOf(userId, page) {
			const oldest = await oldestShown();
			const from = page.from && oldest && page.from < oldest ? oldest : (page.from ?? oldest);
			const found = await store.ofUser(userId, { ...page, ...(from ? { from } : {}), but: written() });
			const ids = new Set(
				found.conversations.flatMap((one) => one.participants.flatMap((party) => party.userId ?? [])),
			);
			return { ...found, users: [...(await deps.users.find([...ids]))] };
		},
		workOf: (userIds) => store.workOf(kernel.database.db, userIds),

		async workOwedBy(trx, userId) {
			const owed = (await store.liveForUser(userId, trx))
				.flatMap(({ participants }) => participants)
				.filter((one) => one.userId === userId && owesWork(one));
			if (owed.length === 0) return undefined;
			return owed.some(({ wrapupPrompt }) => wrapupPrompt === "forcedTimeout") ? "forced" : "owed";
		},
		wrapupCodesOf: (conversation, participantId) => codesFor(requireParticipant(conversation, participantId)),

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

		async setRouting(conversationId, wanted, by) {
			requireRouting(await require(conversationId), by);
			await targets.requireAbilities(wanted, { skillIds: "skillIds", languageId: "languageId" });
			const commands = (held: Conversation): Command[] => {
				requireRouting(held, by);
				return [{ type: "routing", change: wanted }];
			};
			return change(conversationId, commands, by);
		},

		async setLabel(conversationId, labelId, by) {
			requireLabelling(await require(conversationId), by);
			const commands = (held: Conversation): Command[] => {
				requireLabelling(held, by);
				return [{ type: "label", labelId }];
			};
			return change(conversationId, commands, by);
		},

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

		async extendAfterCallWork(conversationId, participantId, by) {
			const most = (await deps.afterCallWorkExtensions?.()) ?? defaultExtensions;
			return change(
				conversationId,
				(held) => {
					requireOwn(held, participantId, by);
					return [{ type: "acw.extend", participantId, most }];
				},
				by,
			);
		},

		setFlagged: (conversationId, participantId, flagged, by) =>
			change(
				conversationId,
				(held) => {
					requireOwn(held, participantId, by);
					return [{ type: "flag", participantId, flagged }];
				},
				by,
			),

		async park(conversationId, participantId, until, by) {
			const live = by.userId ? await store.liveForUser(by.userId) : [];
			const isMine = (one: Participant) => one.userId === by.userId && isParked(one);
			if (live.filter(({ participants }) => participants.some(isMine)).length >= mostParked) throw tooManyParked();
			return change(
				conversationId,
				(held) => {
					requirePark(held, participantId, by);
					return [{ type: "park", participantId, ...(until ? { until: until.toISOString() } : {}) }];
				},
				by,
			);
		},

		unpark: (conversationId, participantId, by) =>
			change(
				conversationId,
				(held) => {
					requireOwn(held, participantId, by);
					return [{ type: "unpark", participantId }];
				},
				by,
			),

		setRecordingState: (conversationId, state, by) =>
			change(
				conversationId,
				(held) => {
					if (state === "ACTIVE") kernel.room.require();
					requireRecordingControl(held, by);
					return [{ type: "recording.state", state, ...(by.userId ? { userId: by.userId } : {}) }];
				},
				by,
			),

		async transfer(conversationId, participantId, wish, by) {
			// An unknown conversation is told before anything about whom to transfer to.
			// So is whether the caller may transfer at all: who may not learns nothing of phones and queues.
			const conversation = await require(conversationId);
			const { userId } = requireOwn(conversation, participantId, by);
			const target = await targets.transferTarget(wish, mediumOf(conversation).isWritten);
			await targets.refuseSelf(target, userId);
			return change(
				conversationId,
				(held) => {
					requireOwn(held, participantId, by);
					return [{ type: "replace", participantId, target }];
				},
				by,
			);
		},

		assignByHand: byHand.assign,

		assignAgents,
		async assignAgent(trx, offer) {
			const [assigned] = await assignAgents(trx, [offer]);
			return assigned as Conversation;
		},
	};
}

/** What one agent has put aside at a time: beyond that it is forgotten rather than parked. */
const mostParked = 50;

function tooManyParked(): ApiError {
	return new ApiError(409, "conversation.park.limit", "You have parked {most} interactions: take one up again first.", {
		params: { most: String(mostParked) },
	});
}

/** Unless the organization says otherwise. */
const defaultExtensions = 2;
const defaultCode = { id: defaultWrapupCodeId, name: "Default Wrap-up Code" };

/** The order matters: what needs the call comes before its end, the wrap-up after it. */
function patchCommands(
	participantId: string,
	patch: ParticipantPatch,
	mayBridge: boolean,
	userId: string | undefined,
): Command[] {
	const { state, held, muted, confined, recording, wrapup, wrapupSkipped } = patch;
	const commands: Command[] = [];
	if (state === "connected") commands.push({ type: "answer", participantId });
	else if (state !== undefined && state !== "disconnected") throw unsettable(state);
	if (held !== undefined) commands.push({ type: "hold", participantId, held, by: userId });
	if ([muted, confined, recording].some((value) => value !== undefined)) {
		commands.push({ type: "control", participantId, muted, confined, recording, by: userId });
	}
	if (state === "disconnected")
		commands.push({
			type: "leave",
			participantId,
			why: "client",
			...(userId === undefined ? {} : { by: userId }),
			...(mayBridge ? {} : { endsBridge: true }),
		});
	if (wrapup) commands.push({ type: "wrapup", participantId, wrapup });
	if (wrapupSkipped) commands.push({ type: "wrapup.skip", participantId });
	return commands;
}

function unsettable(state: string): ApiError {
	return badField("state", `state ${state} cannot be set: a client says connected or disconnected.`);
}
