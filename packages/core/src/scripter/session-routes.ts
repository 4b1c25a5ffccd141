import { Type } from "typebox";
import { controllerOf } from "../conversations/routes/context.ts";
import { anyOf, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { type Principal, requireInDivision, requireUser } from "../kernel/principal.ts";
import { GivenInputs } from "../web-services/routes.ts";
import type { ScriptSessions } from "./sessions.ts";

const path = "/api/v2/inlay/scripts/interactions/:conversationId";
const view = "scripter:publishedScript:view";
const Value = Type.Union([Type.String({ maxLength: 10_000 }), Type.Number(), Type.Boolean(), Type.Null()]);

/** The script of one's own interaction; ours: the platform's panel has no public operations for it. */
export function scriptSessionRoutes(sessions: ScriptSessions): Route[] {
	/** The right is asked for where the script is; an interaction without one shows none to anybody. */
	async function permitted(conversationId: string, principal: Principal): Promise<string> {
		const userId = requireUser(principal);
		const version = await sessions.versionFor(conversationId, userId);
		if (version) requireInDivision(principal, [view], version.divisionId);
		return userId;
	}

	return [
		route({
			method: "POST",
			path: `${path}/services/:serviceId`,
			operationId: "postInlayScriptsInteractionService",
			summary: "Asks a web service that the open script of one's own interaction names, and tells its outputs.",
			permission: anyOf("integrations:action:execute"),
			scope: writeScope("conversations"),
			params: idParams("conversationId", "serviceId"),
			body: Type.Object({ inputs: GivenInputs }),
			success: { status: 200 },
			errors: ["script.over", "web.service.host", "web.service.failed"],
			actsOutside: true,
			async handler({ params: { conversationId, serviceId }, body, principal }) {
				const userId = await permitted(conversationId, principal);
				return { outputs: await sessions.callService(conversationId, userId, serviceId, body.inputs) };
			},
		}),
		route({
			method: "GET",
			path,
			operationId: "getInlayScriptsInteraction",
			summary: "The script of one's own interaction, and how far one has come; null where it has none.",
			permission: noPermission,
			scope: readScope("conversations"),
			params: idParams("conversationId"),
			success: { status: 200 },
			async handler({ params, principal }) {
				const userId = await permitted(params.conversationId, principal);
				return { open: (await sessions.open(params.conversationId, userId)) ?? null };
			},
		}),
		route({
			method: "PATCH",
			path,
			operationId: "patchInlayScriptsInteraction",
			summary: "Keeps the page and the values that one has come to; outputs become attributes of the customer.",
			permission: noPermission,
			scope: writeScope("conversations"),
			params: idParams("conversationId"),
			body: Type.Object({
				pageId: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
				values: Type.Optional(Type.Record(Type.String({ maxLength: 100 }), Value)),
				panelId: Type.Optional(Type.String({ pattern: "^[A-Za-z0-9_-]{8,64}$" })),
			}),
			success: { status: 200 },
			errors: ["script.over"],
			async handler({ params, body, principal }) {
				const userId = await permitted(params.conversationId, principal);
				return sessions.change(params.conversationId, body, { ...controllerOf(principal), userId });
			},
		}),
	];
}
