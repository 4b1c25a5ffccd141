/** Times and durations of an interaction (framework-contract 7). */
import type { PlatformConversation, PlatformParticipant } from "../platform-conversation.ts";
import { legsOf, withPurpose } from "./parties.ts";

/** ISO-8601 UTC with milliseconds; undefined for nothing and for nonsense. */
export function isoTime(value: string | undefined): string | undefined {
	if (value === undefined) return undefined;
	const time = Date.parse(value);
	return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** Whole seconds between two times, never negative; undefined when either is missing. */
export function secondsBetween(start: string | undefined, end: string | undefined): number | undefined {
	if (start === undefined || end === undefined) return undefined;
	const seconds = Math.round((Date.parse(end) - Date.parse(start)) / 1000);
	return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

/**
 * When the conversation began, also where nobody has answered it, or ever did: one beginning, before and after its page is
 * loaded again. Else, where nothing says it, the earliest moment anybody in it was connected.
 */
export function conversationStart(conversation: PlatformConversation): string | undefined {
	const said = isoTime(conversation.startTime ?? conversation.inlayStartTime);
	if (said !== undefined) return said;
	const connected = (conversation.participants ?? []).flatMap(
		(participant) => isoTime(participant.connectedTime) ?? [],
	);
	return connected.sort()[0];
}

/** Whole seconds spent with participants of these purposes, up to `until` for those still there. */
export function secondsIn(conversation: PlatformConversation, purposes: readonly string[], until?: string): number {
	return withPurpose(conversation, purposes)
		.map((participant) => secondsBetween(startOf(participant), endOf(participant) ?? until) ?? 0)
		.reduce((sum, seconds) => sum + seconds, 0);
}

/** Whole seconds that these were connected, one after the other; undefined where none was, or one still is. */
export function secondsTogether(participants: readonly PlatformParticipant[]): number | undefined {
	const each = participants.map((participant) => msBetween(startOf(participant), endOf(participant)));
	if (each.length === 0) return undefined;
	const ms = each.reduce((sum, one) => (sum === undefined || one === undefined ? undefined : sum + one));
	// As clocks show it: seconds that are over, of all stretches together.
	return ms === undefined ? undefined : Math.floor(ms / 1000);
}

function msBetween(start: string | undefined, end: string | undefined): number | undefined {
	const ms = start === undefined || end === undefined ? Number.NaN : Date.parse(end) - Date.parse(start);
	return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

export function startOf(participant: PlatformParticipant): string | undefined {
	const first = legsOf(participant).flatMap((leg) => isoTime(leg.communication.connectedTime) ?? []);
	return first.sort()[0] ?? isoTime(participant.connectedTime);
}

export function endOf(participant: PlatformParticipant): string | undefined {
	const last = legsOf(participant).flatMap((leg) => isoTime(leg.communication.disconnectedTime) ?? []);
	return isoTime(participant.endTime) ?? last.sort().at(-1);
}
