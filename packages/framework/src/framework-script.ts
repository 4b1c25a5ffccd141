/**
 * What a `framework.js` assigns to `window.Framework` (framework-contract 3 and 5).
 * Only `config` is required; a missing callback switches its feature off.
 */
import type { CallLog, ContactSearchResult, ExternalId, Interaction } from "@inlay/contract";

type Colours = { primary?: string; text?: string };

/** `config.settings` as authors write it; defaults in framework-contract 4. */
export interface FrameworkScriptSettings {
	/** True: the phone lives inside the panel; false: in a window of its own. */
	embedWebRTCByDefault?: boolean;
	hideWebRTCPopUpOption?: boolean;
	/** Shows the interaction log and turns `processCallLog` and `openCallLog` on. */
	enableCallLogs?: boolean;
	hideCallLogSubject?: boolean;
	hideCallLogContact?: boolean;
	hideCallLogRelation?: boolean;
	enableTransferContext?: boolean;
	dedicatedLoginWindow?: boolean;
	embeddedInteractionWindow?: boolean;
	enableConfigurableCallerID?: boolean;
	enableServerSideLogging?: boolean;
	enableCallHistory?: boolean;
	usePKCEAuthFlow?: boolean;
	/** Inlay's own, false: `ConsultCall`, `CompleteConsultCall` and `notes` reach who names no categories, too. */
	unconfirmedEvents?: boolean;
	/** Inlay's own, `message`: as what those who write from a page are told of. `chat` is `isChat` and `chatUpdate`. */
	webMessagesAs?: "message" | "chat";
	/** `+1` or `US`. */
	defaultOutboundSMSCountryCode?: string;
	/** `people`, `queues`, `frameworkContacts`, `externalContacts`. */
	searchTargets?: string[];
	callControls?: string[];
	theme?: Colours & { notification?: { success?: Colours; error?: Colours } };
	sso?: { provider?: string; orgName?: string } | false;
	display?: { interactionDetails?: Record<string, string[]> };
	/** What agents see, as data; see docs/framework-scripts.md. */
	ui?: UiScriptRules & { groups?: (UiScriptRules & { groups: string[] })[] };
}

type UiPartName = "menu" | "statuses" | "callControls" | "queues" | "wrapUpCodes";

/** Names are ids, the contract's names, or the texts that agents see, in any spelling. */
export interface UiScriptRules {
	hide?: Partial<Record<UiPartName, string[]>>;
	show?: Partial<Record<UiPartName, string[]>>;
	rename?: Partial<Record<UiPartName, Record<string, string>>>;
	order?: Partial<Record<UiPartName, string[]>>;
	add?: {
		menu?: { id: string; text: string; url?: string }[];
		statuses?: { id: string; text: string; status: string }[];
		callControls?: { id: string; text: string; url?: string }[];
	};
}

export interface FrameworkScriptConfig {
	/** Unique name of the integration. */
	name: string;
	/** Region to OAuth client id. */
	clientIds?: Record<string, string>;
	/** Participant attributes to show on `interaction.attributes`. */
	customInteractionAttributes?: string[];
	settings?: FrameworkScriptSettings;
	/** Address of the help icon per view. */
	helpLinks?: { InteractionList?: string; CallLog?: string; Settings?: string };
	getUserLanguage?(callback: (language: string) => void): void;
}

export interface FrameworkScript {
	config: FrameworkScriptConfig;
	/** Once, when the panel is ready and an agent is signed in. */
	initialSetup?(): void;
	/** Once per inbound alerting interaction. `done` does nothing; scripts of 2018 call it. */
	screenPop?(searchString: string, interaction: Interaction, done: () => void): void;
	/** Save the log; report the CRM's id so that later calls carry it as `callLog.id`. */
	processCallLog?(
		callLog: CallLog,
		interaction: Interaction,
		eventName: string,
		onSuccess: (saved: { id: ExternalId }) => void,
		onFailure: () => void,
	): void;
	/** Show the log's record in the CRM. */
	openCallLog?(callLog: CallLog, interaction: Interaction): void;
	contactSearch?(
		searchValue: string,
		onSuccess: (contacts: ContactSearchResult[]) => void,
		onFailure: (contacts?: []) => void,
	): void;
}
