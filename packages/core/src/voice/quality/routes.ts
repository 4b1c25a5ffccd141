import { Type } from "typebox";
import { visible } from "../../conversations/routes/context.ts";
import type { Conversations } from "../../conversations/service.ts";
import { noPermission, type Route, readScope, route, writeScope } from "../../kernel/http/route.ts";
import { idParams } from "../../kernel/http/schemas.ts";
import { requireUser } from "../../kernel/principal.ts";
import type { CallQuality } from "./quality.ts";

const path = "/api/v2/inlay/conversations/:conversationId/quality";
const PartId = Type.String({ pattern: "^[A-Za-z0-9_-]{8,64}$" });
const Percent = Type.Number({ minimum: 0, maximum: 100 });
const Milliseconds = Type.Number({ minimum: 0, maximum: 3_600_000 });
/** A day: no call is measured for longer. */
const Seconds = Type.Integer({ minimum: 0, maximum: 86_400 });
const Sound = Type.Object({
	packets: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }),
	lostPercent: Percent,
	jitterMs: Milliseconds,
	levelDb: Type.Optional(Type.Number({ minimum: -120, maximum: 0 })),
	silentSeconds: Seconds,
});
const Figures = Type.Object({
	seconds: Seconds,
	received: Sound,
	sent: Sound,
	roundTripMs: Type.Optional(Milliseconds),
	minRFactor: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
	minMos: Type.Optional(Type.Number({ minimum: 1, maximum: 5 })),
	codec: Type.Optional(Type.String({ maxLength: 60, pattern: "^[\\x21-\\x7e]*$" })),
});

/** Figures of how a call sounded; ours, beside the platform's contract, which has them in its analytics. */
export function callQualityRoutes(quality: CallQuality, conversations: Conversations): Route[] {
	return [
		route({
			method: "PUT",
			path: `${path}/:partId`,
			operationId: "putInlayConversationQuality",
			summary: "Keep what one's phone has measured of one's call",
			permission: noPermission,
			scope: writeScope("conversations"),
			params: Type.Object({ ...idParams("conversationId").properties, partId: PartId }),
			body: Figures,
			success: { status: 204 },
			handler: ({ principal, params, body }) =>
				quality.save({ ...params, userId: requireUser(principal), figures: body }),
		}),
		route({
			method: "GET",
			path,
			operationId: "getInlayConversationQuality",
			summary: "How a conversation sounded to each of its agents; for who may read the conversation",
			permission: noPermission,
			scope: readScope("conversations"),
			params: idParams("conversationId"),
			success: { status: 200 },
			handler: async ({ principal, params }) => {
				await visible(conversations, params.conversationId, principal);
				return { entities: await quality.list(params.conversationId) };
			},
		}),
	];
}
