import { expect, test } from "vitest";
import { createSight } from "../kernel/sight.ts";
import { seesEverything } from "../test-support/sees-everything.ts";
import { testApi, testPrincipal } from "../test-support/test-api.ts";
import type { CampaignValue } from "./model.ts";
import { requireReach, requireRuleReach, type Whereabouts } from "./reach.ts";
import { outboundRoutes } from "./routes.ts";
import type { RuleSetValue } from "./rule-set-model.ts";
import { campaignWorld } from "./test-support/campaign-world.ts";

const where: Whereabouts = {
	contactList: async (id) => (id === "gone" ? undefined : id),
	dncList: async (id) => id,
	queue: async (id) => id,
	calledLists: async () => ["b", "home"],
	filledLists: async (id) => [id],
};
const there = async (id: string) => (id === "gone" ? undefined : id);
const kind = (...permissions: string[]) => ({ permissions, divisionOf: there });
const sight = createSight({
	queue: kind("routing:queue:view"),
	script: kind("scripter:script:view"),
	wrapupCode: kind("routing:wrapupCode:view"),
	contactList: kind("outbound:contactList:view"),
	dncList: kind("outbound:dncList:view"),
	responseAsset: kind("responseAssets:asset:view"),
});
const permission = "outbound:campaign:add";
/** Named after the division in which each is. */
const naming = (contactListId: string, queueId: string, ...dncListIds: string[]) =>
	({ contactListId, queueId, dncListIds }) as CampaignValue;
const rights = ["outbound:campaign:add", "outbound:contactList:view", "outbound:dncList:view", "outbound:contact:add"];
const principal = testPrincipal({
	grants: rights.map((one) => ({ permission: one, divisions: new Set(["b"]) })),
});
const reach = (now: CampaignValue, before?: CampaignValue) =>
	requireReach(now, before, { principal, permission, where, sight });

test.each([
	["contact list", naming("home", "b")],
	["queue", naming("b", "home")],
	["DNC list", naming("b", "b", "b", "home")],
])("somebody of another division had a campaign of theirs call whom Home keeps: its %s", async (_what, campaign) => {
	await expect(reach(campaign)).rejects.toMatchObject({ status: 403, code: "missing.division.permission" });
});

test("what is theirs, what does not exist, and what it has named before is no matter of theirs", async () => {
	await reach(naming("b", "b", "b"));
	await reach(naming("gone", "b"));
	await reach(naming("home", "home", "home"), naming("home", "home", "home"));
});

const refused = { status: 403, code: "missing.division.permission" };
const rule = { id: "1", name: "One", category: "DIALER_WRAPUP" as const, conditions: [], actions: [] };
/** Rules of no list, or of that one, that put contacts onto others. */
const rules = (listIds: string[], contactListId?: string): RuleSetValue => ({
	...{ contactListId, listIds },
	rules: [{ ...rule, actions: listIds.map((id) => ({ actionTypeName: "INLAY_APPEND_TO_LIST", contactListId: id })) }],
});
const ruleReach = (now: RuleSetValue, value?: RuleSetValue, of: Whereabouts = where) =>
	requireRuleReach(now, value && { id: "set", value }, { principal, where: of, sight });

test("who edits rules of no list, which a campaign of another division has, got copies of its contacts", async () => {
	await expect(ruleReach(rules(["b"]), rules([]))).rejects.toMatchObject(refused);
	// Whoever says nothing new, or of campaigns of their own, is asked for no more.
	await ruleReach(rules(["b"]), rules(["b"]));
	await ruleReach(rules(["b"]), rules([]), { ...where, calledLists: async () => ["b"] });
	await ruleReach(rules(["b"]));
});

test("who edits rules of a list that they may not see put its contacts onto their own", async () => {
	const of = { ...where, calledLists: async () => [] };
	await expect(ruleReach(rules(["b"], "home"), rules([], "home"), of)).rejects.toMatchObject(refused);
	await expect(ruleReach(rules(["home"], "b"), rules([], "b"), of)).rejects.toMatchObject(refused);
});

test("who gives a campaign of another list rules that put contacts onto their own got copies of them", async () => {
	const having = (list: string, ...ruleSetIds: string[]) => ({ ...naming(list, "b"), ruleSetIds });
	await expect(reach(having("home", "b"), having("home"))).rejects.toMatchObject(refused);
	await expect(reach(having("b", "home"), having("b"))).rejects.toMatchObject(refused);
	await reach(having("home", "b"), having("home", "b"));
	await reach(having("b", "b"), having("b"));
});

test("who may add campaigns and not edit them was refused one that begins at once, and it was there all the same", async () => {
	const world = await campaignWorld();
	const one = await world.story([]);
	const divisions = { list: async () => [], requireStanding: async () => {}, addCounter: () => {} };
	const directory = { homeDivisionId: async () => "home", divisions };
	const rights = ["outbound:campaign:add", "outbound:contactList:view", "conversation:call:add"];
	const grants = rights.map((permission) => ({ permission, divisions: "all" as const }));
	const api = await testApi(outboundRoutes(world.outbound, world, world.conversations, directory, seesEverything), {
		adds: testPrincipal({ grants }),
		all: testPrincipal(),
	});
	const before = await world.outbound.campaigns.list({ divisions: "all", descending: false }, { limit: 9, offset: 0 });
	const post = async (as: string, queue?: string, campaignStatus = "on") => {
		const body = {
			...{ name: "At once", dialingMode: "preview", phoneColumns: [{ columnName: "cell" }], campaignStatus },
			...{ callerName: "Inlay", callerAddress: "+493000000", contactList: { id: one.listId } },
			...(queue ? { queue: { id: queue } } : {}),
		};
		const { statusCode } = await api.call("POST", "/api/v2/outbound/campaigns", { as, body });
		const now = await world.outbound.campaigns.list({ divisions: "all", descending: false }, { limit: 9, offset: 0 });
		return [statusCode, now.total - before.total];
	};
	expect(await post("adds", one.queueId)).toEqual([403, 0]);
	expect(await post("all")).toEqual([400, 0]);
	expect(await post("all", one.queueId, "nonsense"), "a state that there is not became off").toEqual([400, 0]);
	expect(await post("all", one.queueId)).toEqual([200, 1]);
	await api.close();
	await world.close();
});
