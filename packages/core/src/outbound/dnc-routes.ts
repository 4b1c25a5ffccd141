import { Type } from "typebox";
import { requireView } from "../conversations/authority.ts";
import { controllerOf } from "../conversations/routes/context.ts";
import type { Conversations } from "../conversations/service.ts";
import { badField, notFound } from "../kernel/http/api-error.ts";
import { pageOf, pageOffset, pageRequest } from "../kernel/http/paging.ts";
import { anyOf, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams, pagedQuery } from "../kernel/http/schemas.ts";
import { actorOf, requireInDivision } from "../kernel/principal.ts";
import { numberOf } from "./csv-rows.ts";
import type { Deeds } from "./deeds.ts";
import type { OutboundThings } from "./outbound.ts";

const numbers = Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { maxItems: 1_000 });

/** Numbers that must not be called. */
export function dncRoutes(outbound: OutboundThings, deeds: Deeds, conversations: Pick<Conversations, "get">): Route[] {
	const { dncLists } = outbound;

	async function read(sent: readonly string[], field: string): Promise<string[]> {
		if (sent.length === 0) throw badField(field, `${field} must have at least one number.`);
		const country = await outbound.country();
		return sent.map((one, index) => {
			const number = numberOf(one, country);
			if (number) return number;
			throw badField(`${field}[${index}]`, `${field}[${index}] must be a phone number, such as +3173123456.`);
		});
	}

	return [
		route({
			method: "GET",
			path: "/api/v2/inlay/outbound/dnclists/:dncListId/phonenumbers",
			operationId: "getInlayOutboundDncNumbers",
			summary: "Lists the numbers of a DNC list: all, or those with some digits.",
			permission: anyOf("outbound:dnc:view"),
			scope: readScope("outbound"),
			params: idParams("dncListId"),
			query: pagedQuery({ search: Type.Optional(Type.String({ maxLength: 100 })) }),
			success: { status: 200 },
			async handler({ params, query, principal, url }) {
				const list = await dncLists.require(params.dncListId);
				requireInDivision(principal, ["outbound:dnc:view"], list.divisionId ?? "");
				const page = pageRequest(query);
				const slice = { limit: page.pageSize, offset: pageOffset(page) };
				const found = await outbound.dnc.page(list.id, slice, query.search);
				const views = found.map(({ number, addedAt }) => ({ number, dateAdded: addedAt.toISOString() }));
				return pageOf(views, await outbound.dnc.count(list.id, query.search), page, url);
			},
		}),
		route({
			method: "PATCH",
			path: "/api/v2/outbound/dnclists/:dncListId/phonenumbers",
			operationId: "patchOutboundDnclistPhonenumbers",
			summary: "Adds numbers to a DNC list, or takes them from it: all of them or none.",
			permission: anyOf("outbound:dnc:add"),
			scope: writeScope("outbound"),
			params: idParams("dncListId"),
			body: Type.Object({
				action: Type.Union([Type.Literal("Add"), Type.Literal("Remove")]),
				phoneNumbers: numbers,
			}),
			success: { status: 204 },
			async handler({ params, body, principal }) {
				const list = await dncLists.require(params.dncListId);
				requireInDivision(principal, ["outbound:dnc:add"], list.divisionId ?? "");
				await outbound.changeDnc(
					list.id,
					body.action,
					await read(body.phoneNumbers, "phoneNumbers"),
					actorOf(principal),
				);
			},
		}),
		route({
			method: "POST",
			path: "/api/v2/outbound/conversations/:conversationId/dnc",
			operationId: "postOutboundConversationDnc",
			summary:
				"Nobody calls the number any more with which a campaign's interaction is: it goes onto the campaign's DNC lists.",
			permission: anyOf("outbound:dnc:add"),
			scope: writeScope("outbound"),
			params: idParams("conversationId"),
			success: { status: 204 },
			async handler({ params, principal }) {
				const conversation = await conversations.get(params.conversationId);
				if (!conversation) throw notFound("conversation", params.conversationId);
				requireView(conversation, controllerOf(principal));
				const divisionId = await outbound.whereabouts.dncList(await deeds.dncListOf(conversation));
				requireInDivision(principal, ["outbound:dnc:add"], divisionId ?? "");
				await deeds.doNotCall(conversation, actorOf(principal));
			},
		}),
	];
}
