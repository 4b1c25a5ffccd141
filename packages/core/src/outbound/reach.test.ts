import { expect, test } from "vitest";
import { testPrincipal } from "../test-support/test-api.ts";
import type { CampaignValue } from "./model.ts";
import { requireReach, type Whereabouts } from "./reach.ts";

const where: Whereabouts = {
	contactList: async (id) => (id === "gone" ? undefined : id),
	dncList: async (id) => id,
	queue: async (id) => id,
};
const permission = "outbound:campaign:add";
/** Named after the division in which each is. */
const naming = (contactListId: string, queueId: string, ...dncListIds: string[]) =>
	({ contactListId, queueId, dncListIds }) as CampaignValue;
const rights = ["outbound:campaign:add", "outbound:contactList:view", "outbound:dncList:view"];
const principal = testPrincipal({
	grants: rights.map((one) => ({ permission: one, divisions: new Set(["b"]) })),
});
const reach = (now: CampaignValue, before?: CampaignValue) =>
	requireReach(now, before, { principal, permission, where });

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
