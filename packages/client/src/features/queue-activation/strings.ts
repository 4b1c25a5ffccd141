import { catalogue, textOf } from "@inlay/ui";

export const queueTexts = catalogue("queueActivation", {
	title: "Queue activation",
	hint: "Calls of the queues that are switched on can reach you while you are on queue.",
	empty: "You are in no queue",
	emptyText: "An administrator can add you to queues.",
	find: "Find a queue",
	allOn: "All on",
	allOff: "All off",
});

export const t = textOf(queueTexts);
