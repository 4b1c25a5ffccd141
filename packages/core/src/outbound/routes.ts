import type { Conversations } from "../conversations/service.ts";
import { anyOf, everywhere, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { seenVersion, versioned } from "../kernel/http/versions.ts";
import { actorOf, type Principal, requireInDivision } from "../kernel/principal.ts";
import type { Sight } from "../kernel/sight.ts";
import type { DivisionDirectory } from "../routing/ports.ts";
import {
	attemptLimitsBody,
	attemptLimitsOf,
	campaignBody,
	campaignOf,
	contactListBody,
	contactListOf,
	dncListBody,
	mappingBody,
	mappingOf,
	settingsBody,
	settingsOf,
	timeSetBody,
	timeSetOf,
} from "./bodies.ts";
import { campaignRoutes } from "./campaign-routes.ts";
import { contactRoutes } from "./contact-routes.ts";
import type { Deeds } from "./deeds.ts";
import { dncRoutes } from "./dnc-routes.ts";
import type { CampaignValue, Thing } from "./model.ts";
import type { OutboundThings } from "./outbound.ts";
import { ownRoutes } from "./own-routes.ts";
import type { OwnWork } from "./own-work.ts";
import { previewRoutes } from "./preview-routes.ts";
import { requireReach, requireRuleReach } from "./reach.ts";
import { ruleSetBody, ruleSetOf } from "./rule-set-body.ts";
import { thingRoutes } from "./thing-routes.ts";
import {
	attemptLimitsView,
	campaignView,
	contactListView,
	dncListView,
	mappingView,
	ruleSetView,
	settingsView,
	timeSetView,
} from "./views.ts";

const root = "/api/v2/outbound";

/** Outbound dialing: what the SDK's `OutboundApi` calls, as far as agent-features 18 needs it. */
export function outboundRoutes(
	outbound: OutboundThings,
	{ deeds, work }: { deeds: Deeds; work: OwnWork },
	conversations: Pick<Conversations, "get">,
	directory: DivisionDirectory,
	sight: Sight,
): Route[] {
	const { lists, dncLists, timeSets, limits, ruleSets, campaigns, contacts, dnc, imports } = outbound;
	return [
		...campaignRoutes(outbound, directory),
		...thingRoutes(
			campaigns,
			{
				path: `${root}/campaigns`,
				param: "campaignId",
				one: "Campaign",
				many: "Campaigns",
				entity: "campaign",
				model: "Campaign",
				body: campaignBody,
				readOnly: ["errors"],
				read: async (body) => campaignOf(body, await outbound.country()),
				async view(campaign, names) {
					const errors = await outbound.troubles(campaign);
					const run = (await outbound.runsOf([campaign.id])).get(campaign.id);
					return { ...campaignView(campaign, run, names), ...(errors.length > 0 ? { errors } : {}) };
				},
				permit: ({ value }, before, principal, permission) =>
					requireReach(value, before?.value, { principal, permission, where: outbound.whereabouts, sight }),
				judge({ value }, { campaignStatus }, divisionId, principal) {
					if (!isSwitch(campaignStatus)) return;
					requireInDivision(principal, ["outbound:campaign:edit"], divisionId);
					if (campaignStatus === "on") outbound.requireQueue(value);
				},
				saved: (campaign, { campaignStatus }, principal) => follow(outbound, campaign, campaignStatus, principal),
			},
			directory,
			true,
		),
		...contactRoutes(outbound, directory),
		...thingRoutes(
			lists,
			{
				path: `${root}/contactlists`,
				param: "contactListId",
				one: "Contactlist",
				many: "Contactlists",
				entity: "contactList",
				model: "ContactList",
				body: contactListBody,
				readOnly: ["importStatus", "size"],
				read: contactListOf,
				view: async (list, names) => {
					const importStatus = imports.statusOf(list);
					const now = { ...list, value: { ...list.value, importStatus } };
					return contactListView(now, names, await contacts.count(list.id));
				},
			},
			directory,
			true,
		),
		...dncRoutes(outbound, deeds, conversations),
		...thingRoutes(
			dncLists,
			{
				path: `${root}/dnclists`,
				param: "dncListId",
				one: "Dnclist",
				many: "Dnclists",
				entity: "dncList",
				model: "DncList",
				body: dncListBody,
				readOnly: ["importStatus", "size"],
				read: (body) => ({ name: body.name, divisionId: body.division?.id, value: {} }),
				view: async (list, names) => dncListView(list, names, await dnc.count(list.id)),
			},
			directory,
			true,
		),
		...thingRoutes(
			timeSets,
			{
				path: `${root}/callabletimesets`,
				param: "callableTimeSetId",
				one: "Callabletimeset",
				many: "Callabletimesets",
				entity: "callableTimeSet",
				model: "CallableTimeSet",
				body: timeSetBody,
				read: timeSetOf,
				view: timeSetView,
			},
			directory,
			false,
		),
		...thingRoutes(
			limits,
			{
				path: `${root}/attemptlimits`,
				param: "attemptLimitsId",
				one: "Attemptlimit",
				many: "Attemptlimits",
				entity: "attemptLimits",
				model: "AttemptLimits",
				body: attemptLimitsBody,
				read: attemptLimitsOf,
				view: attemptLimitsView,
			},
			directory,
			false,
		),
		...thingRoutes(
			ruleSets,
			{
				path: `${root}/rulesets`,
				param: "ruleSetId",
				one: "Ruleset",
				many: "Rulesets",
				entity: "ruleSet",
				model: "RuleSet",
				body: ruleSetBody,
				read: async (body) => ruleSetOf(body, await outbound.country()),
				view: ruleSetView,
				permit: ({ value }, before, principal) =>
					requireRuleReach(value, before, { principal, where: outbound.whereabouts, sight }),
			},
			directory,
			false,
		),
		...rulesRoutes(outbound, sight),
		...previewRoutes(outbound, deeds, conversations),
		...ownRoutes(work),
	];
}

/** A campaign is started and stopped by its status, as the platform has it. */
async function follow(
	outbound: OutboundThings,
	campaign: Thing<CampaignValue>,
	status: string | undefined,
	principal: Principal,
): Promise<void> {
	if (!isSwitch(status)) return;
	requireInDivision(principal, ["outbound:campaign:edit"], campaign.divisionId ?? "");
	await outbound.setStatus(campaign, status, actorOf(principal));
}

/** Other states are what the server says of a campaign, and come back with it. */
function isSwitch(status: string | undefined): status is "on" | "off" {
	return status === "on" || status === "off";
}

const codesOf = (mapping: object) => ({ wrapupCode: Object.keys(mapping) });

function rulesRoutes({ rules }: OutboundThings, sight: Sight): Route[] {
	return [
		route({
			method: "GET",
			path: `${root}/wrapupcodemappings`,
			operationId: "getOutboundWrapupcodemappings",
			summary: "What wrap-up codes mean for contacts.",
			permission: anyOf("outbound:wrapUpCodeMapping:view"),
			scope: readScope("outbound"),
			success: { status: 200, model: "WrapUpCodeMapping" },
			handler: async () => versioned(mappingView(await rules.mapping())),
		}),
		route({
			method: "PUT",
			path: `${root}/wrapupcodemappings`,
			operationId: "putOutboundWrapupcodemappings",
			summary: "Changes what wrap-up codes mean for contacts; calls that are wrapped up from then on follow it.",
			permission: everywhere(anyOf("outbound:wrapUpCodeMapping:edit")),
			scope: writeScope("outbound"),
			body: mappingBody,
			readOnly: ["name"],
			honoursIfMatch: true,
			success: { status: 200, model: "WrapUpCodeMapping" },
			errors: ["version.conflict"],
			handler: async ({ body, principal, headers }) => {
				const seen = seenVersion(headers, body.version);
				const [wanted, before] = [mappingOf(body), await rules.mapping()];
				await sight.requireNew(principal, codesOf(wanted.mapping), codesOf(before.value.mapping));
				return versioned(mappingView(await rules.setMapping(wanted, actorOf(principal), seen)));
			},
		}),
		route({
			method: "GET",
			path: `${root}/settings`,
			operationId: "getOutboundSettings",
			summary: "What holds for all campaigns.",
			permission: anyOf("outbound:settings:view"),
			scope: readScope("outbound"),
			success: { status: 200, model: "OutboundSettings" },
			handler: async () => versioned(settingsView(await rules.settings())),
		}),
		route({
			method: "PATCH",
			path: `${root}/settings`,
			operationId: "patchOutboundSettings",
			summary: "Changes what holds for all campaigns; what is absent stays as it is.",
			permission: everywhere(anyOf("outbound:settings:edit")),
			scope: writeScope("outbound"),
			body: settingsBody,
			readOnly: ["name"],
			honoursIfMatch: true,
			success: { status: 200, model: "OutboundSettings" },
			errors: ["version.conflict"],
			handler: async ({ body, principal, headers }) => {
				const seen = seenVersion(headers, body.version);
				return versioned(settingsView(await rules.setSettings(settingsOf(body), actorOf(principal), seen)));
			},
		}),
	];
}
