import type { NewEvent } from "../kernel/events/event-log.ts";
import type { AuditEntry, Subject } from "./model.ts";
import { textOf } from "./property-changes.ts";

/** What an event says for itself, whoever's request it came of. */
export type Told = Pick<AuditEntry, "subject" | "action" | "status" | "context"> & Partial<Pick<AuditEntry, "address">>;

type Data = Readonly<Record<string, unknown>>;

/**
 * Events that are entries by themselves: nobody administers anything there, and an auditor asks for them all the same. Each is
 * told in the transaction in which it happens, by whatever way it came.
 */
const readings: Readonly<Record<string, (event: NewEvent, data: Data) => Told | undefined>> = {
	"user.signedIn": ({ entityId }, { factors, address, clientId }) =>
		told(person(entityId), "Authenticate", { factors, clientId }, { address }),
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
};

const accessActions: Readonly<Record<string, string>> = { link: "View", play: "Play", download: "Download" };

function person(id: string, name?: unknown): Subject {
	return { service: "Login", entityType: "User", id, ...(typeof name === "string" ? { name } : {}) };
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

/** The entry that an event is by itself, if it is one. */
export function toldByItself(event: NewEvent): Told | undefined {
	return readings[event.type]?.(event, (event.data ?? {}) as Data);
}

/** Whether an event is told by itself: it then says nothing of the request that it came with. */
export function isToldByItself({ type }: NewEvent): boolean {
	return readings[type] !== undefined;
}
