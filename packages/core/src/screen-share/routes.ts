import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { screenSharePermission } from "@inlay/contract/screen-share";
import { Type } from "typebox";
import { controllerOf } from "../conversations/routes/context.ts";
import type { ScreenShare } from "../conversations/screen-share/model.ts";
import {
	Answer,
	anyOf,
	noPermission,
	orOwn,
	publicRoute,
	type Route,
	route,
	writeScope,
} from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { type Principal, requireUser } from "../kernel/principal.ts";
import { Pixels, Surface } from "./page-frames.ts";
import type { ScreenSharing } from "./screen-sharing.ts";

const path = "/api/v2/inlay/conversations/:conversationId/screenshares";
const scope = writeScope("conversations");
const common = ["screenshare.not.found"];

/** An agent's side of shared screens; ours: the platform has retired its own and never published how (platform-api 5.13). */
export function screenShareRoutes(sharing: ScreenSharing): Route[] {
	const view = anyOf(screenSharePermission);
	const orEndOwn = orOwn(view, {
		what: "a shared screen that one has begun",
		isOwn: async (userId, { shareId = "" }) => sharing.isOwn(shareId, userId),
	});
	return [
		route({
			method: "POST",
			path,
			operationId: "postInlayConversationScreenshares",
			summary: "Asks the customer for their screen, or begins to show one's own.",
			permission: view,
			scope,
			params: idParams("conversationId"),
			body: Type.Object({ shows: Type.Union([Type.Literal("customer"), Type.Literal("agent")]) }),
			success: { status: 201, description: "{id, shows, state}" },
			errors: ["screenshare.page.away", "conversation.error.invalid.state"],
			handler: async ({ params, body, principal }) =>
				shown(await sharing.begin(params.conversationId, body.shows, userOf(principal))),
		}),
		route({
			method: "PATCH",
			path: `${path}/:shareId`,
			operationId: "patchInlayConversationScreenshare",
			summary: "Pauses one's own screen or goes on, says what it shows, or ends a shared screen.",
			permission: orEndOwn,
			scope,
			params: idParams("conversationId", "shareId"),
			body: Type.Object({
				state: Type.Optional(Type.Union((["sharing", "paused", "ended"] as const).map((one) => Type.Literal(one)))),
				end: Type.Optional(
					Type.Union((["agent.stopped", "cancelled", "surface.ended"] as const).map((one) => Type.Literal(one))),
				),
				surface: Type.Optional(Surface),
				width: Type.Optional(Pixels),
				height: Type.Optional(Pixels),
			}),
			success: { status: 200, description: "{id, shows, state}" },
			errors: [...common, "screenshare.not.yours"],
			handler: async ({ params, body, principal }) =>
				shown(await sharing.changeByAgent(params, body, userOf(principal))),
		}),
		route({
			method: "POST",
			path: `${path}/:shareId/legs`,
			operationId: "postInlayConversationScreenshareLegs",
			summary:
				"Makes a connection to the picture: for who shows it, or for who sees it. The answer has the server's offer.",
			permission: view,
			scope,
			params: idParams("conversationId", "shareId"),
			success: { status: 201, description: "{legId, sdp}" },
			errors: [...common, "screenshare.media.away", "screenshare.legs.most"],
			handler: async ({ params, principal }) => sharing.legForAgent(params, userOf(principal), principal.tokenHash),
		}),
		route({
			method: "PUT",
			path: `${path}/:shareId/legs/:legId`,
			operationId: "putInlayConversationScreenshareLeg",
			summary: "The browser's answer to the offer; what comes back says where its checks go.",
			permission: orEndOwn,
			scope,
			params: idParams("conversationId", "shareId", "legId"),
			body: Type.Object({ sdp: Type.String({ minLength: 1, maxLength: 20_000 }) }),
			success: { status: 200, description: "{candidates}" },
			errors: [...common, "screenshare.leg.not.found", "screenshare.answer.refused"],
			handler: async ({ params, body, principal }) =>
				sharing.answerOfAgent(params, params.legId, body.sdp, requireUser(principal)),
		}),
		route({
			method: "DELETE",
			path: `${path}/:shareId/legs/:legId`,
			operationId: "deleteInlayConversationScreenshareLeg",
			summary: "Closes one's connection; who shows ends the whole by it, who sees may come again within ten seconds.",
			permission: orEndOwn,
			scope,
			params: idParams("conversationId", "shareId", "legId"),
			success: { status: 204 },
			errors: [...common, "screenshare.leg.not.found"],
			handler: async ({ params, principal }) => {
				sharing.closeLegOfAgent(params, params.legId, requireUser(principal));
				return new Answer(204);
			},
		}),
	];
}

/** What a customer's page loads when a screen is shared with it. @param folder of the built messenger */
export function screenScriptRoute(folder: string): Route {
	return route({
		method: "GET",
		path: "/messenger/screen.js",
		operationId: "getMessengerScreenScript",
		summary: "The part of the messenger by which a customer's page shares screens.",
		permission: noPermission,
		scope: publicRoute,
		hidden: true,
		success: { status: 200 },
		async handler() {
			const script = await readFile(join(folder, "screen.js"), "utf8").catch(() => undefined);
			const type = { "content-type": "text/javascript; charset=utf-8" };
			if (script === undefined) return new Answer(503, "// Not built: start Inlay with npm start.\n", type);
			const headers = { "cache-control": "public, max-age=300", "cross-origin-resource-policy": "cross-origin" };
			return new Answer(200, script, { ...type, ...headers });
		},
	});
}

function userOf(principal: Principal) {
	return { ...controllerOf(principal), userId: requireUser(principal) };
}

function shown({ id, shows, state, end }: ScreenShare) {
	return { id, shows, state, ...(end ? { end } : {}) };
}
