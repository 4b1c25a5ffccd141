import type { OutboundPreview } from "@inlay/contract";
import { Type } from "typebox";
import { hasCalled, isPreview } from "../conversations/campaign/model.ts";
import { type Conversation, isConnected, isStaff } from "../conversations/model.ts";
import type { Conversations } from "../conversations/service.ts";
import { notFound } from "../kernel/http/api-error.ts";
import { allOf, anyOf, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { actorOf, holds, type Principal, requireInDivision, requireUser } from "../kernel/principal.ts";
import { zoneOf } from "./callable-times.ts";
import { longestValue } from "./csv-rows.ts";
import type { Deeds } from "./deeds.ts";
import type { CampaignValue, Contact, ContactListValue, Thing } from "./model.ts";
import type { OutboundThings } from "./outbound.ts";

const path = "/api/v2/inlay/outbound/interactions/:conversationId";

/** What the agent's card shows of a campaign's interaction, and what they do with its contact. */
export function previewRoutes(
	outbound: OutboundThings,
	deeds: Deeds,
	conversations: Pick<Conversations, "get">,
): Route[] {
	async function visible(id: string, principal: Principal) {
		const userId = requireUser(principal);
		const conversation = await conversations.get(id);
		const campaign = conversation?.internal.campaign;
		if (!campaign || !conversation.participants.some((one) => one.userId === userId))
			throw notFound("campaign interaction", id);
		return { conversation, campaign };
	}

	/** What they may do beside calling; none of it where the campaign does not have what it takes. */
	function actionsOf(principal: Principal, list: Thing<ContactListValue>, campaign: Thing<CampaignValue> | undefined) {
		const mayDnc = holds(principal, "outbound:dnc:add") && (campaign?.value.dncListIds.length ?? 0) > 0;
		const mayRemove = holds(principal, "outbound:contact:edit", list.divisionId);
		return [...(mayDnc ? ["doNotCall" as const] : []), ...(mayRemove ? ["remove" as const] : [])];
	}

	return [
		route({
			method: "GET",
			path,
			operationId: "getInlayOutboundInteraction",
			summary: "The contact of one's own campaign interaction; its columns need outbound:contact:view.",
			permission: noPermission,
			scope: readScope("conversations"),
			params: idParams("conversationId"),
			success: { status: 200 },
			async handler({ params, principal }): Promise<OutboundPreview> {
				const { conversation, campaign } = await visible(params.conversationId, principal);
				const list = await outbound.lists.require(campaign.contactListId);
				const mayView = holds(principal, "outbound:contact:view", list.divisionId);
				const [contact, shown, readied] = await Promise.all([
					outbound.contacts.find(outbound.db, list.id, campaign.contactId),
					outbound.campaigns.store.find(outbound.db, campaign.campaignId),
					outbound.calling.ready(outbound.db, campaign.campaignId),
				]);
				const zone = readied?.base.zone ?? "UTC";
				const zoneIn = (column: string) =>
					list.value.phoneColumns.find((one) => one.columnName === column)?.callableTimeColumn;
				const forbidden = await outbound.dnc.among(
					outbound.db,
					shown?.value.dncListIds ?? [],
					campaign.numbers.map((one) => one.number),
				);
				const attempts = mayView ? await outbound.runs.attemptsOf(campaign.contactId, 5) : [];
				const callsAt = dueOf(conversation);
				return {
					conversationId: conversation.id,
					campaign: { id: campaign.campaignId, name: campaign.name },
					mode: campaign.mode,
					numbers: campaign.numbers.map(({ column, number, type }) => ({
						...{ column, number, type },
						zone: zoneOf(contact?.data[zoneIn(column) ?? ""], zone),
						...(forbidden.has(number) ? { isForbidden: true } : {}),
					})),
					...(mayView && contact
						? { columns: columnsOf(contact, shown?.value.shownColumns ?? [], list.value.columnNames) }
						: {}),
					attempts: attempts.map(({ at, number, result }) => ({
						...{ at: at.toISOString(), number },
						...(result ? { result } : {}),
					})),
					actions: contact?.callable ? actionsOf(principal, list, shown) : [],
					skipEnabled: campaign.skipEnabled,
					skipReasons: campaign.skipReasons ?? [],
					...(callsAt ? { callsAt } : {}),
				};
			},
		}),
		route({
			method: "GET",
			path: `${path}/contact`,
			operationId: "getInlayOutboundInteractionContact",
			summary: "All columns of the contact of one's own campaign interaction, and whether one may change them.",
			permission: anyOf("outbound:contact:view"),
			scope: readScope("conversations"),
			params: idParams("conversationId"),
			success: { status: 200 },
			async handler({ params, principal }) {
				const { conversation, campaign } = await visible(params.conversationId, principal);
				const { divisionId = "" } = await outbound.lists.require(campaign.contactListId);
				requireInDivision(principal, ["outbound:contact:view"], divisionId);
				const columns = await deeds.contactOf(conversation);
				if (!columns) throw notFound("contact", campaign.contactId);
				return { columns, mayEdit: holds(principal, "outbound:contact:edit", divisionId) };
			},
		}),
		route({
			method: "PATCH",
			path: `${path}/contact`,
			operationId: "patchInlayOutboundInteractionContact",
			summary: "Corrects columns of the contact of one's own campaign interaction in its list; the others stay.",
			permission: allOf("outbound:contact:view", "outbound:contact:edit"),
			scope: writeScope("conversations"),
			params: idParams("conversationId"),
			body: Type.Object({
				columns: Type.Record(Type.String({ minLength: 1, maxLength: 100 }), Type.String({ maxLength: longestValue }), {
					maxProperties: 200,
				}),
			}),
			success: { status: 200 },
			errors: ["general.conflict"],
			async handler({ params, body, principal }) {
				const { conversation, campaign } = await visible(params.conversationId, principal);
				const { divisionId = "" } = await outbound.lists.require(campaign.contactListId);
				for (const right of ["outbound:contact:view", "outbound:contact:edit"])
					requireInDivision(principal, [right], divisionId);
				return { columns: await deeds.changeColumns(conversation, body.columns, actorOf(principal)), mayEdit: true };
			},
		}),
		route({
			method: "POST",
			path: `${path}/skip`,
			operationId: "postInlayOutboundInteractionSkip",
			summary: "Passes over the contact of the preview that one has in hand, with one of the campaign's reasons.",
			permission: noPermission,
			scope: writeScope("conversations"),
			params: idParams("conversationId"),
			body: Type.Object({ reason: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })) }),
			success: { status: 204 },
			errors: ["outbound.skip.disabled", "outbound.skip.called"],
			async handler({ params, body, principal }) {
				const { conversation } = await visible(params.conversationId, principal);
				await deeds.skip(conversation, requireUser(principal), body.reason);
			},
		}),
		route({
			method: "POST",
			path: `${path}/remove`,
			operationId: "postInlayOutboundInteractionRemove",
			summary:
				"The contact of one's own campaign interaction is not called any more, by any campaign; a preview of it ends.",
			permission: anyOf("outbound:contact:edit"),
			scope: writeScope("conversations"),
			params: idParams("conversationId"),
			success: { status: 204 },
			async handler({ params, principal }) {
				const { conversation, campaign } = await visible(params.conversationId, principal);
				const list = await outbound.lists.require(campaign.contactListId);
				requireInDivision(principal, ["outbound:contact:edit"], list.divisionId ?? "");
				await deeds.remove(conversation, actorOf(principal));
			},
		}),
	];
}

function columnsOf({ data }: Contact, shown: readonly string[], all: readonly string[]) {
	const names = shown.length > 0 ? shown : all;
	return names.flatMap((name) => (data[name] ? [{ name, value: data[name] }] : []));
}

/** When the server calls the first number by itself; undefined where it does not. */
function dueOf(conversation: Conversation): string | undefined {
	const { campaign } = conversation.internal;
	const agent = conversation.participants.find((one) => isStaff(one) && one.callbacks && isConnected(one));
	if (!campaign?.timeoutSeconds || !isPreview(conversation) || !agent?.connectedTime) return undefined;
	if (hasCalled(conversation) || conversation.endTime) return undefined;
	return new Date(Date.parse(agent.connectedTime) + campaign.timeoutSeconds * 1000).toISOString();
}
