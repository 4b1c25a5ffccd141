/** `MediaSettings` of the platform; durations as its names say. */
export interface MediaSettings {
	enableAutoAnswer?: boolean;
	alertingTimeoutSeconds?: number;
	serviceLevel?: { percentage?: number; durationMs?: number };
	autoAnswerAlertToneSeconds?: number;
	manualAnswerAlertToneSeconds?: number;
}

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

interface Ref {
	id?: string;
	name?: string;
	selfUri?: string;
}

/** What an administrator sets of a queue besides name, description and division. */
export interface QueueSettings {
	mediaSettings: QueueMediaSettings;
	acwSettings: AcwSettings;
	routingRules?: Array<{ operator?: string; threshold?: number; waitSeconds?: number }>;
	scoringMethod?: "TimestampAndPriority" | "PriorityOnly";
	lastAgentRoutingMode?: "Disabled" | "QueueMembersOnly" | "AnyAgent";
	skillEvaluationMethod?: "NONE" | "BEST" | "ALL";
	queueFlow?: Ref;
	emailInQueueFlow?: Ref;
	messageInQueueFlow?: Ref;
	whisperPrompt?: Ref;
	onHoldPrompt?: Ref;
	defaultMediaLanguage?: string;
	autoAnswerOnly?: boolean;
	cannedResponseLibraries?: { libraryIds?: string[]; mode?: string };
	enableTranscription?: boolean;
	enableAudioMonitoring?: boolean;
	enableManualAssignment?: boolean;
	agentOwnedRouting?: {
		enableAgentOwnedCallbacks?: boolean;
		maxOwnedCallbackHours?: number;
		maxOwnedCallbackDelayHours?: number;
	};
	callingPartyName?: string;
	callingPartyNumber?: string;
	defaultScripts?: Record<string, Ref>;
	peerId?: string;
	suppressInQueueCallRecording?: boolean;
}

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
	memberCount: number;
	/** Members who take work of the queue, whatever their presence. */
	joinedMemberCount: number;
}

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
