import type { OutboundMine } from "@inlay/contract";
import { Type } from "typebox";
import { noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { actorOf, requireUser } from "../kernel/principal.ts";
import type { OwnWork } from "./own-work.ts";

const path = "/api/v2/inlay/outbound/mine";

/** The campaigns that call for the caller's queues, and the caller's rest from their previews. */
export function ownRoutes(work: OwnWork): Route[] {
	return [
		route({
			method: "GET",
			path,
			operationId: "getInlayOutboundMine",
			summary: "The campaigns that call for queues in which the caller works, and whether they have paused previews.",
			permission: noPermission,
			scope: readScope("conversations"),
			success: { status: 200 },
			handler: ({ principal }): Promise<OutboundMine> => work.mine(requireUser(principal)),
		}),
		route({
			method: "PUT",
			path,
			operationId: "putInlayOutboundMine",
			summary: "Pauses the caller's previews, or lets them go on; while they are paused all else is offered as ever.",
			permission: noPermission,
			scope: writeScope("conversations"),
			body: Type.Object({ previewsPaused: Type.Boolean() }),
			success: { status: 200 },
			errors: ["outbound.pause.offQueue"],
			async handler({ body, principal }): Promise<OutboundMine> {
				const userId = requireUser(principal);
				await work.pausePreviews(userId, body.previewsPaused, actorOf(principal));
				return work.mine(userId);
			},
		}),
	];
}
