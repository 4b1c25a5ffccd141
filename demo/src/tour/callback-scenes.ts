import { people } from "../facts.ts";
import type { Scene, Stage } from "./stage.ts";

/** A callback of Anna's own; the queue lets agents own some from then on. */
async function ownCallback({ services, queue: { id }, nextCaller }: Stage): Promise<string> {
	const { queues, conversations } = services;
	const queue = await queues.require(id);
	if (!queue.settings.agentOwnedRouting?.enableAgentOwnedCallbacks) {
		const agentOwnedRouting = {
			enableAgentOwnedCallbacks: true,
			maxOwnedCallbackHours: 24,
			maxOwnedCallbackDelayHours: 720,
			inlayAfterOwner: "queue",
		} as const;
		await queues.update(id, { ...queue.settings, name: queue.name, agentOwnedRouting }, { userId: people.admin.id });
	}
	const { name, phone } = nextCaller();
	await conversations.callbacks.create(
		{
			callbackNumbers: [phone],
			callbackUserName: name,
			queueId: id,
			callbackScheduledTime: new Date(Date.now() + 3_600_000).toISOString(),
			agentId: people.agent.id,
			owned: true,
		},
		{},
	);
	return `${name} will be called back in an hour, by Anna alone.`;
}

/** The kinds of callbacks beside the plain one. */
export const callbackScenes: readonly Scene[] = [
	{
		id: "callback-own",
		title: "A callback of one’s own",
		button: "Schedule one that Anna owns",
		look: [
			"It stands under Callback in Anna’s menu. The clock below makes it due: with Anna at another status it waits for her, and Ben is not offered it.",
			"When she has had her day, it goes to the queue. In the form of a callback, I own it makes another.",
		],
		set: ownCallback,
	},
	{
		id: "callback-first",
		title: "The customer is called first",
		first:
			"In the administration, on the queue’s page, have the customer called first. Schedule a callback above, and make it due with the clock below while Anna is On Queue.",
		look: [
			"Anna is kept for it while the number rings; nobody has to accept. Once the customer answers, she is in the call.",
			"A number that ends in 00 is busy: Anna is free at once, and the callback is tried again five minutes later.",
		],
	},
	{
		id: "callback-queue",
		title: "A caller hangs up and keeps their place",
		first: "Have nobody On Queue. On the customer page press Call, and then Call me back.",
		look: [
			"The page says that the place is kept. Set Anna On Queue: the callback is offered where the call would have been.",
		],
	},
];
