import type { TSchema } from "typebox";
import { ApiError, badField } from "../../kernel/http/api-error.ts";
import { anyOf, noPermission, type Route, readScope, route, writeScope } from "../../kernel/http/route.ts";
import { idParams } from "../../kernel/http/schemas.ts";
import { type Principal, requireUser } from "../../kernel/principal.ts";
import { readTime } from "../../kernel/time/times.ts";
import type { Wrapup } from "../communication.ts";
import type { Medium } from "../medium.ts";
import type { Participant } from "../model.ts";
import type { ParticipantPatch, SharedConversations } from "../service.ts";
import { controllerOf, orInHand, requireCommunication, visibleParticipant } from "./context.ts";
import {
	afterCallWorkBody,
	attributesBody,
	type ParticipantPatchBody,
	parkingBody,
	participantPatchBody,
	wrapupBody,
} from "./schemas.ts";

/** The table's permissions for changing a participant: any one (platform-api 5.3). */
const controlling = [
	"conversation:participant:wrapup",
	"conversation:call:record",
	"conversation:communication:disconnect",
];
const participantParams = idParams("conversationId", "participantId");
const communicationParams = idParams("conversationId", "participantId", "communicationId");

interface Names {
	patch: string;
	attributes: string;
	wrapup: string;
	wrapupCodes: string;
}

const genericNames: Names = {
	patch: "patchConversationParticipant",
	attributes: "patchConversationParticipantAttributes",
	wrapup: "getConversationParticipantWrapup",
	wrapupCodes: "getConversationParticipantWrapupcodes",
};

function namesOf({ words: { one } }: Medium<never>): Names {
	return {
		patch: `patchConversations${one}Participant`,
		attributes: `patchConversations${one}ParticipantAttributes`,
		wrapup: `getConversations${one}ParticipantWrapup`,
		wrapupCodes: `getConversations${one}ParticipantWrapupcodes`,
	};
}

/** One party of a conversation: answer, hang up, hold, mute, record, attributes, wrap-up (platform-api 5.3). */
export function participantRoutes(service: SharedConversations): Route[] {
	return [
		...sharedRoutes(service, "/api/v2/conversations", genericNames, false),
		afterCallWorkRoute(service),
		extensionRoute(service),
	];
}

/** The same under a medium's own path. */
export function mediaParticipantRoutes(service: SharedConversations, medium: Medium<never>): Route[] {
	return [
		...sharedRoutes(service, `/api/v2/conversations/${medium.list}`, namesOf(medium), true),
		...communicationRoutes(service, medium),
		...(medium.isWritten ? [parkingRoute(service, medium)] : []),
	];
}

function sharedRoutes(service: SharedConversations, prefix: string, names: Names, answersAttributes: boolean): Route[] {
	const path = `${prefix}/:conversationId/participants/:participantId`;
	return [
		route({
			method: "PATCH",
			path,
			operationId: names.patch,
			summary: "Answers, hangs up, holds, mutes or records one party's part, or wraps it up.",
			permission: orInHand(service, anyOf(...controlling)),
			scope: writeScope("conversations"),
			params: participantParams,
			body: participantPatchBody,
			success: { status: 202 },
			errors: ["conversation.error.participant.not.found", "conversation.error.not.conversation.participant"],
			handler: async ({ params, body, principal }) => {
				await patchOne(service, params, body, principal);
			},
		}),
		route({
			method: "PATCH",
			path: `${path}/attributes`,
			operationId: names.attributes,
			summary: "Adds or replaces a party's attributes; an empty text removes one.",
			permission: noPermission,
			scope: writeScope("conversations"),
			params: participantParams,
			body: attributesBody,
			success: { status: 202, ...(answersAttributes ? { model: "ParticipantAttributes" } : {}) },
			handler: async ({ params, body, principal }) => {
				const { conversationId, participantId } = params;
				const by = controllerOf(principal);
				const changed = await service.setAttributes(conversationId, participantId, body.attributes, by);
				const attributes = changed.participants.find((one) => one.id === participantId)?.attributes ?? {};
				return answersAttributes ? { attributes } : undefined;
			},
		}),
		wrapupRoute(service, names.wrapup, `${path}/wrapup`, participantParams),
		route({
			method: "GET",
			path: `${path}/wrapupcodes`,
			operationId: names.wrapupCodes,
			summary: "Lists the wrap-up codes that the party may give.",
			permission: noPermission,
			scope: readScope("conversations"),
			params: participantParams,
			success: { status: 200, model: "Array<WrapupCode>" },
			handler: async ({ params, principal }) => {
				const { conversation } = await visibleParticipant(service, params, principal);
				const codes = await service.wrapupCodesOf(conversation, params.participantId);
				return codes.map(({ id, name }) => ({ id, name, selfUri: `/api/v2/routing/wrapupcodes/${id}` }));
			},
		}),
	];
}

function afterCallWorkRoute(service: SharedConversations): Route {
	return route({
		method: "PATCH",
		path: "/api/v2/conversations/aftercallwork/:conversationId/participants/:participantId/communications/:communicationId",
		operationId: "patchConversationsAftercallworkConversationIdParticipantCommunication",
		summary: "Asks for after-call work, or takes it back, where the queue leaves it to the agent.",
		permission: noPermission,
		scope: writeScope("conversations"),
		params: communicationParams,
		body: afterCallWorkBody,
		success: { status: 200, model: "object" },
		handler: async ({ params, body, principal }) => {
			const { participant } = await visibleParticipant(service, params, principal);
			requireCommunication(participant, params.communicationId);
			const { afterCallWorkRequired: wanted } = body;
			await service.requestAfterCallWork(params.conversationId, params.participantId, wanted, controllerOf(principal));
			return { afterCallWorkRequired: wanted };
		},
	});
}

function extensionRoute(service: SharedConversations): Route {
	return route({
		method: "POST",
		path: "/api/v2/inlay/conversations/:conversationId/participants/:participantId/aftercallwork/extension",
		operationId: "postInlayAftercallworkExtension",
		summary: "Gives the agent half a minute more for timed after-call work, as often as the organization allows.",
		permission: noPermission,
		scope: writeScope("conversations"),
		params: participantParams,
		success: { status: 202 },
		errors: ["conversation.error.invalid.state"],
		handler: async ({ params, principal }) => {
			await visibleParticipant(service, params, principal);
			await service.extendAfterCallWork(params.conversationId, params.participantId, controllerOf(principal));
		},
	});
}

function communicationRoutes(service: SharedConversations, { list, words: { one } }: Medium<never>): Route[] {
	const party = `/api/v2/conversations/${list}/:conversationId/participants/:participantId`;
	const path = `${party}/communications/:communicationId` as const;
	return [
		route({
			method: "PATCH",
			path,
			operationId: `patchConversations${one}ParticipantCommunication`,
			summary: "Changes one party's part, named by its communication.",
			permission: noPermission,
			scope: writeScope("conversations"),
			params: communicationParams,
			body: participantPatchBody,
			success: { status: 200, model: "object" },
			handler: async ({ params, body, principal }) => {
				const { participant } = await visibleParticipant(service, params, principal);
				requireCommunication(participant, params.communicationId);
				await patchOne(service, params, body, principal);
				return {};
			},
		}),
		wrapupRoute(service, `getConversations${one}ParticipantCommunicationWrapup`, `${path}/wrapup`, communicationParams),
		route({
			method: "POST",
			path: `${path}/wrapup`,
			operationId: `postConversations${one}ParticipantCommunicationWrapup`,
			summary: "Wraps up one party's part.",
			permission: orInHand(service, anyOf("conversation:participant:wrapup")),
			scope: writeScope("conversations"),
			params: communicationParams,
			body: wrapupBody,
			success: { status: 202 },
			handler: async ({ params, body, principal }) => {
				await visibleParticipant(service, params, principal);
				await service.wrapup(params.conversationId, params.participantId, wrapupOf(body), controllerOf(principal));
			},
		}),
	];
}

function wrapupRoute(service: SharedConversations, operationId: string, path: string, params: TSchema): Route {
	return route({
		method: "GET",
		path,
		operationId,
		summary: "Reads a party's wrap-up.",
		permission: noPermission,
		scope: readScope("conversations"),
		params: params as typeof participantParams,
		success: { status: 200, model: "AssignedWrapupCode" },
		handler: async ({ params: ids, principal }) => {
			const { participant } = await visibleParticipant(service, ids, principal);
			return assignedWrapup(participant);
		},
	});
}

function assignedWrapup({ id, wrapup }: Participant) {
	if (wrapup) {
		const { name: _name, provisional: _provisional, ...shown } = wrapup;
		return shown;
	}
	throw new ApiError(404, "not.found", "The participant {participantId} has not been wrapped up.", {
		params: { participantId: id },
	});
}

async function patchOne(
	service: SharedConversations,
	{ conversationId, participantId }: { conversationId: string; participantId: string },
	body: ParticipantPatchBody,
	principal: Principal,
): Promise<void> {
	// A token without a user has no phone that could answer (platform-api 5.3).
	if (body.state === "connected") requireUser(principal);
	const { resumeTime, wrapup, ...rest } = body;
	if (body.state === "parked") return parkOne(service, { conversationId, participantId }, body, principal);
	if (resumeTime !== undefined)
		throw badField("resumeTime", "resumeTime says until when something is parked: it goes with the state parked.");
	const patch: ParticipantPatch = { ...rest, ...(wrapup ? { wrapup: wrapupOf(wrapup) } : {}) };
	await service.patchParticipant(conversationId, participantId, patch, controllerOf(principal));
}

/** `MediaParticipantRequest` that parks: nothing else can be asked for along with it. */
async function parkOne(
	service: SharedConversations,
	{ conversationId, participantId }: { conversationId: string; participantId: string },
	{ state: _state, resumeTime, ...others }: ParticipantPatchBody,
	principal: Principal,
): Promise<void> {
	const [other] = Object.keys(others);
	if (other) throw badField(other, `${other} cannot be changed along with parking.`);
	const until = resumeTime === undefined ? undefined : readTime("resumeTime", resumeTime);
	await service.park(conversationId, participantId, until, controllerOf(principal));
}

/** Puts aside what is written, and takes it up again (platform-api 5.9 and 5.10). */
function parkingRoute(service: SharedConversations, { list, words: { one, inText } }: Medium<never>): Route {
	return route({
		method: "PATCH",
		path: `/api/v2/conversations/${list}/:conversationId/participants/:participantId/parkingstate`,
		operationId: `patchConversations${one}ParticipantParkingstate`,
		summary: `Parks one's own ${inText}, or takes it up again: \`state\` is parked or unparked.`,
		// Who has lost the permission takes up again what they have parked; parking asks for it itself.
		permission: orInHand(service, anyOf(`conversation:${inText}:park`)),
		scope: writeScope("conversations"),
		params: participantParams,
		body: parkingBody,
		success: { status: 204 },
		errors: ["conversation.park.limit"],
		async handler({ params: ids, body: { state, resumeTime }, principal }) {
			const asked = state.toLowerCase();
			if (asked === "parked") return parkOne(service, ids, { state: asked, ...optional(resumeTime) }, principal);
			if (asked !== "unparked" && asked !== "connected") throw badField("state", "state must be parked or unparked.");
			if (resumeTime !== undefined) throw badField("resumeTime", "resumeTime says until when something is parked.");
			await service.unpark(ids.conversationId, ids.participantId, controllerOf(principal));
		},
	});
}

function optional(resumeTime: string | undefined) {
	return resumeTime === undefined ? {} : { resumeTime };
}

function wrapupOf(body: NonNullable<ParticipantPatchBody["wrapup"]>): Wrapup {
	const { name: _name, ...wrapup } = body;
	if (wrapup.endTime === undefined) return wrapup;
	return { ...wrapup, endTime: readTime("wrapup.endTime", wrapup.endTime).toISOString() };
}
