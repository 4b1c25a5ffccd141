import type { Conversation, Participant } from "../model.ts";
import type { World } from "./world.ts";

/** The newest participant of a purpose. */
export function party(conversation: Conversation | undefined, purpose: Participant["purpose"]): Participant {
	const found = conversation?.participants.findLast((one) => one.purpose === purpose);
	if (!found) throw new Error(`The conversation has no ${purpose}.`);
	return found;
}

/** A customer connected to an agent. */
export async function connectedIn(world: World, acwSettings?: Parameters<World["queue"]>[0]) {
	const queue = await world.queue(acwSettings);
	const agent = await world.agent(queue.id);
	const waiting = await world.waiting(queue.id);
	const offered = await world.offer(waiting.id, queue.id, agent);
	const own = party(offered, "agent");
	const conversation = await world.conversations.calls.mediaConnected(waiting.id, own.id);
	return { queue, agent, own, conversation };
}
