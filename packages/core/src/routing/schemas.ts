import { type TSchema, Type } from "typebox";
import { honouredIn, Id } from "../kernel/http/schemas.ts";
import {
	afterRetries,
	callbackModes,
	lastAgentModes,
	mostRings,
	sameOfAll,
	scoringMethods,
	skillEvaluationMethods,
	tellCallers,
	wrapupPrompts,
} from "./queue-model.ts";
import { longestAlertingSeconds, shortestAlertingSeconds } from "./queue-rules.ts";

/** Clients send back what they read, with null for what is not set. */
const Optional = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));
const oneOf = <T extends string>(...values: readonly T[]) => Type.Enum([...values]);

export const Name = Type.String({ minLength: 1, maxLength: 200 });
const Description = Optional(Type.String({ maxLength: 2000 }));
const DivisionRef = Optional(Type.Object({ id: Type.Optional(Id) }));

const ServiceLevel = Type.Object({
	percentage: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
	durationMs: Type.Optional(Type.Number({ minimum: 0 })),
});

const MediaSettings = Type.Object({
	alertingTimeoutSeconds: Optional(Type.Integer({ minimum: shortestAlertingSeconds, maximum: longestAlertingSeconds })),
	serviceLevel: Optional(ServiceLevel),
});

const CallMediaSettings = Type.Object({
	...MediaSettings.properties,
	inlayTellCallers: Optional(oneOf(...tellCallers)),
	inlayTellCallersSeconds: Optional(Type.Integer({ minimum: 15, maximum: 600 })),
});

/** `CallbackMediaSettings`. */
const CallbackMediaSettings = Type.Object({
	...MediaSettings.properties,
	enableAutoDialAndEnd: Optional(Type.Boolean()),
	autoDialDelaySeconds: Optional(Type.Integer({ minimum: 0, maximum: 1200 })),
	autoEndDelaySeconds: Optional(Type.Integer({ minimum: 0, maximum: 1200 })),
	mode: Optional(oneOf(...callbackModes)),
	maxRetryCount: Optional(Type.Integer({ minimum: 0, maximum: 10 })),
	retryDelaySeconds: Optional(Type.Integer({ minimum: 30, maximum: 86_400 })),
	inlayAfterRetries: Optional(oneOf(...afterRetries)),
	inlayQueueChoice: Optional(Type.Boolean()),
});

const QueueMediaSettings = Type.Object({
	call: Optional(CallMediaSettings),
	callback: Optional(CallbackMediaSettings),
	chat: Optional(MediaSettings),
	email: Optional(MediaSettings),
	message: Optional(MediaSettings),
});

const Ring = Type.Object({
	expansionCriteria: Optional(
		Type.Array(
			Type.Object({ type: oneOf("TIMEOUT_SECONDS"), threshold: Type.Integer({ minimum: 1, maximum: 86_400 }) }),
			{
				maxItems: 1,
			},
		),
	),
	actions: Optional(Type.Object({ skillsToRemove: Optional(Type.Array(Type.Object({ id: Id }), { maxItems: 50 })) })),
});

const AcwSettings = Type.Object({
	wrapupPrompt: Type.Optional(oneOf(...wrapupPrompts)),
	timeoutMs: Optional(Type.Integer({ minimum: 1_000, maximum: 900_000 })),
});

/** `AgentOwnedRouting`; the platform lets callbacks be agreed upon 1 hour to 30 days ahead. */
const AgentOwnedRouting = Type.Object({
	enableAgentOwnedCallbacks: Optional(Type.Boolean()),
	maxOwnedCallbackHours: Optional(Type.Integer({ minimum: 1, maximum: 720 })),
	maxOwnedCallbackDelayHours: Optional(Type.Integer({ minimum: 1, maximum: 720 })),
	inlayAfterOwner: Optional(oneOf("queue", "end")),
});

/** `Bullseye`; groups of members by ring come with group membership. */
const Bullseye = Type.Object({ rings: Type.Optional(Type.Array(Ring, { maxItems: mostRings })) });

/** `defaultScripts`, by medium. */
const ScriptRef = Optional(Type.Object({ id: Id }));
const DefaultScripts = Type.Object({
	CALL: ScriptRef,
	CALLBACK: ScriptRef,
	CHAT: ScriptRef,
	EMAIL: ScriptRef,
	MESSAGE: ScriptRef,
});

/** What every queue does; asking for something else is refused by name. */
const only = (value: string | boolean) =>
	Optional(typeof value === "string" ? Type.String(honouredIn(value)) : Type.Boolean(honouredIn(String(value))));

/** `QueueRequest`, as far as this server acts on it. */
export const queueBody = Type.Object({
	name: Name,
	description: Description,
	division: DivisionRef,
	mediaSettings: Optional(QueueMediaSettings),
	acwSettings: Optional(AcwSettings),
	agentOwnedRouting: Optional(AgentOwnedRouting),
	scoringMethod: Optional(oneOf(...scoringMethods)),
	lastAgentRoutingMode: Optional(Type.String(honouredIn(...lastAgentModes))),
	skillEvaluationMethod: Optional(oneOf(...skillEvaluationMethods)),
	bullseye: Optional(Bullseye),
	inlayUtilizationLabel: Optional(Type.Object({ id: Id })),
	defaultScripts: Optional(DefaultScripts),
	enableTranscription: Optional(Type.Boolean()),
	inlayTranscriptionLanguage: Optional(Type.String({ maxLength: 40 })),
	suppressInQueueCallRecording: only(sameOfAll.suppressInQueueCallRecording),
	peerId: Optional(Type.String()),
});

/** `CreateQueueRequest`: settings may come from another queue. */
export const newQueueBody = Type.Object({ ...queueBody.properties, sourceQueueId: Optional(Id) });

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
