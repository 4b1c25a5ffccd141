import type { FindingCode, FindingSeverity } from "./codes.ts";

/** What a finding can be about. */
export type ThingKind =
	| "deployment"
	| "client"
	/** A client as what may have been authorized. */
	| "application"
	| "group"
	| "person"
	| "queue"
	| "email-address"
	| "trunk"
	/** How interactions are given to people. */
	| "routing"
	| "organization"
	| "server"
	| "browser";

/** One thing, as people know it. */
export interface Thing {
	kind: ThingKind;
	/** Absent where there is only one: the organization, the server, this browser. */
	id?: string;
	/** Empty where its kind says it all. */
	name: string;
}

/** The field of a screen at which something is set, by a name that the screens know. */
export type CureField =
	| "redirectUris"
	| "scopes"
	| "authorization"
	| "grant"
	| "state"
	| "lifetime"
	| "client"
	| "script"
	| "groups"
	| "origins"
	| "members"
	| "roles"
	| "license"
	| "queues"
	| "station"
	| "mailbox"
	| "trunk"
	| "utilization"
	| "tellCallers"
	| "name";

/** One safe step that mends it: what the console offers as a button, and `inlay doctor --fix` does. */
export type Fix =
	| { do: "addRedirectUris"; clientId: string; uris: readonly string[] }
	| { do: "addScopes"; clientId: string; scopes: readonly string[] }
	| { do: "enableClient"; clientId: string }
	| { do: "activateDeployment"; deploymentId: string };

/** Where it is mended, and by what. The words are the code's (`findingTexts`). */
export interface Cure {
	/** Where in the console; absent for what is mended on the machine or in a browser. */
	at?: { thing: Thing; field: CureField };
	/** Line of the framework.js, from 1. */
	line?: number;
	/** The upload of framework.js that it is about; absent: the one that everybody has. */
	version?: number;
	fix?: Fix;
}

/** Something that is wrong, or will be. Whoever finds it, it has one code, one cause and one cure. */
export interface Finding {
	/** Stable, `area.fault`; every one has an entry in docs/doctor.md. */
	code: FindingCode;
	severity: FindingSeverity;
	about: Thing;
	/** What its sentence tells: the key of a text in `findingTexts`, and what it is filled with. */
	cause: { say: string; values: Readonly<Record<string, string | number>> };
	cure: Cure;
	/** ISO time since when it has been so, where that is known. */
	since?: string;
	/** ISO time of the last time, where that is known. */
	last?: string;
	/** How often, or how many, where that is known. */
	count?: number;
}

/** What could not be looked at, so that nobody takes silence for health. */
export interface Unchecked {
	what: UncheckedThing;
	/** Why: `permission` of the reader, `unavailable` from where the check ran, or `failed`. */
	why: "permission" | "unavailable" | "failed";
	/** The permission that is missing, or what went wrong. */
	detail?: string;
	/** The permission is missing in some division at least: held in one of them alone it shows too little to judge by. */
	everywhere?: true;
}

/** What a look is at. */
export type UncheckedThing =
	| "clients"
	| "people"
	| "licenses"
	| "groups"
	| "queues"
	| "deployments"
	| "scripts"
	| "origins"
	| "usage"
	| "server"
	| "media"
	/** Servers to which mails are sent, and mails that were not. */
	| "mail"
	/** Those from which mails are brought. */
	| "mailboxes"
	| "trunks"
	| "messages"
	| "recordings"
	| "backup"
	| "certificate"
	| "database"
	| "address"
	| "disk"
	| "clock";

/** All that one look has found. */
export interface HealthReport {
	findings: Finding[];
	unchecked: Unchecked[];
	/** With which clients the panels of active deployments sign in, as far as the reader may see clients; absent: nobody has looked. */
	signIns?: Array<{ deploymentId: string; clientId: string }>;
}
