import { rightsTopic } from "@inlay/contract";
import type { Actor, NewEvent } from "../kernel/events/event-log.ts";
import type { Division, Grant, Role } from "./model.ts";

/** Event types after which nobody's effective permissions may be taken from memory. */
export const grantChangingEvents: ReadonlySet<string> = new Set([
	"role.changed",
	"role.deleted",
	"grant.added",
	"grant.removed",
	"division.deleted",
	"group.members.changed",
	"group.deleted",
]);

export function roleChanged(role: Role, actor?: Actor): NewEvent {
	const { id, name, policies } = role;
	const data = { name, policies };
	return { type: "role.changed", entityType: "role", entityId: id, ...by(actor), data, ...toldTo() };
}

export function roleDeleted(role: Role, actor?: Actor): NewEvent {
	const data = { name: role.name };
	return { type: "role.deleted", entityType: "role", entityId: role.id, ...by(actor), data, ...toldTo() };
}

export function divisionChanged(division: Division, actor?: Actor): NewEvent {
	return { type: "division.changed", ...aboutDivision(division, actor) };
}

export function divisionDeleted(division: Division, actor?: Actor): NewEvent {
	return { type: "division.deleted", ...aboutDivision(division, actor), ...toldTo() };
}

function aboutDivision({ version: _counted, ...data }: Division, actor?: Actor) {
	return { entityType: "division", entityId: data.id, ...by(actor), data };
}

type GrantKey = Pick<Grant, "subjectId" | "roleId" | "divisionId">;

/** @param whose whose rights it changes: the subject's own, or those of a group's members */
export function grantAdded(grant: GrantKey, whose: readonly string[], actor?: Actor): NewEvent {
	return grantEvent("grant.added", grant, whose, actor);
}

/** @param whose as above */
export function grantRemoved(grant: GrantKey, whose: readonly string[], actor?: Actor): NewEvent {
	return grantEvent("grant.removed", grant, whose, actor);
}

function grantEvent(type: string, grant: GrantKey, whose: readonly string[], actor: Actor | undefined): NewEvent {
	const data = keyOf(grant);
	return { type, entityType: "subject", entityId: grant.subjectId, ...by(actor), data, ...toldTo(whose) };
}

/**
 * Panels look whether their agent may still be there (agent-features 0.1-3: within 5 s).
 * @param whose users; without any, everybody
 */
function toldTo(whose?: readonly string[]) {
	const topics = whose ? whose.map((userId) => rightsTopic(userId)) : [rightsTopic()];
	return { announcements: topics.length > 0 ? [{ topics, eventBody: {} }] : [] };
}

function keyOf({ roleId, divisionId }: GrantKey) {
	return { roleId, divisionId };
}

function by(actor: Actor | undefined): { actor?: Actor } {
	return actor ? { actor } : {};
}
