import type { Actor, NewEvent } from "../../kernel/events/event-log.ts";
import type { Participant } from "../model.ts";
import type { Change } from "../store.ts";
import { findCall } from "./model.ts";

/** Voice plays these keys to the party. */
export function digitsSent(conversationId: string, participantId: string, digits: string, actor?: Actor): NewEvent {
	return {
		type: "conversation.digits",
		entityType: "conversation",
		entityId: conversationId,
		...(actor ? { actor } : {}),
		data: { conversationId, participantId, digits },
	};
}

/** What somebody has paused is recorded again in a moment: voice tells them by a tone. */
export function recordingResumes(conversationId: string, participantId: string): NewEvent {
	return {
		type: "conversation.recording.resumes",
		entityType: "conversation",
		entityId: conversationId,
		data: { conversationId, participantId },
	};
}

/** Keys for parties who have just answered and were dialled with an extension: the same event as an agent's own keys. */
export function extensionsDialled({ before, after }: Change): NewEvent[] {
	const isConnected = (one: Participant | undefined) => one !== undefined && findCall(one)?.state === "connected";
	return after.participants.flatMap((one) => {
		const digits = one.internal.digitsAfter;
		const was = before?.participants.find((other) => other.id === one.id);
		// Whoever answers hears the first key after a breath, as every phone system that has extensions speaks first.
		return digits && isConnected(one) && !isConnected(was) ? [digitsSent(after.id, one.id, `,${digits}`)] : [];
	});
}
