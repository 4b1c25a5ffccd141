/** The configuration of a `framework.js` after reading: complete, typed, in one spelling (framework-contract 3 and 4). */
import type { CallControl, InHandAs, SearchTarget, SecureSessionAs, WebMessagesAs } from "./names.ts";
import { CALL_CONTROLS } from "./names.ts";
import { noUiRules, type UiPolicy } from "./ui-policy.ts";

/** A background and a foreground, CSS hex colours. */
export interface ThemeColours {
	primary?: string;
	text?: string;
}

export interface FrameworkTheme extends ThemeColours {
	notification: { success: ThemeColours; error: ThemeColours };
}

/** `config.settings` (framework-contract 4). */
export interface FrameworkSettings {
	embedWebRTCByDefault: boolean;
	hideWebRTCPopUpOption: boolean;
	enableCallLogs: boolean;
	hideCallLogSubject: boolean;
	hideCallLogContact: boolean;
	hideCallLogRelation: boolean;
	enableTransferContext: boolean;
	dedicatedLoginWindow: boolean;
	embeddedInteractionWindow: boolean;
	enableConfigurableCallerID: boolean;
	enableServerSideLogging: boolean;
	enableCallHistory: boolean;
	usePKCEAuthFlow: boolean;
	/** Events of which no more than a name is known reach who names none, too; ours. */
	unconfirmedEvents: boolean;
	/** A message that was left in a queue is told of as a callback as well; ours. */
	queueVoicemailIsCallback: boolean;
	/** The script runs in a frame of its own, without the panel's token and document; ours. */
	isolation: boolean;
	/** As what who writes from a page is told of: `isChat` and `chatUpdate` are what scripts from before messages read; ours. */
	webMessagesAs: WebMessagesAs;
	/** `state` of what is not a call and in hand; ours. */
	writtenInHandAs: InHandAs;
	/** What `secureSession` does; ours. */
	secureSessionAs: SecureSessionAs;
	/** `+1` or an ISO 3166-1 alpha-2 code. */
	defaultOutboundSMSCountryCode?: string;
	searchTargets: SearchTarget[];
	callControls: CallControl[];
	theme: FrameworkTheme;
	/** Identity provider and organization to go straight to. */
	sso?: { provider: string; orgName: string };
	/** Lines of the interaction card per medium; keys in lower case, identifiers as written. */
	display: { interactionDetails: Record<string, string[]> };
	/** What agents see; ours. */
	ui: UiPolicy;
}

/** `config.getUserLanguage`: asks the script for a locale such as `en-US`. */
export type LanguageAsker = (callback: (language: string) => void) => unknown;

/** `window.Framework.config` (framework-contract 3). */
export interface FrameworkConfig {
	name: string;
	/** Region (trimmed, lower case) to OAuth client id; empty entries are gone. */
	clientIds: Record<string, string>;
	customInteractionAttributes: string[];
	settings: FrameworkSettings;
	/** View (folded: `interactionlist`, `calllog`, `settings`) to address. */
	helpLinks: Record<string, string>;
	getUserLanguage?: LanguageAsker;
}

/** Settings of a script that sets none (framework-contract 4, column "default"). */
export function defaultFrameworkSettings(): FrameworkSettings {
	return {
		embedWebRTCByDefault: true,
		hideWebRTCPopUpOption: false,
		enableCallLogs: false,
		hideCallLogSubject: false,
		hideCallLogContact: false,
		hideCallLogRelation: false,
		enableTransferContext: false,
		dedicatedLoginWindow: false,
		embeddedInteractionWindow: false,
		enableConfigurableCallerID: false,
		enableServerSideLogging: false,
		enableCallHistory: false,
		usePKCEAuthFlow: false,
		unconfirmedEvents: false,
		queueVoicemailIsCallback: false,
		isolation: false,
		webMessagesAs: "message",
		writtenInHandAs: "CONNECTED",
		secureSessionAs: "refused",
		searchTargets: ["people", "queues"],
		callControls: [...CALL_CONTROLS],
		theme: { notification: { success: {}, error: {} } },
		display: { interactionDetails: {} },
		ui: { everybody: noUiRules(), groups: [] },
	};
}

/** Configuration of a panel without a script. */
export function defaultFrameworkConfig(): FrameworkConfig {
	return {
		name: "",
		clientIds: {},
		customInteractionAttributes: [],
		settings: defaultFrameworkSettings(),
		helpLinks: {},
	};
}
