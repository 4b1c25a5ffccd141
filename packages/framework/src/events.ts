/** What subscribers are told: categories with their data (framework-contract 8), and ours, which begin with `inlay:`. */
import type { Interaction, InteractionChange, InteractionMessage, StatusName } from "@inlay/contract";

/** `Interaction` (framework-contract 8.1). All flat but `change`. */
export interface InteractionEvents {
	/** It appears in the list: inbound `ALERTING`, outbound `CONTACTING`; without `startTime`. */
	add: Interaction;
	/** Any update, also where nothing that a script sees differs, unless the deployment has `quietChanges`. */
	change: InteractionChange;
	/** The agent is connected. */
	connect: Interaction;
	/** The agent's leg has ended; with `endTime` and `interactionDurationSeconds`. */
	disconnect: Interaction;
	/** After-call work is done; with `disposition`, the name of the wrap-up code. */
	acw: Interaction;
	/** It leaves the list. */
	deallocate: Interaction;
	/** Steps of a transfer; scripts cope with no interaction at all. */
	blindTransfer: Interaction | undefined;
	consultTransfer: Interaction | undefined;
	completeConsultTransfer: Interaction | undefined;
	/** Unconfirmed, to who names them, or to all with `settings.unconfirmedEvents`. */
	ConsultCall: Interaction | undefined;
	CompleteConsultCall: Interaction | undefined;
	notes: unknown;
	/** Ours: a callback was agreed upon, moved, cancelled, is due, or somebody was called. */
	"inlay:callback": CallbackNews;
	/** Ours: what differs, by key, and only where something does. */
	"inlay:change": { id: string; changed: Partial<Record<keyof Interaction, { old?: unknown; new?: unknown }>> };
	/** Ours: each step of a consult. */
	"inlay:consult": ConsultStep;
	/** Ours: recording begins, is paused, goes on, or ends. */
	"inlay:recording": { id: string; recordingState: Interaction["recordingState"]; securePause: boolean };
	/** Ours: a screen that the customer or the agent shows. */
	"inlay:screenShare": ScreenShareStep;
	/** Ours: a page that the customer shares. */
	"inlay:cobrowse": CobrowseStep;
	/** Ours: a script that the agent follows has opened an address, or wants something to be looked for. */
	"inlay:scriptPop": ScriptPopNews;
}

export interface ScriptPopNews {
	/** Interaction id. */
	id: string;
	/** The address that was opened. */
	url?: string;
	/** What is to be looked for, where no address was opened. */
	searchString?: string;
	/** Name of the page of the script. */
	page: string;
}

export interface CallbackNews {
	/** Conversation id. */
	id: string;
	state: string;
	/** ISO 8601, UTC. */
	scheduledAt: string;
	/** IANA name of the zone in which the time was chosen. */
	zone?: string;
	numbers: string[];
	/** User id; absent for a callback of the whole queue. */
	ownerId?: string;
}

/** `inlay:consult`: flat and complete, so that a script needs no second request to act. */
export interface ConsultStep {
	/** Conversation id. */
	id: string;
	state:
		| "ringing"
		| "private"
		| "back"
		| "together"
		| "completed"
		| "failed"
		| "cancelled"
		| "customerGone"
		| "destinationGone";
	destination: { kind: "user" | "queue" | "address"; id: string; name: string };
	/** Whom the agent speaks to: the consulted, the customer, or both. */
	speakTo: "DESTINATION" | "OBJECT" | "BOTH";
	/** Seconds that the customer has been on hold this time; 0 while they are not. */
	holdSeconds: number;
}

export interface ScreenShareStep {
	/** Conversation id. */
	id: string;
	sessionId: string;
	state: "requested" | "choosing" | "sharing" | "paused" | "ended";
	/** Whose screen is seen. */
	shows: "customer" | "agent";
	controlling: false;
	/** Why it is over, such as `declined` or `customer.stopped`. */
	end?: string;
}

export interface CobrowseStep {
	/** Conversation id. */
	id: string;
	sessionId: string;
	state: "offered" | "accepted" | "connecting" | "viewing" | "controlling" | "paused" | "ended";
	controlling: boolean;
}

/** `UserAction` (framework-contract 8.2). */
export interface UserActionEvents {
	/** Once per status. */
	status: {
		/** System presence. */
		status: StatusName;
		/** Label of the organization's own presence. */
		sub_status: string;
		/** Id of the presence definition. */
		id?: string;
	};
	/** `IDLE`, `OFF_QUEUE`, `INTERACTING`, `COMMUNICATING`, `NOT_RESPONDING`. */
	routingStatus: string;
	/** The agent's phone is set. Who works with messages alone may never cause it. */
	station: { userId: string; id?: string; name?: string };
	login: { userId: string };
	logout: { userId: string };
	/** Ours: where the agent's direct calls go. */
	"inlay:forwarding": { enabled: boolean; summary: string };
	/** Ours: voicemails that nobody has heard. */
	"inlay:voicemail": { unread: number; newest?: object };
}

/** `TranscriptionTopicTranscriptionMessage` of the platform: what was said in a call, or is being said. */
export interface TranscriptPieces {
	eventTime: string;
	organizationId: string;
	conversationId: string;
	/** Of the customer. */
	communicationId: string;
	/** Epoch ms: since when the customer has been connected, and since when is listened. */
	sessionStartTimeMs: number;
	transcriptionStartTimeMs: number;
	transcripts: Array<{
		/** The same from the first word to the last: a later piece takes the place of an earlier one. */
		utteranceId: string;
		/** Nothing more is said of it. */
		isFinal: boolean;
		/** Customers, or the organization's people. */
		channel: "EXTERNAL" | "INTERNAL";
		/** The best first; at least one. */
		alternatives: Array<{
			/** 0 to 1; absent while it is being said. */
			confidence?: number;
			/** Since `transcriptionStartTimeMs`. */
			offsetMs: number;
			durationMs: number;
			transcript: string;
			words: Array<{ word: string; confidence?: number; startTimeMs: number; offsetMs: number; durationMs: number }>;
		}>;
		/** The language as it was understood, such as `en-US`. */
		dialect: string;
	}>;
}

/** `Notification` (framework-contract 8.3). */
export interface NotificationEvents {
	/** Absent when nothing is selected any more. */
	interactionSelection: { interactionId?: string };
	/** With `embeddedInteractionWindow`: show the second frame now. */
	interactionWindow: { reason: string };
	/** All messages of the conversation, the oldest first; not only the new one. */
	messageUpdate: MessagesOf;
	chatUpdate: MessagesOf;
	/** Pieces of a live transcript; only for subscribers that name it. */
	conversationTranscription: TranscriptPieces;
	/** Ours: a click on an entry that `settings.ui` has added. */
	uiAction: { part: string; id: string; interactionId?: string };
	/** Ours, only for subscribers that name it: an action was not done. */
	actionRefused: ActionNews;
	/** Ours: a page has asked for an action by messages; which page is its origin. */
	"inlay:asked": { action: string; host: string };
	/** Ours: what a script or page has asked of `PureCloud.Inlay.request`, and what became of it. */
	"inlay:request": Record<string, unknown>;
	/** Ours, only for subscribers that name it: an action was done, and something stands in the way of what it is for. */
	actionWarning: ActionNews;
}

/** An interaction with its messages; its other keys are there while it is in the list. */
export type MessagesOf = Partial<Interaction> & { id: string; messages: InteractionMessage[] };

export interface ActionNews {
	/** Name of the action, such as `updateStatus`. */
	action: string;
	/** Stable, such as `framework.action.failed`. */
	code: string;
	/** For a person. */
	message: string;
	/** Origin of the page that has asked by messages; absent where the script has. */
	host?: string;
}

/** Every event by the type that one subscribes to. */
export interface FrameworkEvents {
	Interaction: InteractionEvents;
	UserAction: UserActionEvents;
	Notification: NotificationEvents;
}

/** `[category, data]` as a callback gets them: asking for the category tells the data's type. */
export type FrameworkEvent<Type extends keyof FrameworkEvents> = {
	[Category in keyof FrameworkEvents[Type]]: [category: Category, data: FrameworkEvents[Type][Category]];
}[keyof FrameworkEvents[Type]];

/** One entry of what `PureCloud.subscribe` is given (framework-contract 6). */
export type FrameworkSubscription = {
	[Type in keyof FrameworkEvents]: {
		type: Type;
		/** Without it, every ordinary category; `inlay:…`, transcripts and news of actions come to who names them alone. */
		categories?: readonly (keyof FrameworkEvents[Type])[];
		callback(...event: FrameworkEvent<Type>): void;
	};
}[keyof FrameworkEvents];
