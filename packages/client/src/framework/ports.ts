/**
 * What the framework runtime needs from the rest of the panel. Small on purpose: the session port is what an agent who
 * has signed in can do, the ui port is what the panel can show. Both are implemented elsewhere; tests use fakes.
 */
import type {
	AudioConfiguration,
	FrameworkProblem,
	FrameworkTheme,
	InlayRequestName,
	Interaction,
	NoticeType,
	ThemeColours,
	Transcript,
	ViewName,
} from "@inlay/contract";
import type { PlatformConversation } from "./platform-conversation.ts";

/** A call, SMS or e-mail to start. */
export interface NewInteractionRequest {
	type: "call" | "sms" | "email";
	/** Number or e-mail address as given. */
	address: string;
	/** On behalf of this queue. */
	queueId?: string;
	/** Participant attributes of the new conversation. */
	attributes: Record<string, string>;
}

/** Whom a transfer goes to. */
export interface TransferTarget {
	kind: "address" | "queue" | "user";
	/** Number or SIP address, queue id, or user id. */
	value: string;
}

/** A state change of one interaction. `hold`, `mute` and `securePause` toggle (framework-contract 6). */
export type InteractionCommand =
	| {
			action: "pickup" | "disconnect" | "hold" | "mute" | "securePause" | "secureSession" | "concludeTransfer";
			interactionId: string;
	  }
	| { action: "blindTransfer" | "consultTransfer"; interactionId: string; target: TransferTarget };

/** A presence to take: the id of its definition, or the name of a system presence such as `ON_QUEUE`. */
export type StatusRequest = { definitionId: string } | { name: string };

/** Hears of the desk. */
export interface DeskFollower {
	/** Another panel has written, or two writings were joined. */
	wrote(interactionId: string, section: string, value: unknown): void;
	/** From now on this panel leads. */
	led(): void;
}

/** What was done with interactions, kept by the server for all of the agent's panels, and whether this panel leads. */
export interface DeskPort {
	/** This panel is the one that pops and logs. */
	leads(): boolean;
	/** Settles once it is known what was done before; never rejects. Absent: it is known already. */
	readonly known?: Promise<void>;
	/** The page before this one, in the same place, was the same panel. */
	readonly cameBack?: boolean;
	/** Undefined where nothing was written. Sections: `log`, `pop`, `transfer`. */
	read(interactionId: string, section: string): unknown;
	/** The oldest first: what is forgotten where there are many is the beginning. */
	readAll(section: string): [interactionId: string, value: unknown][];
	write(interactionId: string, section: string, value: unknown): void;
	/** True for the first that asks: for what is done once per occasion of an interaction, such as a ring. Never rejects. */
	claim(interactionId: string, section: string, occasion: string): boolean | Promise<boolean>;
	/** Gives the way to stop. */
	follow(follower: DeskFollower): () => void;
}

/** What the signed-in agent can do. Every method rejects with an Error whose message an agent can read. */
export interface FrameworkSessionPort {
	/** Places the call, or starts the SMS or e-mail. */
	startInteraction(request: NewInteractionRequest): Promise<void>;
	/** Resolves with what the agent was warned of, as no call could ring in that status. */
	updateStatus(request: StatusRequest): Promise<string | undefined>;
	control(command: InteractionCommand): Promise<void>;
	/** Writes participant attributes of the agent's own participant. */
	setAttributes(interactionId: string, attributes: Record<string, string>): Promise<void>;
	/** The current access token; waits while it is being renewed. */
	token(): Promise<string>;
	/** The same without waiting; undefined while there is none. */
	currentToken(): string | undefined;
	transcript(interactionId: string): Promise<Transcript>;
	/** Does what was asked for beyond the contract. Rejects with an Error that may have the server's `code`. */
	perform(name: InlayRequestName, data: Record<string, unknown>): Promise<unknown>;
	/** A conversation of the agent's as the server has it now; undefined where it cannot be had. */
	conversation(interactionId: string): Promise<PlatformConversation | undefined>;
	/** Whether the agent may see campaigns' contacts just now: without it nothing of a campaign pops (the guide's row "Screen pop"). */
	mayViewContacts?(): boolean;
}

/** A choice under Transfer Workspace (framework-contract 6, addTransferContext). */
export interface TransferContext {
	name: string;
	attributes: Record<string, string>;
}

/** A toast that the script asked for. */
export interface Notice {
	message: string;
	type: NoticeType;
	/** Milliseconds; 0 means until dismissed. */
	timeoutMs: number;
	theme: ThemeColours;
}

/** Something about the customer's script that a person should see. */
export interface ScriptReport {
	/** Stable, e.g. `framework.callback.threw`. */
	code:
		| "framework.script.unreachable"
		| "framework.script.error"
		| "framework.callback.threw"
		| "framework.late"
		| "framework.missing"
		| "framework.fetch.replaced"
		| "framework.action.failed"
		| "framework.action.early"
		| "framework.calllog.failed"
		| "framework.load.blocked"
		| "framework.message.dropped"
		| "framework.popup.blocked"
		| "framework.script.broke"
		| "framework.script.flood"
		| "framework.script.left"
		| "framework.script.loop"
		| "framework.script.silent"
		| "framework.token.withheld"
		| "framework.config.finding"
		| "framework.development.off";
	/** For the log and the console, with the name of what was called. */
	text: string;
	/** The same for an agent, to whom names of functions say nothing; absent: the text is. */
	said?: string;
}

/** What the panel can show on behalf of the script. */
export interface FrameworkUiPort {
	/** @returns false where this agent's panel has no such view, or the UI policy hides it; known once the panel is drawn */
	setView(view: ViewName): boolean | Promise<boolean>;
	/** Fills the new-interaction view and shows it, without placing anything. */
	fillNewInteraction(request: NewInteractionRequest): void;
	notify(notice: Notice): void;
	setAudioConfiguration(audio: AudioConfiguration): void;
	showTransferContexts(contexts: readonly TransferContext[]): void;
	applyTheme(theme: FrameworkTheme): void;
	/** BCP 47 language tag. */
	setLanguage(language: string | readonly string[]): void;
	/** Findings about the configuration, once it has been read. */
	showProblems(problems: readonly FrameworkProblem[]): void;
	/** Also in the console: whoever reports writes no line of their own. */
	report(report: ScriptReport): void;
	/**
	 * Subject of an interaction log, in the agent's language.
	 * @param before what the panel has said of it until now: it stays where the interaction is over and less is known of it
	 */
	callLogSubject(interaction: Interaction, before?: string): string;
}

/** Structured log of the panel. */
export interface FrameworkLog {
	info(message: string, details?: Record<string, unknown>): void;
	warn(message: string, details?: Record<string, unknown>): void;
}

/** Timers of the window, or hand-turned ones in tests. */
export interface Timers {
	/** Runs `task` after `ms` milliseconds; gives the way to cancel it. */
	after(ms: number, task: () => void): () => void;
}

/** All in milliseconds. */
export interface FrameworkTimeouts {
	/** Until the user is told that the script has not set `window.Framework` yet. */
	late: number;
	/** Until a script that has set nothing counts as one that never will. */
	missing: number;
	/** Until a `window.Framework` without `config` is taken as it is. */
	withoutConfig: number;
	/** For `getUserLanguage`; then the browser's language is used. */
	language: number;
	/** For `contactSearch`. */
	contactSearch: number;
	/** Between the last keystroke and `processCallLog`. */
	notes: number;
	/** That somebody waits for an answer of `processCallLog`. */
	callLog: number;
	/** For a CRM to make its record: while its id is unknown, nothing else of the log is handed over (framework-contract 5). */
	callLogRecord: number;
}

export const DEFAULT_TIMEOUTS: FrameworkTimeouts = {
	late: 5_000,
	missing: 30_000,
	withoutConfig: 2_000,
	language: 3_000,
	contactSearch: 10_000,
	notes: 800,
	callLog: 4_000,
	callLogRecord: 60_000,
};
