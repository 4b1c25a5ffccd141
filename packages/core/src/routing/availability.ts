/**
 * The interplay of presence, work and routing status (platform-api 5.2), in one place and without any I/O.
 *
 * Three facts decide the routing status that the world sees: whether the user's presence is On Queue, what work
 * the conversations domain says they have, and whether they let the last offer ring out.
 */

export const routingStatusNames = ["OFF_QUEUE", "IDLE", "INTERACTING", "NOT_RESPONDING", "COMMUNICATING"] as const;
export type RoutingStatusName = (typeof routingStatusNames)[number];

export interface Availability {
	/** The user's presence is On Queue. */
	onQueue: boolean;
	/** What the user is busy with: a queue's interaction, or a call of their own. */
	work: "NONE" | "INTERACTING" | "COMMUNICATING";
	/** An offer rang out; only the agent themself takes this back. */
	notResponding: boolean;
}

export const offQueue: Availability = { onQueue: false, work: "NONE", notResponding: false };

/** The routing status that these facts amount to. Work outranks an unanswered offer; off queue outranks both. */
export function routingStatusOf(availability: Availability): RoutingStatusName {
	if (!availability.onQueue) return "OFF_QUEUE";
	if (availability.work !== "NONE") return availability.work;
	return availability.notResponding ? "NOT_RESPONDING" : "IDLE";
}

/** The presence changed. Choosing On Queue, or leaving it, says that the agent is there: an unanswered offer is forgotten. */
export function withPresence(availability: Availability, onQueue: boolean): Availability {
	return { ...availability, onQueue, notResponding: false };
}

/**
 * The server reports work: `INTERACTING` and `COMMUNICATING` begin it, `IDLE` ends it, `NOT_RESPONDING` says that an
 * offer rang out. What somebody does off queue is remembered, so that going on queue in a call shows it.
 * An offer that rang out says nothing of other work, such as a call that the agent made meanwhile, and stays unanswered
 * after it: only the agent clears it.
 */
export function withReport(availability: Availability, reported: RoutingStatusName): Availability {
	switch (reported) {
		case "OFF_QUEUE":
			return { ...offQueue, work: availability.work };
		case "NOT_RESPONDING":
			return { ...availability, notResponding: availability.onQueue };
		case "IDLE":
			return { ...availability, work: "NONE" };
		default:
			return { ...availability, work: reported };
	}
}

/** Why a client's wish is refused. */
export type Refusal = "not.settable" | "off.queue";

/**
 * A client asks for a routing status. It may only say `IDLE`: "I am there again" after an offer that rang out.
 * While busy it stays busy. Everything else follows from presence and work.
 */
export function withWish(availability: Availability, wished: RoutingStatusName): Availability | Refusal {
	if (wished !== "IDLE") return routingStatusOf(availability) === wished ? availability : "not.settable";
	return availability.onQueue ? { ...availability, notResponding: false } : "off.queue";
}
