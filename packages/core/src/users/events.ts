import { rightsTopic } from "@inlay/contract";
import type { Actor, NewEvent } from "../kernel/events/event-log.ts";
import type { User } from "./model.ts";

/** `state` and `divisionId` are what other domains follow; the rest is read when it is needed. */
export function userCreated(user: User, actor?: Actor): NewEvent {
	return { type: "user.created", entityType: "user", entityId: user.id, ...by(actor), data: summaryOf(user) };
}

export function userChanged(user: User, actor?: Actor): NewEvent {
	return { type: "user.changed", entityType: "user", entityId: user.id, ...by(actor), data: summaryOf(user) };
}

export function userDeleted(user: User, actor?: Actor): NewEvent {
	return { type: "user.deleted", entityType: "user", entityId: user.id, ...by(actor), data: summaryOf(user) };
}

/** @param mustChange the password is good for choosing another one only */
export function passwordChanged(userId: string, mustChange: boolean, actor?: Actor): NewEvent {
	const data = { mustChange };
	return { type: "user.password.changed", entityType: "user", entityId: userId, ...by(actor), data };
}

/** What whoever owns the machine has done so that a user can sign in again, past all rights. */
export interface RestoredAccess {
	/** User of the operating system. */
	operator: string;
	secondFactorRemoved: boolean;
	activated: boolean;
}

export function accessRestored(userId: string, data: RestoredAccess): NewEvent {
	return { type: "user.access.restored", entityType: "user", entityId: userId, data };
}

/** The operator of the machine has given the organization an administrator, and mended what stood in the way. */
export function administratorRecovered(
	userId: string,
	data: { operator: string; mended: readonly string[] },
): NewEvent {
	return { type: "administrator.recovered", entityType: "user", entityId: userId, data };
}

/** How somebody has signed in, for audit. */
export interface SignInFacts {
	/** `demo` is one click, of demo users alone. */
	/** `provider`: an identity provider vouches, whatever it asks for. */
	factors: readonly ("password" | "code" | "demo" | "provider")[];
	/** The identity provider's name. */
	provider?: string;
	address: string;
	clientId: string;
}

export function userSignedIn(userId: string, facts: SignInFacts): NewEvent {
	return { type: "user.signedIn", entityType: "user", entityId: userId, actor: { userId }, data: facts };
}

export function secondFactorChanged(
	userId: string,
	what: "added" | "removed" | "recoveryCodes",
	actor?: Actor,
): NewEvent {
	return { type: "user.secondFactor.changed", entityType: "user", entityId: userId, ...by(actor), data: { what } };
}

export function recoveryCodeUsed(userId: string, left: number): NewEvent {
	return {
		type: "user.recoveryCode.used",
		entityType: "user",
		entityId: userId,
		actor: { userId },
		data: { left },
	};
}

/** For audit. `entityId` is the user whose name was tried, or the client; empty where there is none. */
export function signInRefused(refusal: { userId?: string; clientId?: string; reason: string }): NewEvent {
	const entityId = refusal.userId ?? (refusal.reason === "client-credentials" ? (refusal.clientId ?? "") : "");
	return { type: "signIn.refused", entityType: "signIn", entityId, data: refusal };
}

/** Refusals beyond those that are told one by one. */
export function signInsRefused(counted: { reasons: Record<string, number>; addresses: number }): NewEvent {
	return { type: "signIn.refused.more", entityType: "signIn", entityId: "", data: counted };
}

export function groupChanged(groupId: string, name: string, actor?: Actor): NewEvent {
	return { type: "group.changed", entityType: "group", entityId: groupId, ...by(actor), data: { name } };
}

export function groupDeleted(groupId: string, name: string, actor?: Actor): NewEvent {
	const announcements = [{ topics: [rightsTopic()], eventBody: {} }];
	return { type: "group.deleted", entityType: "group", entityId: groupId, ...by(actor), data: { name }, announcements };
}

/** Who came and who went. */
export function groupMembersChanged(
	groupId: string,
	change: { added: string[]; removed: string[] },
	actor?: Actor,
): NewEvent {
	const topics = [...change.added, ...change.removed].map((userId) => rightsTopic(userId));
	return {
		type: "group.members.changed",
		entityType: "group",
		entityId: groupId,
		...by(actor),
		data: change,
		announcements: [{ topics, eventBody: {} }],
	};
}

export function organizationChanged(id: string, what: string, actor?: Actor): NewEvent {
	return { type: "organization.changed", entityType: "organization", entityId: id, ...by(actor), data: { what } };
}

function summaryOf({ name, state, divisionId }: User) {
	return { name, state, divisionId };
}

function by(actor: Actor | undefined): { actor?: Actor } {
	return actor ? { actor } : {};
}
