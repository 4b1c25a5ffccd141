import { type SoundFault, soundFaults } from "@inlay/contract";
import { Type } from "typebox";
import { visible } from "../../conversations/routes/context.ts";
import type { Conversations } from "../../conversations/service.ts";
import { badField } from "../../kernel/http/api-error.ts";
import { pageOf, pageOffset, pageRequest } from "../../kernel/http/paging.ts";
import { anyOf, noPermission, type Route, readScope, route, writeScope } from "../../kernel/http/route.ts";
import { CommaList, Id, idParams, pagedQuery, readList } from "../../kernel/http/schemas.ts";
import { divisionsWith, requireUser } from "../../kernel/principal.ts";
import { readInterval } from "../../kernel/time/times.ts";
import { browserName } from "./browser-name.ts";
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
	microphone: Type.Optional(Type.String({ maxLength: 200 })),
});

/** Figures of how a call sounded; ours, beside the platform's contract, which has them in its analytics. */
export function callQualityRoutes(quality: CallQuality, conversations: Conversations, now: () => Date): Route[] {
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
			handler: ({ principal, params, body, headers }) => {
				const browser = browserName([headers["user-agent"]].flat()[0]);
				const part = { ...params, userId: requireUser(principal), figures: body };
				return quality.save(browser === undefined ? part : { ...part, browser });
			},
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
		route({
			method: "GET",
			path: "/api/inlay/v1/conversations/quality",
			operationId: "getInlayConversationsQuality",
			summary: "Calls by how they sounded, the newest first; of the divisions in which one may view conversations",
			permission: anyOf(view),
			scope: readScope("conversations"),
			query: pagedQuery({
				/** At most 31 days; the last one where it is absent. */
				interval: Type.Optional(Type.String()),
				/** Any of these faults, comma-joined; `none` for all that were measured. Absent: whatever was wrong. */
				fault: CommaList,
				userId: Type.Optional(Id),
			}),
			success: { status: 200 },
			handler: async ({ principal, query, url }) => {
				const page = pageRequest(query);
				const search = {
					...readDays(query.interval, now()),
					faults: readFaults(readList(query.fault)),
					...(query.userId === undefined ? {} : { userId: query.userId }),
					divisions: divisionsWith(principal, [view]),
				};
				const { calls, total } = await quality.search(search, { limit: page.pageSize, offset: pageOffset(page) });
				return pageOf(calls, total, page, url);
			},
		}),
	];
}

const view = "conversation:communication:view";
const dayMs = 86_400_000;
const mostDays = 31;

function readDays(interval: string | undefined, now: Date): { from: Date; to: Date } {
	if (interval === undefined) return { from: new Date(now.getTime() - dayMs), to: now };
	const { from, to } = readInterval(interval);
	if (to.getTime() - from.getTime() <= mostDays * dayMs) return { from, to };
	throw badField("interval", `interval may reach over ${mostDays} days.`, "invalid.query.param.value");
}

function readFaults(wanted: string[]): SoundFault[] {
	if (wanted.length === 0) return [...soundFaults];
	if (wanted.length === 1 && wanted[0] === "none") return [];
	const isFault = (text: string): text is SoundFault => soundFaults.some((one) => one === text);
	if (wanted.every(isFault)) return wanted;
	const all = soundFaults.join(", ");
	throw badField("fault", `fault takes any of ${all}, or none alone.`, "invalid.query.param.value");
}
