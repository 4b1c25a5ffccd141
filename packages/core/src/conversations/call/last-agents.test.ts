import { afterAll, beforeAll, expect, test } from "vitest";
import { createAssignment } from "../../routing/assignment.ts";
import { createConversations } from "../conversations.ts";
import { isStaff } from "../model.ts";
import { conversationWorld, type World } from "../test-support/world.ts";
import { createLastAgents } from "./last-agents.ts";

let world: World;
let conversations: ReturnType<typeof createConversations>;
let assignment: ReturnType<typeof createAssignment>;
beforeAll(async () => {
	world = await conversationWorld();
	conversations = createConversations(world.kernel, {
		...world.deps,
		lastAgents: createLastAgents(world.kernel.database.db),
	});
	assignment = createAssignment(world.kernel, { ...world.assignmentDeps, conversations });
});
afterAll(() => world.close());

const anna = "+31201110001";

async function queueOf(mode: string): Promise<string> {
	const { id } = await world.queue({ wrapupPrompt: "OPTIONAL" });
	const settings = { mediaSettings: {}, acwSettings: { wrapupPrompt: "OPTIONAL" }, lastAgentRoutingMode: mode };
	await world.kernel.database.db
		.updateTable("queues")
		.set({ settings: JSON.stringify(settings) as never })
		.where("id", "=", id)
		.execute();
	return id;
}

async function calls(queueId: string, address: string) {
	const call = await conversations.calls.startInboundCall({
		...{ customer: { address }, dnis: "+31800", queueId, provider: "test" },
	});
	await conversations.calls.mediaConnected(call.id, call.participants[0]?.id ?? "");
	let isMore = true;
	while (isMore) ({ again: isMore } = await assignment.assign([queueId]));
	return (await conversations.get(call.id)) ?? call;
}

type Call = Awaited<ReturnType<typeof calls>>;
const rung = ({ participants }: Call) => participants.findLast(isStaff);

/** Whoever is rung answers, and hangs up. */
async function talks(call: Call): Promise<string> {
	const party = rung(call);
	await conversations.patchParticipant(
		call.id,
		party?.id ?? "",
		{ state: "connected" },
		{ userId: party?.userId ?? "" },
	);
	await conversations.calls.mediaConnected(call.id, party?.id ?? "");
	await conversations.disconnect(call.id, {});
	world.kernel.clock.advance(1000);
	return party?.userId ?? "";
}

test("who called again was given to whoever was idle longest, though the agent they knew was free", async () => {
	const queueId = await queueOf("QueueMembersOnly");
	const first = await world.agent(queueId);
	const known = await talks(await calls(queueId, anna));
	expect(known).toBe(first);
	const other = await world.agent(queueId);
	world.kernel.clock.advance(1000);
	// The other one has waited longer once the first has talked to somebody else.
	expect(await talks(await calls(queueId, "+31201110002"))).not.toBe("");
	const again = await calls(queueId, anna);
	expect(rung(again)?.userId).toBe(known);
	expect(again.internal.routing).toMatchObject({ preferredUserIds: [known] });
	await conversations.disconnect(again.id, {});
	expect(other).not.toBe(known);
});

test("while the agent of before is busy others are not rung for a minute, and then they are", async () => {
	const queueId = await queueOf("QueueMembersOnly");
	const known = await world.agent(queueId);
	await talks(await calls(queueId, anna));
	const busy = await calls(queueId, "+31201110003");
	expect(rung(busy)?.userId).toBe(known);
	const other = await world.agent(queueId);
	const again = await calls(queueId, anna);
	expect(rung(again)).toBeUndefined();
	world.kernel.clock.advance(61_000);
	await assignment.assign([queueId]);
	expect(rung((await conversations.get(again.id)) as Call)?.userId).toBe(other);
});

test("a caller waited for an agent who was off queue, or of a queue that does not ask for it", async () => {
	const queueId = await queueOf("QueueMembersOnly");
	const known = await world.agent(queueId);
	await talks(await calls(queueId, anna));
	await world.kernel.database.change((trx) => world.routingStatus.setOnQueue(trx, known, false));
	expect((await calls(queueId, anna)).internal.routing?.preferredUserIds).toBeUndefined();
	const plain = await queueOf("Disabled");
	await world.agent(plain);
	await talks(await calls(plain, anna));
	expect((await calls(plain, anna)).internal.routing?.preferredUserIds).toBeUndefined();
});
