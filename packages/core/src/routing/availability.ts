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

/**
 * The routing status that these facts amount to. An unanswered offer outranks work: who lets a call ring with an email open may
 * have left their desk, and is offered nothing more before they say that they are back (agent-features section 1).
 * Off queue outranks both.
 */
export function routingStatusOf({ onQueue, work, notResponding }: Availability): RoutingStatusName {
	if (!onQueue) return "OFF_QUEUE";
	if (notResponding) return "NOT_RESPONDING";
	return work === "NONE" ? "IDLE" : work;
}

/** The presence changed. Choosing On Queue, or leaving it, says that the agent is there: an unanswered offer is forgotten. */
export function withPresence(availability: Availability, onQueue: boolean): Availability {
	return { ...availability, onQueue, notResponding: false };
}

/**
 * The server reports work: `INTERACTING` and `COMMUNICATING` begin it, `IDLE` ends it, `NOT_RESPONDING` says that an
 * offer rang out. What somebody does off queue is remembered, so that going on queue in a call shows it.
 * An offer that rang out stays unanswered whatever other work begins or ends meanwhile: only the agent clears it.
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
 * A client asks for a routing status. It may only say `IDLE`: "I am there again" after an offer that rang out; with work in
 * hand that leads back to the work. Everything else follows from presence and work.
 */
export function withWish(availability: Availability, wished: RoutingStatusName): Availability | Refusal {
	if (wished !== "IDLE") return routingStatusOf(availability) === wished ? availability : "not.settable";
	return availability.onQueue ? { ...availability, notResponding: false } : "off.queue";
}
