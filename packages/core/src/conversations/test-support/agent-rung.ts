import type { World } from "./world.ts";

/** A customer waits, and an agent's phone rings for them: ids of the conversation, the agent, the customer's and agent's parts. */
export async function agentRung(world: World) {
	const queue = await world.queue();
	const agent = await world.agent(queue.id);
	const { id } = await world.waiting(queue.id);
	const { participants } = await world.offer(id, queue.id, agent);
	return { id, agent, customer: participants[0]?.id ?? "", part: participants.at(-1)?.id ?? "" };
}
