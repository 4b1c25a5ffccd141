/**
 * The condensed conversation that scripts and CRM pages receive (framework-contract 7).
 * Plain and JSON-serialisable; a key without a value is absent; times are ISO-8601 UTC with milliseconds.
 */

/** States seen in captured payloads, upper case (framework-contract 7). */
export type InteractionState =
	| "ALERTING"
	| "CONTACTING"
	| "DIALING"
	| "CONNECTED"
	| "HELD"
	| "DISCONNECTED"
	| "INTERACTING"
	| "PARKED";

/** One piece of a message, chat or e-mail interaction. */
export interface InteractionMessage {
	id?: string;
	time?: string;
	direction?: "inbound" | "outbound";
	text?: string;
	from?: string;
}

export interface Interaction {
	/** Conversation id. */
	id: string;
	connectedTime?: string;
	endTime?: string;
	/** Raw remote address, e.g. `tel:+66819994972`. */
	phone?: string;
	/** Display name of the remote party. */
	name?: string;
	/** Stays true while held. */
	isConnected: boolean;
	isDisconnected: boolean;
	/** True once after-call work is finished. */
	isDone: boolean;
	state: InteractionState;
	/** Only the names of `customInteractionAttributes`, keys in lower case. */
	attributes?: Record<string, string>;
	isCallback: boolean;
	isDialer: boolean;
	isChat: boolean;
	isEmail: boolean;
	isMessage: boolean;
	isVoicemail: boolean;
	remoteName?: string;
	recordingState: "active" | "paused" | "none";
	securePause: boolean;
	/** Cleaned remote address: a phone number or an e-mail address. */
	displayAddress?: string;
	queueName?: string;
	/** Caller's number, or `Internal`. */
	ani?: string;
	/** Dialled number or SIP address, or `Internal`. */
	calledNumber?: string;
	interactionDurationSeconds?: number;
	totalIvrDurationSeconds?: number;
	totalAcdDurationSeconds?: number;
	/** Name of the wrap-up code. */
	disposition?: string;
	dispositionDurationSeconds?: number;
	direction?: "Inbound" | "Outbound";
	/** Between users of the organization. */
	isInternal: boolean;
	/** Absent in the very first `add`. */
	startTime?: string;
	messageType?: string;
	callbackNumbers?: string[];
	flagged?: boolean;
	/**
	 * Ours (`state` is the agent's own part): where the remote party is while nobody in the call talks with them. `HELD`: they hear
	 * music, as somebody is consulted. `LEFT`: the agent and a colleague talk on.
	 */
	remoteState?: "HELD" | "LEFT";
	/** Since when the remote party hears music. */
	remoteHeldTime?: string;
	/** Ours: somebody is consulted in the call. Whom the agent speaks to is chosen in the consult, so nobody is held by hand. */
	isConsult?: boolean;
	/** Ours: the agent's microphone is off; absent while it is on. */
	isMuted?: boolean;
	dialerCampaignId?: string;
	dialerContactId?: string;
	dialerContactListId?: string;
	/** Only in the payload of `messageUpdate` and `chatUpdate`. */
	messages?: InteractionMessage[];
}

/** Order in which the live product was seen to write the keys (framework-contract 7), then the rarer ones. */
export const INTERACTION_KEYS = [
	"id",
	"connectedTime",
	"endTime",
	"phone",
	"name",
	"isConnected",
	"isDisconnected",
	"isDone",
	"state",
	"attributes",
	"isCallback",
	"isDialer",
	"isChat",
	"isEmail",
	"isMessage",
	"isVoicemail",
	"remoteName",
	"recordingState",
	"securePause",
	"displayAddress",
	"queueName",
	"ani",
	"calledNumber",
	"interactionDurationSeconds",
	"totalIvrDurationSeconds",
	"totalAcdDurationSeconds",
	"disposition",
	"dispositionDurationSeconds",
	"direction",
	"isInternal",
	"startTime",
	"messageType",
	"callbackNumbers",
	"flagged",
	"remoteState",
	"remoteHeldTime",
	"isConsult",
	"isMuted",
	"dialerCampaignId",
	"dialerContactId",
	"dialerContactListId",
	"messages",
] as const satisfies readonly (keyof Interaction)[];

/** The same interaction with its keys in the captured order and without those that have no value. */
export function orderInteraction(interaction: Interaction): Interaction {
	const ordered = INTERACTION_KEYS.flatMap((key) => {
		const value = interaction[key];
		return value === undefined || value === null ? [] : [[key, value] as const];
	});
	return Object.fromEntries(ordered) as unknown as Interaction;
}

/** Data of the `change` category; every other category is flat (framework-contract 8.1). */
export interface InteractionChange {
	old: Interaction;
	new: Interaction;
}
