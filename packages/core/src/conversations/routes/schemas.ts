import { type Static, Type } from "typebox";

const state = Type.String({ maxLength: 40 });
const text = Type.String({ maxLength: 4000 });
const optionalText = Type.Optional(Type.Union([text, Type.Null()]));

/** `WrapupInput`; the name is the server's to fill. */
export const wrapupBody = Type.Object({
	code: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
	name: optionalText,
	notes: Type.Optional(text),
	tags: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 100 })),
	durationSeconds: Type.Optional(Type.Integer({ minimum: 0 })),
	endTime: Type.Optional(Type.String({ maxLength: 40 })),
	provisional: Type.Optional(Type.Boolean()),
});

/** `MediaParticipantRequest`. */
export const participantPatchBody = Type.Object({
	state: Type.Optional(state),
	held: Type.Optional(Type.Boolean()),
	muted: Type.Optional(Type.Boolean()),
	recording: Type.Optional(Type.Boolean()),
	confined: Type.Optional(Type.Boolean()),
	wrapup: Type.Optional(wrapupBody),
	wrapupSkipped: Type.Optional(Type.Boolean()),
	resumeTime: Type.Optional(Type.String({ maxLength: 40 })),
});
export type ParticipantPatchBody = Static<typeof participantPatchBody>;

/** `ParkingStateRequest`. */
export const parkingBody = Type.Object({ state, resumeTime: Type.Optional(Type.String({ maxLength: 40 })) });

/** `AfterCallWorkUpdate`. */
export const afterCallWorkBody = Type.Object({ afterCallWorkRequired: Type.Boolean() });

/** `ParticipantAttributes`. */
export const attributesBody = Type.Object({
	attributes: Type.Record(Type.String({ maxLength: 200 }), Type.String({ maxLength: 10_000 })),
});

export const digitsBody = Type.Object({ digits: Type.String({ pattern: "^[0-9*#A-Da-d]{1,50}$" }) });

export const recordingStateBody = Type.Object({
	recordingState: Type.Union([Type.Literal("ACTIVE"), Type.Literal("PAUSED"), Type.Literal("NONE")]),
});

const id = Type.Optional(Type.String({ maxLength: 200 }));

/** `Destination`: one party of an ad hoc call. */
const destination = Type.Object({ address: id, userId: id, queueId: id });

/** `CreateCallRequest`. */
export const createCallBody = Type.Object({
	phoneNumber: id,
	callerId: id,
	callerIdName: id,
	callFromQueueId: id,
	callQueueId: id,
	callUserId: id,
	priority: Type.Optional(Type.Integer()),
	routingSkillsIds: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 50 })),
	languageId: id,
	attributes: Type.Optional(Type.Record(Type.String({ maxLength: 200 }), Type.String({ maxLength: 10_000 }))),
	conversationIds: Type.Optional(Type.Array(Type.String())),
	participants: Type.Optional(Type.Array(destination, { maxItems: 100 })),
	uuiData: Type.Optional(text),
	externalContactId: id,
});
export type CreateCallBody = Static<typeof createCallBody>;

/** `RoutingConversationAttributesRequest`: what is absent stays as it is, no language is asked for by an empty one. */
export const routingAttributesBody = Type.Object({
	priority: Type.Optional(Type.Integer({ minimum: -100, maximum: 100 })),
	skillIds: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 50 })),
	languageId: Type.Optional(Type.Union([Type.String({ maxLength: 200 }), Type.Null()])),
});

/** What can be changed of a call's `Conversation` as a whole. */
export const conversationPatchBody = Type.Object({
	state: Type.Optional(state),
	recordingState: Type.Optional(Type.String({ maxLength: 20 })),
});

/** `Conversation` as the body that adds parties to a call. */
export const addPartiesBody = Type.Object({
	participants: Type.Array(Type.Object({ address: id, userId: id }), { minItems: 1, maxItems: 10 }),
});

export const callCommandBody = Type.Object({
	callNumber: Type.String({ minLength: 1, maxLength: 200 }),
	phoneColumn: id,
});

/** `TransferRequest` and its typed relatives. */
export const transferBody = Type.Object({
	userId: id,
	queueId: id,
	address: id,
	userName: id,
	queueName: id,
	userDisplayName: id,
	voicemail: Type.Optional(Type.Boolean()),
	transferType: Type.Optional(Type.Union([Type.Literal("Attended"), Type.Literal("Unattended")])),
});
export type TransferBody = Static<typeof transferBody>;
