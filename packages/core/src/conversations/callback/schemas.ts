import { type Static, Type } from "typebox";

const id = Type.String({ minLength: 1, maxLength: 200 });
const time = Type.String({ maxLength: 40 });
const numbers = Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: 10 });
const Opt = Type.Optional;

/** Of ours: the zone in which the time was chosen, and what was chosen. */
const chosen = Type.Object({
	zone: Opt(Type.String({ maxLength: 60 })),
	wallTime: Opt(Type.String({ maxLength: 20 })),
});

/** `RoutingData`, as far as callbacks act on it. */
const routingData = Type.Object({
	queueId: id,
	priority: Opt(Type.Integer()),
	skillIds: Opt(Type.Array(id, { maxItems: 50 })),
	languageId: Opt(id),
	preferredAgentIds: Opt(Type.Array(id, { maxItems: 1 })),
	routingFlags: Opt(Type.Array(Type.Literal("AGENT_OWNED_CALLBACK"), { maxItems: 1 })),
});

/** `CreateCallbackCommand`; the one on a conversation is the same. */
export const createCallbackBody = Type.Object({
	callbackNumbers: numbers,
	queueId: Opt(id),
	routingData: Opt(routingData),
	scriptId: Opt(id),
	callbackUserName: Opt(Type.String({ maxLength: 200 })),
	callbackScheduledTime: Opt(time),
	countryCode: Opt(Type.String({ pattern: "^[A-Za-z]{2}$" })),
	validateCallbackNumbers: Opt(Type.Boolean()),
	data: Opt(Type.Record(Type.String({ maxLength: 200 }), Type.String({ maxLength: 10_000 }))),
	callerId: Opt(id),
	callerIdName: Opt(id),
	inlay: Opt(chosen),
});
export type CreateCallbackBody = Static<typeof createCallbackBody>;

/** `PatchCallbackRequest`. */
export const patchCallbackBody = Type.Object({
	conversationId: id,
	agentId: Opt(id),
	queueId: Opt(id),
	callbackScheduledTime: Opt(time),
	countryCode: Opt(Type.String({ pattern: "^[A-Za-z]{2}$" })),
	callbackNumbers: Opt(numbers),
	validateCallbackNumbers: Opt(Type.Boolean()),
	inlay: Opt(chosen),
});
