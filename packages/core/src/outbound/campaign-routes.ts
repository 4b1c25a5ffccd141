import { Type } from "typebox";
import { pageOf, pageOffset, pageRequest } from "../kernel/http/paging.ts";
import { type AskedPermissions, allOf, anyOf, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import {
	CommaList,
	honouring,
	idParams,
	isDescending,
	pagedQuery,
	readList,
	SortOrder,
} from "../kernel/http/schemas.ts";
import { actorOf, divisionsWith, type Principal, requireInDivision } from "../kernel/principal.ts";
import { type DivisionDirectory, divisionNames, divisionView } from "../routing/ports.ts";
import type { CampaignValue, Thing } from "./model.ts";
import type { OutboundThings } from "./outbound.ts";
import { neverRun } from "./views.ts";

const path = "/api/v2/outbound/campaigns";
const search = "outbound:campaign:search";

/** Campaigns beside what every kind of thing has: for choosing one, starting and stopping, and how far they are. */
export function campaignRoutes(outbound: OutboundThings, directory: DivisionDirectory): Route[] {
	const { campaigns, runs } = outbound;

	async function list(query: Record<string, unknown>, principal: Principal, url: string, isCommon: boolean) {
		const page = pageRequest(query);
		const filter = {
			...(typeof query.name === "string" ? { name: query.name } : {}),
			ids: readList(query.id as string | string[] | undefined),
			divisions: divisionsWith(principal, [search]),
			descending: isDescending(query.sortOrder as string | undefined),
		};
		const { found, total } = await campaigns.list(filter, { limit: page.pageSize, offset: pageOffset(page) });
		const names = await divisionNames(directory);
		const views = found.map((one) => ({ ...view(one, names), ...(isCommon ? { mediaType: "Voice" } : {}) }));
		return pageOf(views, total, page, url);
	}

	async function permitted(id: string, permission: string, principal: Principal): Promise<Thing<CampaignValue>> {
		const campaign = await campaigns.require(id);
		requireInDivision(principal, [permission], campaign.divisionId ?? "");
		return campaign;
	}

	function switching(action: "start" | "stop"): Route {
		return route({
			method: "POST",
			path: `${path}/:campaignId/${action}`,
			operationId: action === "start" ? "postOutboundCampaignStart" : "postOutboundCampaignStop",
			summary:
				action === "start" ? "Starts a campaign." : "Stops a campaign; who is talked to, or looked at, is finished.",
			permission: anyOf("outbound:campaign:edit"),
			scope: writeScope("outbound"),
			params: idParams("campaignId"),
			success: { status: 204 },
			async handler({ params, principal }) {
				const campaign = await permitted(params.campaignId, "outbound:campaign:edit", principal);
				await outbound.setStatus(campaign, action === "start" ? "on" : "off", actorOf(principal));
			},
		});
	}

	return [
		route({
			method: "GET",
			path: `${path}/divisionviews`,
			operationId: "getOutboundCampaignsDivisionviews",
			summary: "Lists the campaigns that the caller may search, for choosing one.",
			permission: allOf(search),
			scope: readScope("outbound"),
			query: choiceQuery,
			success: { status: 200, model: "CampaignDivisionViewListing" },
			handler: ({ query, principal, url }) => list(query, principal, url, false),
		}),
		route({
			method: "GET",
			path: `${path}/divisionviews/:campaignId`,
			operationId: "getOutboundCampaignsDivisionview",
			summary: "One campaign, as far as choosing it needs.",
			permission: allOf(search),
			scope: readScope("outbound"),
			params: idParams("campaignId"),
			success: { status: 200, model: "CampaignDivisionView" },
			async handler({ params, principal }) {
				return view(await permitted(params.campaignId, search, principal), await divisionNames(directory));
			},
		}),
		route({
			method: "GET",
			path: `${path}/all/divisionviews`,
			operationId: "getOutboundCampaignsAllDivisionviews",
			summary: "Lists campaigns of every kind that the caller may search; there are those that call.",
			permission: anySearch,
			scope: readScope("outbound"),
			query: choiceQuery,
			success: { status: 200, model: "CommonCampaignDivisionViewEntityListing" },
			handler: ({ query, principal, url }) => list(query, principal, url, true),
		}),
		route({
			method: "GET",
			path: `${path}/:campaignId/stats`,
			operationId: "getOutboundCampaignStats",
			summary: "How a campaign calls now.",
			permission: anyOf("outbound:campaign:view"),
			scope: readScope("outbound"),
			params: idParams("campaignId"),
			success: { status: 200, model: "CampaignStats" },
			async handler({ params, principal }) {
				const { id } = await permitted(params.campaignId, "outbound:campaign:view", principal);
				const run = (await outbound.runsOf([id])).get(id) ?? neverRun;
				const [history, progress] = await Promise.all([runs.history(outbound.db, id), runs.progress(id, run.run)]);
				const { answers: connects, attempts, abandoned } = history;
				return {
					contactRate: { attempts, connects, connectRatio: attempts === 0 ? 0 : connects / attempts },
					adjustedCallsPerAgent: run.callsPerAgent,
					outstandingCalls: progress.taken,
					rightPartyContactsCount: progress.right,
					validAttempts: progress.attempts,
					inlay: { answers: connects, abandoned, abandonRate: connects === 0 ? 0 : (100 * abandoned) / connects },
				};
			},
		}),
		route({
			method: "GET",
			path: `${path}/:campaignId/progress`,
			operationId: "getOutboundCampaignProgress",
			summary: "How far a campaign's run has come.",
			permission: anyOf("outbound:campaign:view"),
			scope: readScope("outbound"),
			params: idParams("campaignId"),
			success: { status: 200, model: "CampaignProgress" },
			async handler({ params, principal }) {
				const { id, value } = await permitted(params.campaignId, "outbound:campaign:view", principal);
				const run = (await outbound.runsOf([id])).get(id) ?? neverRun;
				const [progress, total, skipReasons] = await Promise.all([
					runs.progress(id, run.run),
					outbound.contacts.count(value.contactListId),
					runs.skipReasons(id, run.run),
				]);
				return {
					campaign: { id },
					contactList: { id: value.contactListId },
					numberOfContactsCalled: progress.done - progress.skipped,
					totalNumberOfContacts: total,
					percentage: total === 0 ? 0 : Math.floor((100 * progress.done) / total),
					numberOfContactsSkipped: { "ININ-OUTBOUND-PREVIEW-SKIPPED": progress.skipped },
					inlay: { skipReasons },
				};
			},
		}),
		switching("start"),
		switching("stop"),
	];
}

const anySearch: AskedPermissions = anyOf(
	search,
	"outbound:messagingCampaign:search",
	"outbound:emailCampaign:search",
	"outbound:whatsAppCampaign:search",
);

const choiceQuery = pagedQuery({
	name: Type.Optional(Type.String({ maxLength: 200 })),
	id: CommaList,
	sortBy: honouring("name"),
	sortOrder: SortOrder,
});

function view({ id, name, divisionId }: Thing<CampaignValue>, names: ReadonlyMap<string, string>) {
	return {
		id,
		name,
		...(divisionId ? { division: divisionView(divisionId, names) } : {}),
		selfUri: `${path}/${id}`,
	};
}
