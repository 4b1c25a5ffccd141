/** `MediaSettings` of the platform; durations as its names say. */
export interface MediaSettings {
	/** Nothing is answered by itself yet. */
	enableAutoAnswer?: false;
	alertingTimeoutSeconds?: number;
	serviceLevel?: { percentage?: number; durationMs?: number };
	/** Of callbacks (`CallbackMediaSettings`): who has accepted one is dialled for, and it ends after its call, by itself. */
	enableAutoDialAndEnd?: boolean;
	autoDialDelaySeconds?: number;
	autoEndDelaySeconds?: number;
	/** Of callbacks: whom is called first. Of customers: how often again, after how long, and what comes then (ours). */
	mode?: CallbackMode;
	maxRetryCount?: number;
	retryDelaySeconds?: number;
	inlayAfterRetries?: AfterRetries;
	/** Of calls, ours: what callers who wait are told of how they stand, and how often, in seconds (60). */
	inlayTellCallers?: TellCallers;
	inlayTellCallersSeconds?: number;
	/** Of callbacks, ours: an agent who makes one of an interaction of the queue is offered their other queues for it. */
	inlayQueueChoice?: boolean;
}

export const tellCallers = ["no", "place", "placeAndWait"] as const;
export type TellCallers = (typeof tellCallers)[number];
export const callbackModes = ["AgentFirst", "CustomerFirst"] as const;
export type CallbackMode = (typeof callbackModes)[number];
export const afterRetries = ["agentFirst", "end"] as const;
export type AfterRetries = (typeof afterRetries)[number];

/** What callbacks of a queue do that says nothing of it. */
export const defaultFirstCalls: Required<Pick<MediaSettings, "mode" | "maxRetryCount" | "retryDelaySeconds">> = {
	mode: "AgentFirst",
	maxRetryCount: 2,
	retryDelaySeconds: 300,
};

export const mediaTypes = ["call", "callback", "chat", "email", "message"] as const;
export type MediaType = (typeof mediaTypes)[number];
export type QueueMediaSettings = Partial<Record<MediaType, MediaSettings>>;

export const wrapupPrompts = [
	"MANDATORY",
	"OPTIONAL",
	"MANDATORY_TIMEOUT",
	"MANDATORY_FORCED_TIMEOUT",
	"AGENT_REQUESTED",
] as const;

export interface AcwSettings {
	wrapupPrompt: (typeof wrapupPrompts)[number];
	/** How long after-call work may last; only with the prompts that know a timeout. */
	timeoutMs?: number;
}

/** `AgentOwnedRouting` of the platform. */
export interface AgentOwnedRouting {
	enableAgentOwnedCallbacks: boolean;
	/** How long one waits for its owner from the due time on, in hours. */
	maxOwnedCallbackHours: number;
	/** How far ahead one may be agreed upon, in hours. */
	maxOwnedCallbackDelayHours: number;
	/** Ours: what comes when the owner has had that time. */
	inlayAfterOwner: "queue" | "end";
}

export const scoringMethods = ["TimestampAndPriority", "PriorityOnly"] as const;
export const skillEvaluationMethods = ["NONE", "BEST", "ALL"] as const;

/** `Ring` of the platform: when those further out join, and which skills are asked for no longer then. */
export interface Ring {
	/** At most one; the last ring stays open. */
	expansionCriteria?: Array<{ type: "TIMEOUT_SECONDS"; threshold: number }>;
	actions?: { skillsToRemove?: Array<{ id?: string; name?: string }> };
}

/** Rings that a queue may have. */
export const mostRings = 6;

/** How a queue chooses: whom it serves first, and by whom. */
export interface QueueRouting {
	scoringMethod: (typeof scoringMethods)[number];
	skillEvaluationMethod: (typeof skillEvaluationMethods)[number];
	/** None: all members are rung from the first. */
	rings: readonly Ring[];
}

export const plainRouting: QueueRouting = {
	scoringMethod: "TimestampAndPriority",
	skillEvaluationMethod: "ALL",
	rings: [],
};

/** As `defaultScripts` names media. */
export type ScriptMedium = "CALL" | "CALLBACK" | "CHAT" | "EMAIL" | "MESSAGE";

/**
 * What an administrator sets of a queue besides name, description and division, and what something acts upon or tells. The
 * platform has more (flows, prompts, …): it is refused by name until something honours it.
 */
export interface QueueSettings {
	/** Of calls. The other media are kept for the time when there are such interactions; so are service levels. */
	mediaSettings: QueueMediaSettings;
	acwSettings: AcwSettings;
	/** Callbacks that agents own. */
	agentOwnedRouting?: AgentOwnedRouting;
	/** The queue's id in another system; lists are filtered by it. */
	peerId?: string;
	scoringMethod?: QueueRouting["scoringMethod"];
	skillEvaluationMethod?: QueueRouting["skillEvaluationMethod"];
	/**
	 * Who calls or writes again is first offered to the member who had them last. `Disabled`: nobody is. Absent: who writes is
	 * (agent-features 1), who calls is not.
	 */
	lastAgentRoutingMode?: LastAgentMode;
	bullseye?: { rings: Ring[] };
	/** Ours: the utilization label of what comes into it without one. */
	inlayUtilizationLabel?: { id: string };
	/** What is said in its calls is turned into text, where the organization has a speech engine. */
	enableTranscription?: boolean;
	/** Ours: which language is spoken in them (BCP 47); the organization's first one unless told. */
	inlayTranscriptionLanguage?: string;
	/** The script that agents see in its interactions, by medium. */
	defaultScripts?: Partial<Record<ScriptMedium, { id: string }>>;
}

/** The platform has `AnyAgent`, too: queues here ring their members. */
export const lastAgentModes = ["Disabled", "QueueMembersOnly"] as const;
export type LastAgentMode = (typeof lastAgentModes)[number];

/** What the platform lets an administrator choose and every queue here does in one way. */
export const sameOfAll = {
	enableAudioMonitoring: false,
	enableManualAssignment: false,
	suppressInQueueCallRecording: true,
} as const;

/** A queue. */
export interface Queue {
	id: string;
	name: string;
	description?: string;
	divisionId: string;
	settings: QueueSettings;
	/** Seconds that a call rings at an agent. */
	alertingTimeoutSeconds: number;
	acwSettings: AcwSettings;
	dateCreated: Date;
	dateModified: Date;
	createdBy?: string;
	modifiedBy?: string;
	/** Grows with every change of the queue itself; members come and go without. */
	version: number;
}

/** Counted for who sees it alone: a queue that is asked for its name must not cost thousands of members. */
export interface MemberCounts {
	memberCount: number;
	/** Members who take work of the queue, whatever their presence. */
	joinedMemberCount: number;
}

export type CountedQueue = Queue & MemberCounts;

/** A user's place in a queue. */
export interface Membership {
	queueId: string;
	userId: string;
	/** 1 to 6, the bullseye ring. */
	ringNumber: number;
	/** Whether the member takes the queue's work ("activated"). */
	joined: boolean;
}

/** What a client sends to make or replace a queue. */
export interface QueueInput extends Partial<QueueSettings> {
	name: string;
	description?: string | null;
	division?: { id?: string };
	/** A queue whose settings are taken where none are sent. */
	sourceQueueId?: string;
}
