import { Type } from "typebox";
import { notSupported } from "../kernel/http/api-error.ts";
import { Answer, anyOf, noPermission, type Route, readScope, route } from "../kernel/http/route.ts";
import { honouring, idParams } from "../kernel/http/schemas.ts";
import type { Recording } from "./model.ts";
import { fileFormats, formatOf } from "./policy-model.ts";
import { fileNameOf, type ReadRecording, type Recordings, viewPermissions } from "./recordings.ts";
import { metadataView, playerView, recordingView } from "./views.ts";

const path = "/api/v2/conversations/:conversationId";
/**
 * What is kept is what is given: of the platform's formats, these two, by the organization's setting when it was recorded. WEBM is what
 * its documentation defaults to.
 */
const formatId = honouring(...fileFormats, "WEBM", "NONE");
const mediaFormats = Type.Optional(Type.String({ maxLength: 200 }));
const locale = Type.Optional(Type.String({ maxLength: 20 }));

/**
 * Recordings of a conversation (platform-api 5.6). Agents read their own without a permission, as the rules see to it; all
 * others ask for one in a division of the conversation.
 */
export function recordingRoutes(recordings: Recordings): Route[] {
	return [
		route({
			method: "GET",
			path: `${path}/recordings`,
			operationId: "getConversationRecordings",
			summary:
				"Recordings of a conversation, with links to play them, each in the form that there is; 202 while one is still being prepared.",
			permission: noPermission,
			forOthers: anyOf(...viewPermissions),
			scope: readScope("recordings"),
			params: idParams("conversationId"),
			query: Type.Object({
				maxWaitMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 60_000 })),
				formatId,
				mediaFormats,
				locale,
			}),
			success: { status: 200, model: "Array<Recording>" },
			// Each is told in what there is of it: one of the other form keeps nobody from all others.
			handler: async ({ principal, params }) => {
				const found = await recordings.list(params.conversationId, principal);
				return preparing(await recordings.withLinks(found, principal), (all) => all.map(recordingView));
			},
		}),
		route({
			method: "GET",
			path: `${path}/recordings/:recordingId`,
			operationId: "getConversationRecording",
			summary: "One recording, with a link to play it, or to save it; 202 while it is still being prepared.",
			permission: noPermission,
			// To save it takes recording:recording:download as well.
			forOthers: anyOf(...viewPermissions),
			scope: readScope("recordings"),
			params: idParams("conversationId", "recordingId"),
			query: Type.Object({
				formatId,
				mediaFormats,
				locale,
				download: Type.Optional(Type.Boolean()),
				fileName: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
			}),
			success: { status: 200, model: "Recording" },
			handler: async ({ principal, params, query }) => {
				const found = await recordings.read(params.conversationId, params.recordingId, principal);
				requireFormat(found.recording, query.formatId);
				const saved = query.download ? (query.fileName ?? fileNameOf(found.recording)) : undefined;
				const linked = await recordings.withLinks([found], principal, saved);
				return preparing(linked, ([one]) => recordingView(one as ReadRecording));
			},
		}),
		route({
			method: "GET",
			path: `${path}/recordingmetadata`,
			operationId: "getConversationRecordingmetadata",
			summary: "What recordings of a conversation there are, without links.",
			permission: noPermission,
			forOthers: anyOf(...viewPermissions),
			scope: readScope("recordings"),
			params: idParams("conversationId"),
			success: { status: 200, model: "Array<RecordingMetadata>" },
			handler: async ({ principal, params }) =>
				(await recordings.list(params.conversationId, principal)).map(metadataView),
		}),
		playerRoute(recordings),
	];
}

/**
 * For the agent's own panel: what its agent may play, by the panel's own token (decision 33). A script's, of the guide's
 * fourteen scopes, plays nothing.
 */
function playerRoute(recordings: Recordings): Route {
	return route({
		method: "GET",
		path: "/api/v2/inlay/conversations/:conversationId/recordings",
		operationId: "getInlayConversationRecordings",
		summary:
			"Recordings of a conversation that the user may play: their own, and others with the permission to view them.",
		permission: noPermission,
		forOthers: anyOf(...viewPermissions),
		scope: readScope("recordings"),
		params: idParams("conversationId"),
		success: { status: 200, description: "{entities}" },
		handler: async ({ principal, params }) => {
			const found = await recordings.ofAgent(params.conversationId, principal);
			return { entities: (await recordings.withLinks(found, principal)).map(playerView) };
		},
	});
}

/** Nothing is converted: what is asked for in the other form is refused by its name. @throws ApiError 400 `not.supported` */
function requireFormat({ type, state }: Recording, asked: string | undefined): void {
	const wanted = fileFormats.find((one) => one === asked);
	if (wanted && state === "available" && formatOf(type) !== wanted) throw notSupported([`formatId=${wanted}`]);
}

/** 202, as on the platform, while something of it can not be played yet. */
function preparing<View>(
	found: readonly ReadRecording[],
	view: (found: readonly ReadRecording[]) => View,
): Answer | View {
	const isPreparing = found.some(
		({ recording }) => recording.state === "recording" || recording.state === "processing",
	);
	return isPreparing
		? new Answer(202, view(found), { "content-type": "application/json; charset=utf-8" })
		: view(found);
}
