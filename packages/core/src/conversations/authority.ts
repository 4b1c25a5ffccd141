import type { ApiError } from "../kernel/http/api-error.ts";
import { missingWhere } from "../kernel/principal.ts";
import { divisionIdsNow, divisionIdsOf } from "./divisions.ts";
import { mediumOf } from "./media.ts";
import {
	type Conversation,
	communicationOf,
	findParticipant,
	isConnected,
	isInAfterCallWork,
	isLive,
	isOutside,
	isOver,
	isStaff,
	type Participant,
	talkersOf,
} from "./model.ts";
import { notInvolved, notParticipant, participantNotFound } from "./refusals.ts";
import type { Controller, ParticipantPatch } from "./service.ts";

const supervise = "conversation:communication:disconnect";
const record = "conversation:call:record";
const pauseOthers = "conversation:recording:pauseOthers";
const view = "conversation:communication:view";
const consult = "conversation:communication:consultTransfer";
const bridging = ["blindTransfer", "blindTransferExternal", "consultTransfer", "consultTransferExternal"].map(
	(action) => `conversation:communication:${action}`,
);
/** Taking something that waits, and giving it to somebody, are rights of each medium. */
const pullOf = (conversation: Conversation) => `conversation:${mediumOf(conversation).words.inText}:pull`;
const assignOf = (conversation: Conversation) => `conversation:${mediumOf(conversation).words.inText}:assign`;

/** The server itself, or somebody who holds the permission in one of the divisions. */
function mayIn(by: Controller, permission: string, divisionIds: readonly string[]): boolean {
	return by.may === undefined || divisionIds.some((id) => by.may?.(permission, id));
}

/** The server itself, or somebody who holds the permission where the conversation is now. */
function may(by: Controller, permission: string, conversation: Conversation): boolean {
	return mayIn(by, permission, divisionIdsNow(conversation));
}

export function takesPart(conversation: Conversation, userId: string | undefined): boolean {
	return userId !== undefined && conversation.participants.some((one) => one.userId === userId);
}

/** @throws ApiError 404 `conversation.error.participant.not.found` */
export function requireParticipant(conversation: Conversation, participantId: string): Participant {
	const participant = findParticipant(conversation, participantId);
	if (!participant) throw participantNotFound(participantId);
	return participant;
}

/** The user is in the conversation now, or has its after-call work in hand: what one may do there ends with one's part. */
function isPresent(conversation: Conversation, userId: string | undefined): boolean {
	return userId !== undefined && isInHand(conversation, userId);
}

/** The user's part lives, or is wrapped up, now: any of theirs, or the one that is named. */
export function isInHand(conversation: Conversation, userId: string, participantId?: string): boolean {
	const own = ownParts(conversation, userId).filter((one) => participantId === undefined || one.id === participantId);
	return own.some((one) => isLive(one) || isInAfterCallWork(one));
}

/** The user has answered or called: somebody whom it only rings for is not in it yet. */
function isTalking(conversation: Conversation, userId: string | undefined): boolean {
	return ownParts(conversation, userId).some((one) => isLive(one) && communicationOf(one).state !== "alerting");
}

/** The user talks, and is not merely asked about the conversation by a colleague. */
function isInCharge(conversation: Conversation, userId: string | undefined): boolean {
	return isTalking(conversation, userId) && !isGuest(conversation, userId);
}

function isGuest(conversation: Conversation, userId: string | undefined): boolean {
	if (userId === undefined) return false;
	return (
		mediumOf(conversation)
			.guests?.(conversation)
			.some((one) => one.userId === userId) ?? false
	);
}

function ownParts(conversation: Conversation, userId: string | undefined): Participant[] {
	return userId === undefined ? [] : conversation.participants.filter((one) => one.userId === userId);
}

/** Own part, or the server itself. */
export function requireOwn(conversation: Conversation, participantId: string, by: Controller): Participant {
	const participant = requireParticipant(conversation, participantId);
	if (by.may === undefined || (by.userId !== undefined && participant.userId === by.userId)) return participant;
	throw notInvolved(conversation.id);
}

/**
 * Somebody who is in the conversation now, or the server itself. Whoever is only asked about it has but their own part.
 * @param participantId the party that it is about; absent where it is about all
 */
export function requirePart(conversation: Conversation, by: Controller, participantId?: string): void {
	if (by.may === undefined || isInCharge(conversation, by.userId)) return;
	const isOwn = ownParts(conversation, by.userId).some((one) => one.id === participantId);
	if (isOwn && isTalking(conversation, by.userId)) return;
	throw notInvolved(conversation.id);
}

/**
 * Facts about a party: its own user may always note them, everybody who is there those of all, and whoever took part as
 * soon as nobody is left whom it could surprise (scripts write when a call is over).
 */
export function requireAttributes(conversation: Conversation, participantId: string, by: Controller): void {
	if (by.may === undefined || (isPresent(conversation, by.userId) && !isGuest(conversation, by.userId))) return;
	const isOwn = by.userId !== undefined && findParticipant(conversation, participantId)?.userId === by.userId;
	if (isOwn || (isOver(conversation) && takesPart(conversation, by.userId))) return;
	throw notInvolved(conversation.id);
}

/** Readers: who takes part, and who may view conversations of one of its divisions. */
export function mayView(conversation: Conversation, by: Controller): boolean {
	if (takesPart(conversation, by.userId) || isOwner(conversation, by)) return true;
	return mayIn(by, view, divisionIdsOf(conversation));
}

/** See {@link mayView}. */
export function requireView(conversation: Conversation, by: Controller): void {
	if (!mayView(conversation, by)) throw notParticipant(conversation.id);
}

/** Whoever reads it makes something of it, but for those who are only asked about it. */
export function requireSource(conversation: Conversation, by: Controller): void {
	requireView(conversation, by);
	if (by.may !== undefined && isGuest(conversation, by.userId)) throw notInvolved(conversation.id);
}

/**
 * Ending a part: one's own; in a conversation in which one talks and is not merely asked about, that of the outside and that of a colleague who has not
 * answered yet; a colleague's needs the supervisor's permission (platform-api 5.3), or to moderate the conference.
 */
export function requireDisconnect(conversation: Conversation, participantId: string, by: Controller): void {
	const participant = requireParticipant(conversation, participantId);
	if (by.userId !== undefined && participant.userId === by.userId) return;
	const isOthersTalk = isStaff(participant) && isConnected(participant);
	if (isInCharge(conversation, by.userId) && !isOthersTalk) return;
	if (isModerator(conversation, by.userId)) return;
	if (!may(by, supervise, conversation)) throw notParticipant(conversation.id);
}

/**
 * Holding and muting: one's own part, those outside in a call in which one talks, and in a conference which one moderates
 * everybody (agent-features 2).
 */
function requireSound(conversation: Conversation, participantId: string, by: Controller): void {
	const participant = requireParticipant(conversation, participantId);
	if (isOutside(participant) && isInCharge(conversation, by.userId)) return;
	if (!isModerator(conversation, by.userId)) requireOwn(conversation, participantId, by);
}

/** The agent who has been in a conference longest moderates it; when they leave, the next one does. */
function isModerator(conversation: Conversation, userId: string | undefined): boolean {
	const talking = talkersOf(conversation);
	const [longest] = talking
		.filter(isStaff)
		.toSorted((a, b) => (a.connectedTime ?? "").localeCompare(b.connectedTime ?? ""));
	return talking.length > 2 && userId !== undefined && longest?.userId === userId && !isGuest(conversation, userId);
}

/** Consulting for somebody else, as integrations do: nobody's own part opens it. */
export function requireConsultOfOthers(conversation: Conversation, by: Controller): void {
	requireThere(by, consult, conversation);
}

/** Leaving those outside to each other takes the permission to transfer there (agent-features 2, CF-2). */
export function mayBridge(conversation: Conversation, by: Controller): boolean {
	return bridging.some((permission) => may(by, permission, conversation));
}

/** Ending everything: one's own conversation, unless a colleague talks with the outside in it; else the supervisor's permission. */
export function requireEnd(conversation: Conversation, by: Controller): void {
	if (isInCharge(conversation, by.userId) && !takesFromColleague(conversation, by.userId)) return;
	if (isOwner(conversation, by)) return;
	if (may(by, supervise, conversation)) return;
	throw notParticipant(conversation.id);
}

/** Theirs by what its medium says, though they take no part: a callback of which they are the owner. */
function isOwner(conversation: Conversation, { userId }: Controller): boolean {
	return userId !== undefined && (mediumOf(conversation).owners?.(conversation).includes(userId) ?? false);
}

function takesFromColleague(conversation: Conversation, userId: string | undefined): boolean {
	const others = conversation.participants.filter((one) => isStaff(one) && one.userId !== userId && isConnected(one));
	return others.length > 0 && conversation.participants.some((one) => isOutside(one) && isLive(one));
}

/** Pausing a recording: who is in the conversation, and who may pause others' (platform-api 5.6). */
export function requireRecordingControl(conversation: Conversation, by: Controller): void {
	if (isInCharge(conversation, by.userId) || may(by, pauseOthers, conversation)) return;
	throw notParticipant(conversation.id);
}

/** Taking a waiting call oneself, and giving it to somebody else, are permissions of their own (platform-api 5.3). */
export function requireAssign(conversation: Conversation, userId: string, by: Controller): void {
	const permission = by.userId === userId ? pullOf(conversation) : assignOf(conversation);
	requireThere(by, permission, conversation);
}

/** How urgent a waiting interaction is, and who suits it, is up to who may give it out. */
export function requireRouting(conversation: Conversation, by: Controller): void {
	requireThere(by, assignOf(conversation), conversation);
}

/** How utilization counts an interaction is nobody's by taking part in it. */
export function requireLabelling(conversation: Conversation, by: Controller): void {
	requireThere(by, editLabel, conversation);
}
export const editLabel = "conversation:utilizationLabel:edit";

/** Whoever gives out work needs that where the user is, too (`mayEnlist` in authorization/judge.ts). */
export function requireUserToAssign(
	conversation: Conversation,
	user: { id: string; divisionId?: string },
	by: Controller,
): void {
	if (by.userId === user.id || user.divisionId === undefined) return;
	const permission = assignOf(conversation);
	requireIn(by, permission, user.divisionId);
}

/** For what is of no conversation yet. @throws ApiError 403 */
export function requireIn(by: Controller, permission: string, divisionId: string): void {
	if (!mayIn(by, permission, [divisionId])) throw missingPermission(by, permission, [divisionId]);
}

/** The permission where the conversation is now. @throws ApiError 403 */
function requireThere(by: Controller, permission: string, conversation: Conversation): void {
	if (!may(by, permission, conversation)) throw missingPermission(by, permission, divisionIdsNow(conversation));
}

/** Whoever holds it where none of these divisions is has the permission, and is told the division. */
function missingPermission(by: Controller, permission: string, divisionIds: readonly string[]): ApiError {
	return missingWhere(permission, divisionIds, (one) => by.may?.(one) ?? true);
}

/** Checks a whole patch before anything of it is done. */
export function requirePatch(
	conversation: Conversation,
	participantId: string,
	patch: ParticipantPatch,
	by: Controller,
): void {
	const { state, held, muted, ...rest } = patch;
	if (state === "disconnected") requireDisconnect(conversation, participantId, by);
	const isSound = held !== undefined || muted !== undefined;
	if (isSound) requireSound(conversation, participantId, by);
	const others = Object.values(rest).some((value) => value !== undefined);
	if ((state !== "disconnected" && !(state === undefined && isSound)) || others)
		requireOwn(conversation, participantId, by);
	if (patch.recording !== undefined) requireThere(by, record, conversation);
}

/** One's own part, by who may park interactions of its medium (agent-features 8.2). @throws ApiError 403 */
export function requirePark(conversation: Conversation, participantId: string, by: Controller): void {
	const { internal } = requireOwn(conversation, participantId, by);
	const permission = `conversation:${internal.medium === "messages" ? "message" : "email"}:park`;
	requireThere(by, permission, conversation);
}
