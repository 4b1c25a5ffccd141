import type { Communication } from "./communication.ts";
import type { Communications } from "./media.ts";
import { type Conversation, findParticipant, mediumOfPart, mediumOfWhole, named, type Participant } from "./model.ts";

/**
 * An interaction of one medium may have communications of another: the calls that are made within a callback. `partIn` is the
 * interaction as far as it takes place by one medium, a document of that medium with those who take part in it so; all that
 * is known of the medium holds for it. Whatever changes it changes the whole by `keepPart`.
 * @returns undefined where nobody takes part so
 */
export function partIn(conversation: Conversation, list: keyof Communications): Conversation | undefined {
	if (mediumOfWhole(conversation) === list) return conversation;
	const participants = conversation.participants.flatMap((one) => partyIn(one, list) ?? []);
	if (participants.length === 0) return undefined;
	const { medium: _medium, facts: _facts, ...internal } = conversation.internal;
	const endTime = conversation.endTime ?? endOf(participants, list);
	const { endTime: _end, ...rest } = conversation;
	return { ...rest, ...(endTime ? { endTime } : {}), participants, internal: { ...internal, ...named(list) } };
}

/** The party as it takes part by that medium: what it has of it last. Wrap-up and the rest are the whole's. */
function partyIn(participant: Participant, list: keyof Communications): Participant | undefined {
	if (mediumOfPart(participant) === list) return participant;
	const own = lastOf(participant, list);
	if (!own) return undefined;
	const { id, purpose, name, startTime, userId, queueId, queueName, mediaRoles, attributes, wrapup, internal } =
		participant;
	return {
		id,
		purpose,
		...(name ? { name } : {}),
		startTime,
		...(own.connectedTime ? { connectedTime: own.connectedTime } : {}),
		...(own.disconnectedTime ? { endTime: own.disconnectedTime } : {}),
		...(userId ? { userId } : {}),
		...(queueId ? { queueId } : {}),
		...(queueName ? { queueName } : {}),
		wrapupRequired: false,
		...(wrapup ? { wrapup } : {}),
		mediaRoles,
		attributes,
		...({ [list]: [own] } as Communications),
		internal: {
			acd: internal.acd,
			...(internal.divisions ? { divisions: internal.divisions } : {}),
			...(internal.unheard ? { unheard: true } : {}),
			...(internal.heldBy ? { heldBy: internal.heldBy } : {}),
			...(internal.mutedBy ? { mutedBy: internal.mutedBy } : {}),
			...named(list),
		},
	};
}

function lastOf(participant: Participant, list: keyof Communications): Communication | undefined {
	return participant[list]?.at(-1);
}

/** When the last of them left, once all have. */
function endOf(participants: readonly Participant[], list: keyof Communications): string | undefined {
	const ends = participants.map((one) => lastOf(one, list)?.disconnectedTime);
	return ends.every((one) => one !== undefined) ? ends.toSorted().at(-1) : undefined;
}

/** Takes over what happened in a part: those who came to it, and what a conversation has once. */
export function keepPart(draft: Conversation, part: Conversation): void {
	if (part === draft) return;
	const known = new Set(draft.participants.map((one) => one.id));
	draft.participants.push(...part.participants.filter((one) => !known.has(one.id)));
	draft.recordingState = part.recordingState;
	draft.securePause = part.securePause;
	const {
		next,
		consult,
		recordingId,
		recordedBy,
		recorders,
		policyRecording,
		consultRecording,
		pause,
		recordingFailed,
	} = part.internal;
	Object.assign(draft.internal, { next, consult });
	Object.assign(draft.internal, {
		recordingId,
		recordedBy,
		recorders,
		policyRecording,
		consultRecording,
		pause,
		recordingFailed,
	});
	for (const { id, internal } of part.participants) {
		const whole = findParticipant(draft, id);
		if (!whole || whole.internal === internal) continue;
		const { unheard, heldBy, mutedBy } = internal;
		Object.assign(whole.internal, { unheard, heldBy, mutedBy });
	}
}
