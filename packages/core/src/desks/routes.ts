import { deskSections } from "@inlay/contract";
import { Type } from "typebox";
import { noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { requireUser } from "../kernel/principal.ts";
import type { Desks } from "./desks.ts";
import { entryView, leaseView } from "./views.ts";

const PanelId = Type.String({ pattern: "^[A-Za-z0-9_-]{8,64}$" });
const Occasion = Type.String({ pattern: "^[A-Za-z0-9_-]{1,64}$" });
const Section = Type.Union(deskSections.map((section) => Type.Literal(section)));
const Writing = Type.Object({
	panelId: PanelId,
	version: Type.Integer({ minimum: 0, maximum: 2_147_483_646 }),
	value: Type.Unknown(),
});
const base = "/api/v2/inlay/desk";

/** What others know, and every panel would ask for at its start. */
export interface DeskNews {
	/** Somebody has begun to write something and not sent it. */
	hasDrafts: (userId: string) => Promise<boolean>;
}

/**
 * The signed-in agent's own desk; ours, beside the platform's contract. Whoever may see their conversations has one, and
 * nobody has another's: no permission opens it.
 */
export function deskRoutes(desks: Desks, { hasDrafts }: DeskNews): Route[] {
	return [
		route({
			method: "GET",
			path: base,
			operationId: "getInlayDesk",
			summary: "What the agent's panels remember of their interactions, and which panel leads",
			permission: noPermission,
			scope: readScope("conversations"),
			success: { status: 200 },
			handler: async ({ principal }) => {
				const userId = requireUser(principal);
				const [entries, leader, seenAt, drafts] = await Promise.all([
					desks.entries(userId),
					desks.leaderOf(userId),
					desks.callsSeenAt(userId),
					hasDrafts(userId),
				]);
				return {
					entries: entries.map(entryView),
					...(leader ? { leader: leaseView(leader) } : {}),
					...(seenAt ? { callsSeenAt: seenAt.toISOString() } : {}),
					...(drafts ? { hasDrafts: true } : {}),
				};
			},
		}),
		route({
			method: "GET",
			path: `${base}/conversations/:conversationId/:section`,
			operationId: "getInlayDeskEntry",
			summary: "One thing that is remembered of an interaction",
			permission: noPermission,
			scope: readScope("conversations"),
			params: Type.Object({ ...idParams("conversationId").properties, section: Section }),
			success: { status: 200 },
			handler: async ({ principal, params }) =>
				entryView(await desks.entry(requireUser(principal), params.conversationId, params.section)),
		}),
		route({
			method: "PUT",
			path: `${base}/conversations/:conversationId/:section`,
			operationId: "putInlayDeskEntry",
			summary: "Remember something of an interaction; refused with 409 where another panel wrote meanwhile",
			permission: noPermission,
			scope: writeScope("conversations"),
			params: Type.Object({ ...idParams("conversationId").properties, section: Section }),
			body: Writing,
			success: { status: 200 },
			handler: async ({ principal, params, body }) =>
				entryView(await desks.write(requireUser(principal), { ...params, ...body })),
		}),
		route({
			method: "POST",
			path: `${base}/conversations/:conversationId/:section/claim`,
			operationId: "postInlayDeskClaim",
			summary: "Whether this panel is the first to do something of which there is one per interaction",
			permission: noPermission,
			scope: writeScope("conversations"),
			params: Type.Object({ ...idParams("conversationId").properties, section: Section }),
			body: Type.Object({ panelId: PanelId, occasion: Type.Optional(Occasion) }),
			success: { status: 200 },
			handler: async ({ principal, params, body }) => ({
				first: await desks.claim(requireUser(principal), { ...params, ...body }),
			}),
		}),
		route({
			method: "POST",
			path: `${base}/lead`,
			operationId: "postInlayDeskLead",
			summary: "Ask that this panel rings, pops, logs and has the phone",
			permission: noPermission,
			scope: writeScope("conversations"),
			body: Type.Object({
				panelId: PanelId,
				channelId: Type.String({ minLength: 1, maxLength: 200 }),
				takeOver: Type.Optional(Type.Boolean()),
			}),
			success: { status: 200 },
			handler: async ({ principal, body }) => {
				const asked = { ...body, takeOver: body.takeOver ?? false };
				return { leader: leaseView(await desks.lead(requireUser(principal), asked)) };
			},
		}),
		route({
			method: "POST",
			path: `${base}/callsseen`,
			operationId: "postInlayDeskCallsSeen",
			summary: "The agent has looked at their missed calls",
			permission: noPermission,
			scope: writeScope("conversations"),
			success: { status: 204 },
			handler: ({ principal }) => desks.seeCalls(requireUser(principal)),
		}),
		route({
			method: "DELETE",
			path: `${base}/lead/:panelId`,
			operationId: "deleteInlayDeskLead",
			summary:
				"This panel goes; another may lead. With `mayReturn` its page may be loading anew, with `closed` it ends",
			permission: noPermission,
			scope: writeScope("conversations"),
			params: Type.Object({ panelId: PanelId }),
			query: Type.Object({
				mayReturn: Type.Optional(Type.Boolean()),
				closed: Type.Optional(Type.Boolean()),
			}),
			success: { status: 204 },
			handler: ({ principal, params, query }) => desks.leave(requireUser(principal), params.panelId, query),
		}),
	];
}
