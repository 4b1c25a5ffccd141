/** What the panel gives the framework runtime, and what it gets. */
import type { FrameworkConfig, Interaction, UiPart } from "@inlay/contract";
import type { TaskOrder } from "../session/next-task.ts";
import type { CallLogs } from "./call-log/call-logs.ts";
import type { ContactSearchOutcome } from "./contact-search.ts";
import type { BuildOptions } from "./interaction/build-interaction.ts";
import type { KeptWish } from "./kept-wishes.ts";
import type { PlatformConversation } from "./platform-conversation.ts";
import type {
	DeskPort,
	FrameworkLog,
	FrameworkSessionPort,
	FrameworkTimeouts,
	FrameworkUiPort,
	Timers,
	TransferContext,
} from "./ports.ts";
import type { ScriptNews } from "./script-news.ts";
import type { AgentStatus } from "./user-actions.ts";

export interface FrameworkRuntimeOptions {
	window: Window;
	session: FrameworkSessionPort;
	ui: FrameworkUiPort;
	log: FrameworkLog;
	timeouts?: Partial<FrameworkTimeouts>;
	/** Hand-turned timers in tests; the window's own otherwise. */
	timers?: Timers;
	/** Reads a script's text; the browser's own way otherwise. */
	readScript?: (url: string) => Promise<string | undefined>;
	/** Milliseconds since 1970; the machine's clock otherwise. */
	now?: () => number;
	/** Names of queues and wrap-up codes for {@link FrameworkRuntime.conversationsChanged}. */
	names?: Pick<BuildOptions, "queueName" | "wrapupName" | "remoteName">;
	/** What is drawn follows what an isolated script says of what it was told: it sets `heard`. */
	taskOrder?: TaskOrder | undefined;
}

/** What an administrator has set for the deployment (framework-contract 10 and 17). */
export interface RuntimeSettings {
	/** The deployment's id: logs of another one are nothing for its script. */
	deployment?: string;
	/** Pages that may embed the panel: the one around is told that its script was ended. */
	hosts?: readonly string[];
	/** Offers the message API that needs no script to pages of these origins; off without it. */
	directMessages?: (origin: string) => boolean;
	/** Leaves out `change` events in which nothing differs; today's scripts get them. */
	quietChanges?: boolean;
	/** Custom attributes keep the letters of their names. */
	preserveAttributeCase?: boolean;
	/** The script runs in a frame of its own, without the panel's token and document ({@link IsolationSettings}). */
	isolation?: IsolationSettings;
	/** Scripts get no token by `getAuthToken`. */
	withholdsToken?: boolean;
}

export interface IsolationSettings {
	/** Address of the frame's page. */
	page: string;
	/** Pages that may embed the panel: the script hears and reaches these alone. */
	hosts: readonly string[];
}

/** A click on an entry that `settings.ui` has added. */
export interface UiAction {
	part: UiPart;
	id: string;
	/** Of a call control. */
	interactionId?: string;
}

export interface FrameworkRuntime {
	/** Read configuration; the defaults until the script has set its own. */
	readonly config: FrameworkConfig;
	/** Interaction logs: store, edits, saving, opening. */
	readonly callLogs: CallLogs;
	/** To be called before {@link FrameworkRuntime.start}. */
	configure(settings: RuntimeSettings): void;
	/** Runs the script, if there is one, and resolves with its configuration. Rejects with ScriptUnreachable. */
	start(scriptUrl: string | undefined): Promise<FrameworkConfig>;
	/**
	 * The agent is signed in: `initialSetup` runs, events begin, and what waited is done. What acts on calls or statuses
	 * waits on where `listsKnown` is false, until {@link FrameworkRuntime.listsAreKnown}.
	 */
	signedIn(userId: string, desk: DeskPort, known?: { listsKnown?: boolean }): void;
	/** The agent's conversations and the organization's statuses have been read. */
	listsAreKnown(): void;
	signedOut(): void;
	/** What page and script have asked for and waits for the panel to be ready. */
	wishes(): readonly KeptWish[];
	/** Asks for it once more, e.g. after the way to the sign-in page and back. */
	askAgain(wishes: readonly KeptWish[]): void;
	/** All conversations of the agent; one that was not updated should be the same object as before. */
	conversationsChanged(conversations: readonly PlatformConversation[]): void;
	/** What {@link FrameworkRuntimeOptions.names} answers has changed. */
	namesChanged(): void;
	/** The same for interactions that are built already. Use one of the two. */
	interactionsChanged(interactions: readonly Interaction[]): void;
	interactions(): readonly Interaction[];
	statusChanged(status: AgentStatus): void;
	/** `IDLE`, `OFF_QUEUE`, `INTERACTING`, `COMMUNICATING`, `NOT_RESPONDING`. */
	routingStatusChanged(status: string): void;
	stationChanged(station: { userId: string } & Record<string, unknown>): void;
	/** Undefined when nothing is selected any more. */
	interactionSelected(interactionId: string | undefined): void;
	/** What else of the panel scripts are told. */
	readonly news: ScriptNews;
	searchContacts(searchValue: string): Promise<ContactSearchOutcome>;
	transferContexts(): readonly TransferContext[];
}
