import type { NewEvent } from "../kernel/events/event-log.ts";
import type { AuditEntry, PropertyChange, Subject } from "./model.ts";
import { textOf } from "./property-changes.ts";

/** What an event says for itself, whoever's request it came of. */
export type Told = Pick<AuditEntry, "subject" | "action" | "status" | "context"> &
	Partial<Pick<AuditEntry, "address" | "changes">>;

type Data = Readonly<Record<string, unknown>>;

type Readings = Readonly<Record<string, (event: NewEvent, data: Data) => Told | undefined>>;

/**
 * Events that are entries by themselves: nobody administers anything there, and an auditor asks for them all the same. Each is
 * told in the transaction in which it happens, by whatever way it came.
 */
const readings: Readings = {
	"user.signedIn": ({ entityId }, { factors, provider, address, clientId }) =>
		told(person(entityId), "Authenticate", { factors, provider, clientId }, { address }),
	"user.identity.told": ({ entityId }, { provider, created, bound, gained, lost }) =>
		told(person(entityId), "IdentityChange", { provider, created, bound, gained, lost }),
	// A person who removes one is told of by their own change.
	"user.identity.removed": ({ entityId, actor }, { providerId }) =>
		actor ? undefined : told(person(entityId), "IdentityChange", { providerId, removed: true }),
	"signIn.refused": (_event, { userId, reason, address, username, nameMark, ...rest }) =>
		told(
			person(typeof userId === "string" ? userId : `unknown:${String(nameMark ?? "")}`, username),
			"Authenticate",
			{ reason, ...rest },
			{ address, isFailure: true },
		),
	"signIn.refused.more": (_event, { reasons, addresses }) =>
		told(person("unknown:more"), "Authenticate", { reasons, addresses }, { isFailure: true }),
	"user.recoveryCode.used": ({ entityId }, data) => told(person(entityId), "RecoveryCodeUsed", data),
	"user.access.restored": ({ entityId }, data) => told(person(entityId), "AccessRestored", data),
	"administrator.recovered": ({ entityId }, data) => told(person(entityId), "AccessRestored", data),
	"recording.accessed": ({ entityId }, { conversationId, access }) =>
		told({ service: "Quality", entityType: "Recording", id: entityId }, accessActions[String(access)] ?? "View", {
			conversationId,
		}),
	"recording.deleted": ({ entityId }, { conversationId }) =>
		told({ service: "Quality", entityType: "Recording", id: entityId }, "Delete", { conversationId }),
	// Agents' work is not audited, nor is mail that comes in: what they mean for an address is.
	"email.sender.blocked": ({ entityId }, { name, blocked }) =>
		ofAddress(entityId, name, { property: "blocked", oldValues: [], newValues: [String(blocked)] }),
	"email.mail.released": ({ entityId }, { name, released }) =>
		ofAddress(entityId, name, { property: "held", oldValues: [String(released)], newValues: [] }),
};

function ofAddress(id: string, name: unknown, change: PropertyChange): Told {
	const subject: Subject = {
		service: "Emails",
		entityType: "EmailRoute",
		id,
		...(typeof name === "string" ? { name } : {}),
	};
	return { ...told(subject, "Update", {}), changes: [change] };
}

/**
 * What is told so only where no request has a witness (`writer.ts`): people change their own on the sign-in pages, which
 * administer nothing. What the server itself or its operator does has an entry of another kind, or needs none.
 */
const unwitnessedReadings: Readings = {
	"user.password.changed": (event) =>
		ownChange(event, { property: "password.passwordHash", oldValues: ["•••"], newValues: ["•••"] }),
	"user.secondFactor.changed": (event, { what }) =>
		ownChange(event, { property: "secondFactor", oldValues: [], newValues: [String(what)] }),
};

const accessActions: Readonly<Record<string, string>> = { link: "View", play: "Play", download: "Download" };

function person(id: string, name?: unknown): Subject {
	return { service: "Login", entityType: "User", id, ...(typeof name === "string" ? { name } : {}) };
}

function ownChange({ entityId, actor }: NewEvent, change: PropertyChange): Told | undefined {
	if (actor?.userId === undefined) return undefined;
	const subject: Subject = { service: "Directory", entityType: "User", id: entityId };
	return { ...told(subject, "Update", {}), changes: [change] };
}

function told(
	subject: Subject,
	action: string,
	context: Data,
	{ address, isFailure }: { address?: unknown; isFailure?: boolean } = {},
): Told {
	return {
		subject,
		action,
		status: isFailure ? "FAILURE" : "SUCCESS",
		context: asContext(context),
		...(typeof address === "string" ? { address } : {}),
	};
}

/** Texts, as the platform's context has them. */
export function asContext(data: Data): Record<string, string> {
	const known = Object.entries(data).filter(([, value]) => value !== undefined && value !== null);
	return Object.fromEntries(known.map(([name, value]) => [name, textOf(value)]));
}

/** The entry that an event is by itself, if it is one. @param isSeen the change it tells of has a witness */
export function toldByItself(event: NewEvent, isSeen: boolean): Told | undefined {
	const reading = readings[event.type] ?? (isSeen ? undefined : unwitnessedReadings[event.type]);
	return reading?.(event, (event.data ?? {}) as Data);
}

/** Whether an event is told by itself: it then says nothing of the request that it came with. */
export function isToldByItself({ type }: NewEvent): boolean {
	return readings[type] !== undefined;
}
