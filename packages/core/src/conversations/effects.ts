import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { NewEvent } from "../kernel/events/event-log.ts";
import type { RoutingStatusName } from "../routing/availability.ts";
import { summaryChanged } from "./events.ts";
import { type ParticipantRow, participantRow } from "./index-rows.ts";
import { allMedia } from "./media.ts";
import type { Timer } from "./medium.ts";
import { type Conversation, isLive, livePartOf, owesWork, type Participant } from "./model.ts";
import type { RoutingStatuses, WorkDone } from "./ports.ts";
import type { Change, ConversationStore, UserWork } from "./store.ts";

export const alertingJob = "conversations.alerting";
/** Of a user: they work for a queue again. */
export const optionalWorkJob = "conversations.optional-work";
export const afterCallJob = "conversations.after-call-work";
/** What a medium agreed upon with people, by their calendar. */
export const dueJob = "conversations.due";

export interface PartyJob {
	conversationId: string;
	participantId: string;
}

/** Starts, moves and stops the timers that changes ask for: nobody keeps time in memory, so a restart loses none. */
export async function adjustTimers(trx: Trx, jobs: Kernel["jobs"], changes: readonly Change[]): Promise<void> {
	const timers = changes
		.flatMap((one) => [...timersOf(one), ...allMedia().flatMap(({ timers }) => timers?.(one) ?? [])])
		.filter((timer) => timer.was !== timer.is);
	await jobs.scheduleAll(
		trx,
		timers.flatMap(({ kind, key, is, payload, byCalendar = false }) =>
			is ? [{ kind, key, runAt: new Date(is), payload, byCalendar }] : [],
		),
	);
	for (const { kind, key, is } of timers) if (!is) await jobs.cancel(trx, kind, key);
}

function timersOf({ before, after }: Change): Timer[] {
	return after.participants.flatMap((participant) => {
		const old = before?.participants.find((one) => one.id === participant.id);
		const common = { key: participant.id, payload: { conversationId: after.id, participantId: participant.id } };
		return [
			{ ...common, kind: alertingJob, was: old?.internal.alertingDeadline, is: participant.internal.alertingDeadline },
			{ ...common, kind: afterCallJob, was: old?.internal.acwDeadline, is: participant.internal.acwDeadline },
			{ ...common, kind: dueJob, was: old?.internal.due, is: participant.internal.due, byCalendar: true },
		];
	});
}

/** Users whose load differs between two states of a conversation, by ascending id: the server's lock order. */
export function usersWithOtherLoad({ before, after }: Change): string[] {
	return usersWhere(before, after, loadOf);
}

/** Users who may be free, or are no longer, since this change: ringing counts as well. */
export function usersConcerned({ before, after }: Change): string[] {
	return usersWhere(
		before,
		after,
		(conversation, one) => `${loadOf(conversation, one)}${participantRow(conversation, one).state}`,
	);
}

type Facts = (conversation: Conversation, participant: Participant) => string;

function usersWhere(before: Conversation | undefined, after: Conversation, facts: Facts): string[] {
	const old = new Map((before?.participants ?? []).map((one) => [one.id, facts(after, one)]));
	const changed = after.participants.filter((one) => (old.get(one.id) ?? idle) !== facts(after, one));
	return [...new Set(changed.flatMap((one) => one.userId ?? []))].sort();
}

const idle = "no work";

function loadOf(conversation: Conversation, participant: Participant): string {
	const { isTaken, isBusy, acd, owes } = workOf(participantRow(conversation, participant));
	if (!isBusy && !owes && !participant.internal.missed) return isTaken && acd ? "parked" : idle;
	return `${isBusy} ${acd} ${owes} ${participant.internal.missed ?? false}`;
}

function workOf({ live, state, acd, needs_wrapup, wrapup_optional }: ParticipantRow) {
	const isTaken = live && state !== "alerting";
	return { isTaken, isBusy: isTaken && state !== "parked", acd, owes: needs_wrapup && !wrapup_optional };
}

/**
 * Users who have had an item of a queue, and are done with it since this change: also with what they had to do after it. What is
 * parked is not done, and ends once.
 */
function usersDoneWithAcd({ before, after }: Change): string[] {
	const hasAcd = (conversation: Conversation | undefined) =>
		(conversation?.participants ?? []).flatMap((one) => {
			const { isTaken, acd, owes } = workOf(participantRow(conversation as Conversation, one));
			return one.userId && acd && (isTaken || owes) ? [one.userId] : [];
		});
	const still = new Set(hasAcd(after));
	return hasAcd(before).filter((userId) => !still.has(userId));
}

/** Users who let their phone ring in vain in this change. */
function usersWhoMissed({ before, after }: Change): string[] {
	const wasMissed = new Set(before?.participants.filter((one) => one.internal.missed).map((one) => one.id));
	const missed = after.participants.filter((one) => one.internal.missed && !wasMissed.has(one.id));
	return missed.flatMap((one) => one.userId ?? []);
}

/** Users who owe after-call work of this conversation no more. Work that goes on with a later part of theirs is not done. */
function usersWhoFinished({ before, after }: Change): string[] {
	const owing = new Set(before?.participants.filter(owesWork).map((one) => one.id));
	return after.participants.flatMap((one) => {
		if (!one.userId || owesWork(one) || livePartOf(after, one.userId)) return [];
		return owing.has(one.id) || hasLeftAgain({ before, after }, one) ? [one.userId] : [];
	});
}

/** The later part, after which the work of an earlier one was to be done, has ended. */
function hasLeftAgain({ before, after }: Pick<Change, "before" | "after">, { id, userId }: Participant): boolean {
	const old = before?.participants.find((one) => one.id === id);
	return old !== undefined && isLive(old) && after.participants.find((one) => one.userId === userId)?.id !== id;
}

/**
 * Brings routing status in line with what users have to do now: work of a queue is INTERACTING until after-call work
 * is done, calls of their own are COMMUNICATING, nothing is IDLE (platform-api 5.2). Routing keeps OFF_QUEUE to itself.
 * @returns events that tell of the users' new counters
 */
export async function adjustUsers(
	trx: Trx,
	deps: {
		store: ConversationStore;
		routingStatus: RoutingStatuses;
		kernel: Pick<Kernel, "jobs" | "clock">;
		workDone?: WorkDone;
	},
	changes: readonly Change[],
): Promise<NewEvent[]> {
	const userIds = [...new Set(changes.flatMap(usersWithOtherLoad))].sort();
	if (userIds.length === 0) return [];
	const missed = new Set(changes.flatMap(usersWhoMissed));
	const work = await deps.routingStatus.report(
		trx,
		userIds,
		() => deps.store.workOf(trx, userIds),
		(userId, found) => {
			const status = statusOf(found.get(userId));
			return missed.has(userId) ? ["NOT_RESPONDING", status] : [status];
		},
		new Set(changes.flatMap(usersDoneWithAcd)),
	);
	await leaveOptionalWork(trx, deps.kernel, userIds, work);
	const done = [...new Set(changes.flatMap(usersWhoFinished))].filter((id) => !work.get(id)?.acdAfterCall).sort();
	if (done.length > 0) await deps.workDone?.(trx, done);
	return userIds.map((userId) => summaryChanged(userId, work.get(userId)));
}

/** Who works for a queue again has left what may be left undone; those are other conversations, so a job looks at them. */
async function leaveOptionalWork(
	trx: Trx,
	{ jobs, clock }: Pick<Kernel, "jobs" | "clock">,
	userIds: readonly string[],
	work: ReadonlyMap<string, UserWork>,
): Promise<void> {
	const leaving = userIds.filter((id) => (work.get(id)?.optional ?? 0) > 0 && (work.get(id)?.acdActive ?? 0) > 0);
	const now = clock.now();
	await jobs.scheduleAll(
		trx,
		leaving.map((userId) => ({ kind: optionalWorkJob, key: userId, runAt: now, payload: { userId } })),
	);
}

function statusOf(work: UserWork | undefined): RoutingStatusName {
	if (work && work.acdActive + work.acdAfterCall > 0) return "INTERACTING";
	return work && work.ownActive > 0 ? "COMMUNICATING" : "IDLE";
}
