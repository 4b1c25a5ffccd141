import { type TSchema, Type } from "typebox";
import { Id } from "../kernel/http/schemas.ts";
import { wrapupPrompts } from "./queue-model.ts";
import { longestAlertingSeconds, shortestAlertingSeconds } from "./queue-rules.ts";

/** Clients send back what they read, with null for what is not set. */
const Optional = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));
const oneOf = <T extends string>(...values: readonly T[]) => Type.Enum([...values]);

const Name = Type.String({ minLength: 1, maxLength: 200 });
const Description = Optional(Type.String({ maxLength: 2000 }));
const DivisionRef = Optional(Type.Object({ id: Type.Optional(Id) }));
const Ref = Optional(Type.Object({ id: Type.Optional(Id), name: Type.Optional(Type.String()) }));
const Seconds = Optional(Type.Number({ minimum: 0, maximum: 86_400 }));

const ServiceLevel = Type.Object({
	percentage: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
	durationMs: Type.Optional(Type.Number({ minimum: 0 })),
});

const MediaSettings = Type.Object({
	enableAutoAnswer: Optional(Type.Boolean()),
	alertingTimeoutSeconds: Optional(Type.Integer({ minimum: shortestAlertingSeconds, maximum: longestAlertingSeconds })),
	serviceLevel: Optional(ServiceLevel),
	autoAnswerAlertToneSeconds: Seconds,
	manualAnswerAlertToneSeconds: Seconds,
});

const QueueMediaSettings = Type.Object({
	call: Optional(MediaSettings),
	callback: Optional(MediaSettings),
	chat: Optional(MediaSettings),
	email: Optional(MediaSettings),
	message: Optional(MediaSettings),
});

const AcwSettings = Type.Object({
	wrapupPrompt: Type.Optional(oneOf(...wrapupPrompts)),
	timeoutMs: Optional(Type.Integer({ minimum: 1_000, maximum: 86_400_000 })),
});

const RoutingRule = Type.Object({
	operator: Optional(Type.String()),
	threshold: Optional(Type.Number()),
	waitSeconds: Optional(Type.Number()),
});

/** `CreateQueueRequest` and `QueueRequest`, as far as this server acts on them or keeps them. */
export const queueBody = Type.Object({
	name: Name,
	description: Description,
	division: DivisionRef,
	sourceQueueId: Optional(Id),
	mediaSettings: Optional(QueueMediaSettings),
	acwSettings: Optional(AcwSettings),
	routingRules: Optional(Type.Array(RoutingRule)),
	scoringMethod: Optional(oneOf("TimestampAndPriority", "PriorityOnly")),
	lastAgentRoutingMode: Optional(oneOf("Disabled", "QueueMembersOnly", "AnyAgent")),
	skillEvaluationMethod: Optional(oneOf("NONE", "BEST", "ALL")),
	queueFlow: Ref,
	emailInQueueFlow: Ref,
	messageInQueueFlow: Ref,
	whisperPrompt: Ref,
	onHoldPrompt: Ref,
	defaultMediaLanguage: Optional(Type.String()),
	autoAnswerOnly: Optional(Type.Boolean()),
	cannedResponseLibraries: Optional(
		Type.Object({ libraryIds: Type.Optional(Type.Array(Type.String())), mode: Type.Optional(Type.String()) }),
	),
	enableTranscription: Optional(Type.Boolean()),
	enableAudioMonitoring: Optional(Type.Boolean()),
	enableManualAssignment: Optional(Type.Boolean()),
	agentOwnedRouting: Optional(
		Type.Object({
			enableAgentOwnedCallbacks: Type.Optional(Type.Boolean()),
			maxOwnedCallbackHours: Type.Optional(Type.Number()),
			maxOwnedCallbackDelayHours: Type.Optional(Type.Number()),
		}),
	),
	callingPartyName: Optional(Type.String()),
	callingPartyNumber: Optional(Type.String()),
	defaultScripts: Optional(
		Type.Record(Type.String(), Type.Object({ id: Type.Optional(Id), name: Type.Optional(Type.String()) })),
	),
	peerId: Optional(Type.String()),
	suppressInQueueCallRecording: Optional(Type.Boolean()),
});

/** `WrapupCodeRequest`. */
export const wrapupCodeBody = Type.Object({ name: Name, description: Description, division: DivisionRef });

/** `WritableEntity` and `WrapUpCodeReference` lists; the platform takes up to 100 at once. */
export const refListBody = Type.Array(Type.Object({ id: Id }), { maxItems: 100 });

/** `QueueMember` as clients send it. */
export const memberBody = Type.Object({
	id: Optional(Id),
	joined: Optional(Type.Boolean()),
	ringNumber: Optional(Type.Integer({ minimum: 1, maximum: 6 })),
});

export const memberListBody = Type.Array(Type.Intersect([memberBody, Type.Object({ id: Id })]), { maxItems: 100 });

/** `UserQueue` as clients send it. */
export const userQueueBody = Type.Object({ id: Optional(Id), joined: Type.Boolean() });
export const userQueueListBody = Type.Array(Type.Object({ id: Id, joined: Type.Boolean() }), { maxItems: 500 });
