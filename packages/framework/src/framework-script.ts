/**
 * What a `framework.js` assigns to `window.Framework` (framework-contract 3 and 5).
 * Only `config` is required; a missing callback switches its feature off.
 */
import type {
	CallControl,
	CallLog,
	CallLogEventName,
	ContactSearchResult,
	ExternalId,
	Interaction,
	SearchTarget,
	UiScriptPolicy,
} from "@inlay/contract";

type Colours = { primary?: string; text?: string };

/**
 * `config.settings` as authors write it (framework-contract 4). What is left out has its default; what cannot be used is left
 * out and reported.
 */
export interface FrameworkScriptSettings {
	/** True: the phone lives inside the panel; false: in a window of its own. Default true. */
	embedWebRTCByDefault?: boolean;
	/** Takes the choice of a phone window out of the agent's settings. Default false. */
	hideWebRTCPopUpOption?: boolean;
	/** Shows the interaction log and turns `processCallLog` and `openCallLog` on. Default false. */
	enableCallLogs?: boolean;
	/** Leaves Subject out of the log, and `subject` out of `callLog`. Default false. */
	hideCallLogSubject?: boolean;
	/** Leaves Name out of the log. Default false. */
	hideCallLogContact?: boolean;
	/** Leaves Related To out of the log. Default false. */
	hideCallLogRelation?: boolean;
	/** Shows what `addTransferContext` adds where agents transfer. Default false. */
	enableTransferContext?: boolean;
	/** Signs in in a window of its own, for identity providers that refuse frames. Default false. */
	dedicatedLoginWindow?: boolean;
	/** The page brings the interaction window as a second frame, and hears `interactionWindow`. Default false. */
	embeddedInteractionWindow?: boolean;
	/** Lets agents choose the caller ID that they call with. Default false. */
	enableConfigurableCallerID?: boolean;
	/** Sends the panel's log to the server's. Default false. */
	enableServerSideLogging?: boolean;
	/** Shows recent calls. Default false. */
	enableCallHistory?: boolean;
	/** Authorization code with PKCE instead of the implicit grant. Default false. */
	usePKCEAuthFlow?: boolean;
	/** Ours: `ConsultCall`, `CompleteConsultCall` and `notes` reach who names no categories, too. Default false. */
	unconfirmedEvents?: boolean;
	/** Ours: a message that was left in a queue is `isCallback` as well as `isVoicemail`. Default false. */
	queueVoicemailIsCallback?: boolean;
	/**
	 * Ours: the script runs in a frame of its own, without the panel's token, document and storage. Write `true` itself: it is
	 * read before the script runs. Default false.
	 */
	isolation?: boolean;
	/** Ours: as what those who write from a page are told of; `chat` is `isChat` and `chatUpdate`. Default `message`. */
	webMessagesAs?: "message" | "chat";
	/** Ours: `state` of an email, message or callback in hand, for scripts that wait for `INTERACTING`. Default `CONNECTED`. */
	writtenInHandAs?: "CONNECTED" | "INTERACTING";
	/**
	 * Ours: what `updateState` `secureSession` does, as there is no flow that takes a secret from a caller: `securePause` stops
	 * the recording, and the agent goes on hearing. Default `refused`.
	 */
	secureSessionAs?: "refused" | "securePause";
	/** `+1` or `US`. */
	defaultOutboundSMSCountryCode?: string;
	/** Where agents search for calls and transfers; `frameworkContacts` asks `contactSearch`. Default people and queues. */
	searchTargets?: readonly SearchTarget[];
	/** Which buttons a call has. Default all; pickup and disconnect stay where they are needed. */
	callControls?: readonly CallControl[];
	/** Colours as `#rgb` or `#rrggbb`. */
	theme?: Colours & { notification?: { success?: Colours; error?: Colours } };
	/** Straight to this identity provider for this organization; false or empty: to the sign-in page. */
	sso?: { provider?: string; orgName?: string } | false;
	/** Lines of the card by medium: `framework.DisplayAddress`, `call.QueueName`, `participant.CaseNumber`, … */
	display?: { interactionDetails?: Partial<Record<DetailMedium, readonly string[]>> };
	/** What agents see, as data; see docs/framework-scripts.md. Ours. */
	ui?: UiScriptPolicy;
}

type DetailMedium = "call" | "callback" | "chat" | "email" | "message" | "voicemail";

/** `window.Framework.config` (framework-contract 3). */
export interface FrameworkScriptConfig {
	/** Unique name of the integration. */
	name: string;
	/** Region to OAuth client id; only this server's own entry matters. */
	clientIds?: Readonly<Record<string, string>>;
	/** Participant attributes to hand over on `interaction.attributes`; their names come in lower case there. */
	customInteractionAttributes?: readonly string[];
	settings?: FrameworkScriptSettings;
	/** Address of the help icon per view, `http` or `https`. */
	helpLinks?: { InteractionList?: string; CallLog?: string; Settings?: string };
	/** Calls back with a locale such as `en-US`; after 3 seconds without an answer the browser's language is used. */
	getUserLanguage?(callback: (language: string) => void): void;
}

/** Why `processCallLog` is called; treat others than the three as free text (framework-contract 5). */
export type CallLogEvent = CallLogEventName | (string & {});

/** What a script assigns to `window.Framework`. Callbacks are called as its methods (framework-contract 5). */
export interface FrameworkScript {
	config: FrameworkScriptConfig;
	/** Once, when the panel is ready and an agent is signed in. `PureCloud` is there before. */
	initialSetup?(): void;
	/**
	 * Once per inbound alerting interaction.
	 * @param searchString the mail address for emails, the phone number for everything else
	 * @param done does nothing; scripts of 2018 call it
	 */
	screenPop?(searchString: string, interaction: Interaction, done: () => void): void;
	/**
	 * Save the log. Answer on every path: until then its first save is open and nothing else of it is handed over, for up to a
	 * minute; agents wait four seconds.
	 * @param onSuccess takes the CRM's id, text or number, which later calls carry as `callLog.id`; may be called late
	 */
	processCallLog?(
		callLog: CallLog,
		interaction: Interaction,
		eventName: CallLogEvent,
		onSuccess: (saved: { id: ExternalId }) => void,
		onFailure: () => void,
	): void;
	/** Show the log's record in the CRM. */
	openCallLog?(callLog: CallLog, interaction: Interaction): void;
	/** Find contacts; asked where `settings.searchTargets` has `frameworkContacts`. Answer within 10 seconds, with `[]` for none. */
	contactSearch?(
		searchValue: string,
		onSuccess: (contacts: ContactSearchResult[]) => void,
		onFailure: (contacts?: []) => void,
	): void;
}
