import { type Place, placeAt } from "../../shell/places.ts";
import type { Route } from "../../shell/router.ts";
import type { AuditMessage } from "./audit-wire.ts";

/** The console's screen of a kind of thing. */
const screens = {
	User: "person",
	Group: "group",
	Role: "role",
	OAuthClient: "client",
	Integration: "deployment",
	PresenceDefinition: "status",
	Queue: "queue",
	WrapupCode: "wrapup-code",
	RecordingPolicy: "recording-policy",
	EntryPoint: "number",
	Trunk: "trunk",
	EmailDomain: "email-domain",
	MessageAddress: "message-address",
	Library: "library",
	Response: "response",
	Script: "script",
	Contact: "contact",
} as const;

/** Where the thing of an entry is administered; nowhere where it has gone, or has no screen of its own. */
export function placeOf({ entityType, entity, action, serviceName, status }: AuditMessage): Place | undefined {
	const screen = screens[entityType as keyof typeof screens];
	const isThere = screen && action !== "Delete" && status === "SUCCESS" && serviceName !== "Outbound";
	return isThere ? placeAt({ screen, id: entity.id } as Route) : undefined;
}
