/**
 * What communications of every medium have in common, in the platform's form (platform-api 5.3). What one medium alone has
 * stands in its folder. All times are ISO 8601 texts, as they are sent.
 */

/** `scheduled`: agreed upon, and not due yet. */
export type CommunicationState =
	| "scheduled"
	| "alerting"
	| "dialing"
	| "contacting"
	| "connected"
	/** Put aside by its agent: in nobody's way until it is taken up again. */
	| "parked"
	| "disconnected"
	| "terminated";

/** Why a party's communication ended (platform-api 5.3). */
export const disconnectTypes = [
	"endpoint",
	"endpoint.donotdisturb",
	"client",
	"system",
	"transfer",
	"transfer.conference",
	"transfer.consult",
	"transfer.donotdisturb",
	"transfer.forward",
	"transfer.noanswer",
	"transfer.notavailable",
	"transport.failure",
	"error",
	"peer",
	"other",
	"spam",
	"inactivity",
	"session.expired",
	"takeover",
] as const;
export type DisconnectType = (typeof disconnectTypes)[number];

export type WrapupPrompt = "mandatory" | "optional" | "timeout" | "forcedTimeout" | "agentRequested";

export interface Address {
	name?: string;
	nameRaw?: string;
	addressNormalized?: string;
	addressRaw?: string;
	addressDisplayable?: string;
}

/** What the agent noted about the interaction. `provisional` may still change and does not end after-call work. */
export interface Wrapup {
	code?: string;
	name?: string;
	notes?: string;
	tags?: string[];
	durationSeconds?: number;
	endTime?: string;
	provisional?: boolean;
}

/** What counts of a wrap-up, for whoever reports or acts upon it: nothing of what is provisional yet. */
export function givenWrapup(wrapup: Wrapup | undefined): Wrapup | undefined {
	return wrapup?.provisional ? undefined : wrapup;
}

export interface AfterCallWork {
	/** `unknown` before the communication has ended. */
	state: "unknown" | "skipped" | "pending" | "complete" | "notApplicable";
	startTime?: string;
	endTime?: string;
}

/** One party's part in an interaction by one medium. Who comes again is a new participant with a new one. */
export interface Communication {
	id: string;
	state: CommunicationState;
	initialState: CommunicationState;
	/** Seen from the party: what alerts an agent is inbound, what the agent begins is outbound. */
	direction: "inbound" | "outbound";
	held: boolean;
	/** Why it came to nothing (`failures.ts`): on the party that was not reached, and on those who wanted it. */
	errorInfo?: { code: string; message: string };
	disconnectType?: DisconnectType;
	/** The same in the words of telephony. */
	disconnectReasons?: Array<{ type: "sip"; code: number; phrase: string }>;
	startHoldTime?: string;
	startAlertingTime?: string;
	connectedTime?: string;
	disconnectedTime?: string;
	/** Of what is parked: since when, and until when at most. */
	parkTime?: string;
	resumeTime?: string;
	provider: string;
	transferSource?: string;
	wrapup?: Wrapup;
	afterCallWork?: AfterCallWork;
	afterCallWorkRequired: boolean;
	/** What the party did when, the present included; older documents have none. */
	segments?: Segment[];
	/** How the queue wants such interactions offered, as it was when the party came. */
	queueMediaSettings?: QueueMediaSettings;
}

/** A stretch of one party's time: alert, contacting, dialing, interact or hold. */
export interface Segment {
	startTime: string;
	/** Absent while it lasts. */
	endTime?: string;
	type: string;
	/** What came next: another activity, or `disconnect`. */
	howEnded?: string;
	disconnectType?: DisconnectType;
}

/** `ConversationQueueMediaSettings` of the platform. */
export interface QueueMediaSettings {
	alertingTimeoutSeconds?: number;
	enableAutoAnswer?: boolean;
}

/** The platform's `Address` of a number or address with its owner's name. */
export function addressOf(name: string | undefined, address: string | undefined): Address {
	return {
		...(name ? { name, nameRaw: name } : {}),
		...(address ? { addressNormalized: address, addressRaw: address, addressDisplayable: displayable(address) } : {}),
	};
}

function displayable(address: string): string {
	return address.replace(/^(tel|sips?):/, "").replace(/@.*$/, "");
}
