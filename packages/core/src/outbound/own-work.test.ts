import { afterAll, beforeAll, expect, test } from "vitest";
import { customerOf } from "../conversations/callback/model.ts";
import { type CampaignWorld, campaignWorld } from "./test-support/campaign-world.ts";

let at: CampaignWorld;

beforeAll(async () => {
	at = await campaignWorld();
});
afterAll(() => at.close());

const namesOf = async (of: Parameters<CampaignWorld["taken"]>[0]) =>
	(await at.taken(of)).map((one) => customerOf(one).name);

test("who has paused previews was offered one; they are offered again when they go on, and all else comes meanwhile", async () => {
	const one = await at.story([{ name: "Jane", cell: "+4915123456001" }]);
	await at.work.pausePreviews(one.agent, true, at.actor);
	expect(await at.work.mine(one.agent)).toEqual({
		campaigns: [{ id: one.campaignId, name: expect.any(String), mode: "preview" }],
		previewsPaused: true,
	});
	await at.turn(one);
	expect(await at.taken(one)).toEqual([]);
	expect(await at.assignment.free(one.queueId, "callback")).toEqual([one.agent]);
	await at.work.pausePreviews(one.agent, false, at.actor);
	await at.turn(one);
	expect(await namesOf(one)).toEqual(["Jane"]);
});

test("a preview that already waited was given to somebody who had paused them", async () => {
	const one = await at.story([{ name: "Jane", cell: "+4915123456002" }]);
	await at.dialer.lookNow();
	await at.work.pausePreviews(one.agent, true, at.actor);
	const preview = await at.only(one);
	await at.assignment.assign([one.queueId]);
	expect((await at.now(preview)).participants.some((party) => party.userId === one.agent)).toBe(false);
	expect((await at.assignment.explain(preview.id))?.members).toEqual([{ userId: one.agent, reason: "previewsPaused" }]);
});

test("previews are paused by who is on queue, and the pause ends with being there", async () => {
	const one = await at.story([]);
	await at.work.pausePreviews(one.agent, true, at.actor);
	await at.kernel.database.change(async (trx) => void (await at.world.routingStatus.setOnQueue(trx, one.agent, false)));
	expect((await at.work.mine(one.agent)).previewsPaused).toBe(false);
	await expect(at.work.pausePreviews(one.agent, true, at.actor)).rejects.toMatchObject({
		status: 409,
		code: "outbound.pause.offQueue",
	});
});

test("a contact that names its agent goes to that agent alone: it waits while they are busy, and others are called meanwhile", async () => {
	const one = await at.story([], { ownerColumn: "name" });
	const owner = await at.world.agent(one.queueId);
	const add = (name: string, cell: string) => at.addContact(one, { name, cell });
	await add(`${owner}@acme.test`, "+4915123456010");
	await add(`${owner}@acme.test`, "+4915123456011");
	await add("", "+4915123456012");
	await at.turn(one);
	const ownersOf = async () =>
		(await at.taken(one)).map((each) => [each.internal.campaign?.numbers[0]?.number, agentsOf(each)]).toSorted();
	expect(await ownersOf()).toEqual([
		["+4915123456010", [owner]],
		["+4915123456012", [one.agent]],
	]);
	const [first] = await at.taken(one);
	await at.conversations.campaigns.skip((await ownedBy(owner))?.id ?? first?.id ?? "", owner, undefined);
	await at.turn(one);
	expect((await ownersOf()).map(([number]) => number)).toEqual(["+4915123456011", "+4915123456012"]);
	expect(agentsOf((await ownedBy(owner)) as never)).toEqual([owner]);

	async function ownedBy(userId: string) {
		return (await at.taken(one)).find((each) => each.internal.campaign?.ownerId === userId);
	}
});

test("a contact whose agent is nobody here is passed over, and the campaign waits for agents who are away", async () => {
	const one = await at.story([], { ownerColumn: "name" });
	const { id } = await at.addContact(one, { name: "nobody", cell: "+4915123456020" });
	await at.addContact(one, { name: "away@acme.test", cell: "+4915123456021" });
	await at.turn(one);
	expect(await at.stateOf(one, id)).toEqual({ state: "done", why: "noOwner" });
	expect(await at.taken(one)).toEqual([]);
	await at.turn(one);
	expect((await at.outbound.runsOf([one.campaignId])).get(one.campaignId)?.status).toBe("on");
});

test("who skips says why, by the campaign's list; another reason, and a skip of somebody else, are refused", async () => {
	const one = await at.story([{ name: "Jane", cell: "+4915123456030" }], {
		skipReasons: ["Busy line", "Wrong person"],
	});
	await at.turn(one);
	const preview = await at.only(one);
	const skip = (userId: string, reason?: string) => at.conversations.campaigns.skip(preview.id, userId, reason);
	await expect(skip(one.agent, "Bored")).rejects.toMatchObject({ status: 400, code: "invalid.value" });
	await expect(skip("somebody", "Wrong person")).rejects.toMatchObject({ status: 404 });
	await skip(one.agent, "Wrong person");
	expect(await at.stateOf(one, preview.internal.campaign?.contactId ?? "")).toEqual({ state: "done", why: "skipped" });
	const { run = 1 } = (await at.outbound.runsOf([one.campaignId])).get(one.campaignId) ?? {};
	expect(await at.outbound.runs.skipReasons(one.campaignId, run)).toEqual([{ reason: "Wrong person", count: 1 }]);
});

function agentsOf({ participants }: { participants: Array<{ purpose: string; userId?: string | undefined }> }) {
	return participants.flatMap((one) => (one.purpose === "agent" && one.userId ? [one.userId] : []));
}
