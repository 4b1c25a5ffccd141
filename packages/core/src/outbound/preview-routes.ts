import type { OutboundPreview } from "@inlay/contract";
import { isPreview } from "../conversations/campaign/model.ts";
import { type Conversation, isConnected, isStaff } from "../conversations/model.ts";
import type { Conversations } from "../conversations/service.ts";
import { notFound } from "../kernel/http/api-error.ts";
import { noPermission, type Route, readScope, route } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { holds, type Principal, requireUser } from "../kernel/principal.ts";
import { zoneOf } from "./callable-times.ts";
import type { Contact } from "./model.ts";
import type { OutboundThings } from "./outbound.ts";

/** What the agent's card shows of a campaign's interaction. */
export function previewRoutes(outbound: OutboundThings, conversations: Pick<Conversations, "get">): Route[] {
	async function visible(id: string, principal: Principal): Promise<Conversation> {
		const userId = requireUser(principal);
		const conversation = await conversations.get(id);
		const isTheirs = conversation?.participants.some((one) => one.userId === userId);
		if (!conversation?.internal.campaign || !isTheirs) throw notFound("campaign interaction", id);
		return conversation;
	}

	return [
		route({
			method: "GET",
			path: "/api/v2/inlay/outbound/interactions/:conversationId",
			operationId: "getInlayOutboundInteraction",
			summary: "The contact of one's own campaign interaction; its columns need outbound:contact:view.",
			permission: noPermission,
			scope: readScope("conversations"),
			params: idParams("conversationId"),
			success: { status: 200 },
			async handler({ params, principal }): Promise<OutboundPreview> {
				const conversation = await visible(params.conversationId, principal);
				const campaign = conversation.internal.campaign;
				if (!campaign) throw notFound("campaign interaction", params.conversationId);
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
				const attempts = mayView ? await outbound.runs.attemptsOf(campaign.contactId, 5) : [];
				return {
					conversationId: conversation.id,
					campaign: { id: campaign.campaignId, name: campaign.name },
					mode: campaign.mode,
					numbers: campaign.numbers.map(({ column, number, type }) => ({
						...{ column, number, type },
						zone: zoneOf(contact?.data[zoneIn(column) ?? ""], zone),
					})),
					...(mayView && contact
						? { columns: columnsOf(contact, shown?.value.shownColumns ?? [], list.value.columnNames) }
						: {}),
					attempts: attempts.map(({ at, number, result }) => ({
						...{ at: at.toISOString(), number },
						...(result ? { result } : {}),
					})),
					skipEnabled: campaign.skipEnabled,
					...(callsAt(conversation) ? { callsAt: callsAt(conversation) } : {}),
				};
			},
		}),
	];
}

function columnsOf({ data }: Contact, shown: readonly string[], all: readonly string[]) {
	const names = shown.length > 0 ? shown : all;
	return names.flatMap((name) => (data[name] ? [{ name, value: data[name] }] : []));
}

/** When the server calls the first number by itself; undefined where it does not. */
function callsAt(conversation: Conversation): string | undefined {
	const { campaign, facts } = conversation.internal;
	const agent = conversation.participants.find((one) => isStaff(one) && one.callbacks && isConnected(one));
	if (!campaign?.timeoutSeconds || !isPreview(conversation) || !agent?.connectedTime) return undefined;
	if ((facts?.attempts.length ?? 0) > 0 || conversation.endTime) return undefined;
	return new Date(Date.parse(agent.connectedTime) + campaign.timeoutSeconds * 1000).toISOString();
}
