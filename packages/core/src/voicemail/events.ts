import type { Actor, NewEvent } from "../kernel/events/event-log.ts";
import type { CopyRecord, Owner, Voicemail } from "./model.ts";

export type VoicemailAction = "created" | "updated" | "deleted";

/**
 * `voicemail.created`, `.updated` or `.deleted`, announced to everybody whose mailbox it is in as
 * VoicemailMessagesTopicVoicemailMessage (platform-api 5.19): the message-waiting indicator follows it.
 *
 * @param readers the user, or the group's members
 */
export function voicemailChanged(
	voicemail: Voicemail,
	action: VoicemailAction,
	readers: readonly string[],
	actor?: Actor,
): NewEvent {
	return {
		type: `voicemail.${action}`,
		entityType: "voicemail",
		entityId: voicemail.id,
		...(actor ? { actor } : {}),
		data: { owner: voicemail.owner, conversationId: voicemail.conversationId },
		announcements:
			readers.length === 0
				? []
				: [
						{
							topics: readers.map((userId) => `v2.users.${userId}.voicemail.messages`),
							eventBody: topicBody(voicemail, action),
							metadata: { action },
						},
					],
	};
}

function topicBody(voicemail: Voicemail, action: VoicemailAction) {
	const { id, callerAddress, callerName, note, copiedFrom, copiedTo, modifiedBy } = voicemail;
	const [created, modified] = [voicemail.createdAt.toISOString(), voicemail.modifiedAt.toISOString()];
	return {
		id,
		read: voicemail.readAt !== undefined,
		audioRecordingDurationSeconds: Math.round(voicemail.durationMs / 1000),
		audioRecordingSizeBytes: voicemail.bytes,
		createdDate: created,
		createdDateString: created,
		modifiedDate: modified,
		modifiedDateString: modified,
		...(callerAddress ? { callerAddress } : {}),
		...(callerName ? { callerName } : {}),
		action,
		...(note ? { note } : {}),
		deleted: voicemail.deletedAt !== undefined,
		...(modifiedBy ? { modifiedByUserId: modifiedBy } : {}),
		copiedTo: copiedTo.map(parties),
		...(copiedFrom ? { copiedFrom: parties(copiedFrom) } : {}),
	};
}

function parties({ userId, groupId }: CopyRecord) {
	return { ...(userId ? { user: { id: userId } } : {}), ...(groupId ? { group: { id: groupId } } : {}) };
}

/** `voicemail.policy.changed`: of the organization, or of one owner. */
export function policyChanged(owner: Owner | "organization", actor: Actor): NewEvent {
	const entityId = owner === "organization" ? owner : `${owner.type}:${owner.id}`;
	return { type: "voicemail.policy.changed", entityType: "voicemail-policy", entityId, actor };
}
