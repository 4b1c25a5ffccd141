import { Type } from "typebox";
import { allOf, anyOf, everywhere, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { Id } from "../kernel/http/schemas.ts";
import { actorOf, divisionsWith } from "../kernel/principal.ts";
import { inDivisions } from "./definition-routes.ts";
import type { Definitions } from "./definitions.ts";
import { presenceDefinition } from "./views.ts";

const path = "/api/inlay/v1/presence/definitions";
const permission = (action: string) => `presence:presenceDefinition:${action}`;

/** Our own operations: presences as administrators keep them, with what the platform's models have no place for. */
export function presenceAdminRoutes(definitions: Definitions): Route[] {
	return [
		route({
			method: "GET",
			path,
			operationId: "getInlayPresenceDefinitions",
			summary: "All presences in their order, deactivated ones too, each with its version.",
			permission: allOf(permission("view")),
			scope: readScope("presence"),
			success: { status: 200 },
			async handler({ principal }) {
				const visible = (await definitions.list()).filter(inDivisions(divisionsWith(principal, [permission("view")])));
				return { entities: visible.map((one) => ({ ...presenceDefinition(one), version: one.version })) };
			},
		}),
		route({
			method: "PUT",
			path: `${path}/order`,
			operationId: "putInlayPresenceDefinitionsOrder",
			summary: "Puts the organization's own presences under one system presence into an order.",
			permission: everywhere(anyOf(permission("edit"))),
			scope: writeScope("presence"),
			body: Type.Object({
				systemPresence: Type.String({ maxLength: 50 }),
				/** All of them, each once. */
				ids: Type.Array(Id, { maxItems: 1000, uniqueItems: true }),
			}),
			success: { status: 204 },
			errors: ["version.conflict"],
			handler: ({ body, principal }) => definitions.order(body.systemPresence, body.ids, actorOf(principal)),
		}),
	];
}
