import { outboundTopic } from "@inlay/contract";
import type { Actor, NewEvent } from "../kernel/events/event-log.ts";
import type { Thing, ThingKind } from "./model.ts";

/** Where the platform announces each kind (platform-api, appendix B). */
const areas: Record<ThingKind, string> = {
	contactList: "contactlists",
	dncList: "dnclists",
	callableTimeSet: "callabletimesets",
	attemptLimits: "attemptlimits",
	ruleSet: "rulesets",
	campaign: "campaigns",
};

/** `outbound.<kind>.changed`, announced as the thing itself. */
export function thingChanged(
	kind: ThingKind,
	{ id, name, divisionId }: Pick<Thing<unknown>, "id" | "name" | "divisionId">,
	change: string,
	view: object,
	actor?: Actor,
): NewEvent {
	return {
		type: `outbound.${kind.toLowerCase()}.changed`,
		entityType: kind,
		entityId: id,
		...(actor ? { actor } : {}),
		data: { id, name, change, ...(divisionId ? { divisionId } : {}) },
		announcements: [
			{
				topics: [`v2.outbound.${areas[kind]}.${id}`],
				eventBody: view,
				...(divisionId ? { visibleTo: { divisionIds: [divisionId], userIds: [] } } : {}),
			},
		],
	};
}

/** `outbound.import.ended`, announced as ContactlistImportStatusImportStatus. */
export function importEnded(
	{ id, divisionId }: { id: string; divisionId?: string | undefined },
	status: object,
	actor?: Actor,
): NewEvent {
	return {
		type: "outbound.import.ended",
		entityType: "contactList",
		entityId: id,
		...(actor ? { actor } : {}),
		data: { id },
		announcements: [
			{
				topics: [`v2.outbound.contactlists.${id}.importstatus`],
				eventBody: status,
				...(divisionId ? { visibleTo: { divisionIds: [divisionId], userIds: [] } } : {}),
			},
		],
	};
}

/** `outbound.dnc.changed`: numbers were added to, or taken from, a list; an auditor asks who, not which. */
export function dncChanged(listId: string, change: "added" | "removed", count: number, actor?: Actor): NewEvent {
	return {
		type: "outbound.dnc.changed",
		entityType: "dncList",
		entityId: listId,
		...(actor ? { actor } : {}),
		data: { id: listId, change, count },
	};
}

/** `outbound.contact.changed`: by hand, not by an upload. */
export function contactChanged(listId: string, contactId: string, change: string, actor: Actor): NewEvent {
	return {
		type: "outbound.contact.changed",
		entityType: "contact",
		entityId: contactId,
		actor,
		data: { contactListId: listId, id: contactId, change },
	};
}

/** `outbound.settings.changed`, `outbound.mapping.changed`. */
export function rulesChanged(which: "settings" | "mapping", view: object, actor: Actor): NewEvent {
	const topic = which === "settings" ? "v2.outbound.settings" : "v2.outbound.wrapupcodemappings.mapping";
	return {
		type: `outbound.${which}.changed`,
		entityType: "outbound",
		entityId: which,
		actor,
		announcements: [{ topics: [topic], eventBody: view }],
	};
}

/** `outbound.contact.taken`: a contact is about to be offered or called (platform-api 5.17). */
export function contactTaken(
	{ id, divisionId }: Pick<Thing<unknown>, "id" | "divisionId">,
	mode: string,
	contact: { contactListId: string; contactId: string; conversationId: string },
): NewEvent {
	const kind = mode === "preview" ? "preview" : "voice";
	return {
		type: "outbound.contact.taken",
		entityType: "campaign",
		entityId: id,
		data: { campaignId: id, ...contact },
		announcements: [
			{
				topics: [`v2.outbound.${kind}.campaigns.contact.preContact`],
				eventBody: { campaignId: id, ...contact },
				...(divisionId ? { visibleTo: { divisionIds: [divisionId], userIds: [] } } : {}),
			},
		],
	};
}

/** `previews.paused`: an agent wants none for now, or again. */
export function previewsPaused(userId: string, paused: boolean, actor: Actor): NewEvent {
	return {
		type: "previews.paused",
		entityType: "user",
		entityId: userId,
		actor,
		data: { userId, paused },
		announcements: [{ topics: [outboundTopic(userId)], eventBody: { previewsPaused: paused } }],
	};
}

/** `outbound.campaign.told`: a campaign calls for their queue, or does no more. */
export function campaignTold(campaignId: string, userIds: readonly string[]): NewEvent {
	return {
		type: "outbound.campaign.told",
		entityType: "campaign",
		entityId: campaignId,
		data: { campaignId },
		announcements: [{ topics: userIds.map((id) => outboundTopic(id)), eventBody: { campaigns: true } }],
	};
}
