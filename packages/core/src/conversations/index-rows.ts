import { scorePerPriority } from "../routing/offer-rules.ts";
import {
	type Conversation,
	communicationOf,
	isInAfterCallWork,
	isLive,
	isOptionalWork,
	mediumOfPart,
	mediumOfWhole,
	type Participant,
} from "./model.ts";
import { type Wanted, wantedIn } from "./transitions/queueing.ts";

/** A party as look-ups see it. */
export interface ParticipantRow {
	conversation_id: string;
	participant_id: string;
	/** By which the party takes part. */
	medium: string;
	purpose: string;
	user_id: string | null;
	queue_id: string | null;
	state: string;
	live: boolean;
	acd: boolean;
	needs_wrapup: boolean;
	/** After-call work is open that keeps the agent from nothing. */
	wrapup_optional: boolean;
	/** When the conversation began, by which a user's are listed. */
	started_at: Date;
	label_id: string | null;
}

export function participantRow(conversation: Conversation, participant: Participant): ParticipantRow {
	return {
		conversation_id: conversation.id,
		participant_id: participant.id,
		medium: mediumOfPart(participant),
		purpose: participant.purpose,
		user_id: participant.userId ?? null,
		queue_id: participant.queueId ?? null,
		state: communicationOf(participant).state,
		live: isLive(participant),
		acd: participant.internal.acd,
		needs_wrapup: isInAfterCallWork(participant),
		wrapup_optional: isOptionalWork(participant),
		started_at: new Date(conversation.startTime),
		label_id: conversation.utilizationLabelId ?? null,
	};
}

/** The rows that differ between two states of a conversation. */
export function changedRows(before: Conversation | undefined, after: Conversation): ParticipantRow[] {
	const was = before ? before.participants.map((one) => participantRow(before, one)) : [];
	const old = new Map(was.map((row) => [row.participant_id, JSON.stringify(row)]));
	return after.participants
		.map((one) => participantRow(after, one))
		.filter((row) => old.get(row.participant_id) !== JSON.stringify(row));
}

/** The columns of the conversation's own row that follow from its document. */
export function conversationColumns(conversation: Conversation) {
	const wanted = wantedIn(conversation);
	return {
		document: JSON.stringify(conversation) as unknown as Conversation,
		medium: mediumOfWhole(conversation),
		division_id: conversation.divisionId,
		started_at: new Date(conversation.startTime),
		ended_at: conversation.endTime ? new Date(conversation.endTime) : null,
		waiting_queue_id: wanted?.queueId ?? null,
		waiting_since: wanted ? new Date(wanted.since) : null,
		waiting_rank: wanted ? rankOf(wanted) : null,
		waiting_request: wanted?.request ?? null,
		priority: conversation.internal.priority,
	};
}

/** The earlier, the sooner served by score: a minute of waiting for each step of priority. */
function rankOf({ since, priority }: Wanted): Date {
	return new Date(Date.parse(since) - priority * scorePerPriority * 1000);
}
