/**
 * What the checks look at. Whoever reads it (the server itself, or a program by the public API) leaves out what the reader may
 * not see: nothing is concluded from what is not there.
 */
export interface OrganizationFacts {
	/** Origins at which the panel is, the first of them the one to write into clients. */
	panelOrigins: readonly string[];
	/** Paths of the panel to which sign-in may return; one of them suffices. */
	panelPages: readonly string[];
	/** Path of the page that signs in in a window of its own, where the panel has one. */
	windowPage?: string;
	/** The client that comes with the product and serves deployments that name none; absent elsewhere. */
	bundledClientId?: string;
	/** The organization's own list of embedding pages; absent where pages are not listed. */
	embedAllowList?: readonly string[];
	/** Private deployments that an organization may have. */
	mostDeployments: number;
	clients?: readonly ClientFacts[];
	deployments: readonly DeploymentFacts[];
	groups?: readonly GroupFacts[];
	/** With other servers, from which mails are brought. */
	mailboxes?: readonly MailboxFacts[];
	/** Lines to the outside, switched off or on; absent where nobody looked. */
	trunks?: readonly TrunkFacts[];
	/** The outside is played (demo): whoever has no trunk reaches somebody all the same. */
	playsOutside?: boolean;
	people?: readonly PersonFacts[];
	/**
	 * Those whom the reader may see where they may not see everybody (somebody who administers one division): what is true of each
	 * of them is told, and nothing is concluded from who is not among them.
	 */
	peopleInSight?: readonly PersonFacts[];
	/** Those in which somebody waits and nobody is a member; absent where nobody looked. */
	deadQueues?: readonly QueueFacts[];
	/** Media of which nobody takes any, as the utilization says 0 for everybody; absent where nobody looked. */
	closedMedia?: readonly ClosedMedium[];
	/** What callers hear of the machine's English voice; absent where people speak English, or nobody looked. */
	englishVoice?: EnglishVoiceFacts;
	/** Now, ISO. */
	now: string;
}

/** The server has one voice of its own, and it speaks English. */
export interface EnglishVoiceFacts {
	/** The organization's, or its country's: a language tag such as `fr`. */
	language: string;
	/** Queues that tell their callers how they stand. */
	queues: readonly NamedFacts[];
	/** Recording policies that ask for consent. */
	policies: readonly NamedFacts[];
	/** Campaigns that tell who has answered that nobody is free. */
	campaigns: readonly NamedFacts[];
}

export interface NamedFacts {
	id: string;
	name: string;
}

export interface ClientFacts {
	id: string;
	name: string;
	grant: string;
	active: boolean;
	redirectUris: readonly string[];
	scopes: readonly string[];
	/** Those of its scopes that it has been authorized for; absent where it needs no authorization, or nobody looked. */
	authorized?: readonly string[];
	/** Seconds that its tokens live; absent where the platform's default holds. */
	lifetime?: number;
	/** ISO time at which it was made, and of its last request (null: none is known of), where that is told. */
	created?: string;
	lastUsed?: string | null;
}

/** What the linter said of a script. */
export interface ScriptFault {
	code: string;
	severity: "error" | "warning";
	message: string;
	/** From 1. */
	line: number;
}

/** What was read of one version of a framework.js. */
export interface ScriptFacts {
	/** Ids that the script may sign in with (`clientIdsIn`); absent where it was not read. */
	scriptClientIds?: readonly string[];
	/** Absent where nobody has looked. */
	faults?: readonly ScriptFault[];
}

/** A version that the members of some groups have before everybody. */
export interface StagedFacts extends ScriptFacts {
	version: number;
	/** Ids. */
	groups: readonly string[];
}

/** Its `scriptClientIds` and `faults` are those of everybody's version. */
export interface DeploymentFacts extends ScriptFacts {
	id: string;
	name: string;
	isPrivate: boolean;
	active: boolean;
	/** Ids; empty: for every user. */
	groups: readonly string[];
	/** Pages of its own that may embed it; absent where pages are not listed. */
	allowedOrigins?: readonly string[];
	/** The client that is set for it. */
	clientId?: string;
	hasScript: boolean;
	staged?: StagedFacts;
	/** What agents have met in its panels, where that is known. */
	troubles?: {
		scripts?: TroubleFacts;
		refusals?: TroubleFacts;
		unverified?: TroubleFacts;
		/** Pages that have tried to embed the panel and may not, by their own word. */
		pages?: TroubleFacts;
	};
}

export interface TroubleFacts {
	count: number;
	code: string;
	detail?: string;
	/** Where the last one came from, where that is told. */
	origin?: string;
	/** ISO time of the last one. */
	at: string;
}

export interface MailboxFacts {
	/** The organization's address whose mails lie there, and where it is administered: domain/id. */
	address: string;
	id: string;
	host: string;
	/** It cannot be read: why, in its server's words, and since when (ISO). */
	trouble?: { detail: string; since: string };
	/** Nothing in it may be changed. */
	isReadOnly?: boolean;
}

export interface TrunkFacts {
	id: string;
	name: string;
	host: string;
	transport: string;
	enabled: boolean;
	/** Its sound. */
	encrypted: boolean;
	/** It is away, does not let us in, or is not asked for want of its password: why, and since when (ISO). */
	trouble?: { isRefused: boolean; needsPassword?: boolean; detail: string; since: string };
	/** It has refused calls within the last hour, as it had as many as it may have; last at `since` (ISO). */
	full?: { most: number; since: string };
}

export interface GroupFacts {
	id: string;
	name: string;
	memberCount: number;
}

export type ClosedMedium = "call" | "callback" | "email" | "message";

export interface QueueFacts {
	id: string;
	name: string;
	/** How many customers wait in it. */
	waiting: number;
}

export interface PersonFacts {
	id: string;
	name: string;
	active: boolean;
	groups: readonly string[];
	permissions: readonly string[];
	/** Ids of what they are licensed for; absent where nobody looked. */
	licenses?: readonly string[];
	/** How many queues they are in; absent where nobody looked. */
	queues?: number;
	hasStation?: boolean;
	/** Seconds of their longest scheduled shift. */
	longestShift?: number;
}
