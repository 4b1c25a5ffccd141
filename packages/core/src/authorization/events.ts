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
	return { type: "role.changed", entityType: "role", entityId: id, ...by(actor), data: { name, policies } };
}

export function roleDeleted(role: Role, actor?: Actor): NewEvent {
	return { type: "role.deleted", entityType: "role", entityId: role.id, ...by(actor), data: { name: role.name } };
}

export function divisionChanged(division: Division, actor?: Actor): NewEvent {
	return { type: "division.changed", entityType: "division", entityId: division.id, ...by(actor), data: division };
}

export function divisionDeleted(division: Division, actor?: Actor): NewEvent {
	return { type: "division.deleted", entityType: "division", entityId: division.id, ...by(actor), data: division };
}

type GrantKey = Pick<Grant, "subjectId" | "roleId" | "divisionId">;

export function grantAdded(grant: GrantKey, actor?: Actor): NewEvent {
	return { type: "grant.added", entityType: "subject", entityId: grant.subjectId, ...by(actor), data: keyOf(grant) };
}

export function grantRemoved(grant: GrantKey, actor?: Actor): NewEvent {
	return { type: "grant.removed", entityType: "subject", entityId: grant.subjectId, ...by(actor), data: keyOf(grant) };
}

function keyOf({ roleId, divisionId }: GrantKey) {
	return { roleId, divisionId };
}

function by(actor: Actor | undefined): { actor?: Actor } {
	return actor ? { actor } : {};
}
