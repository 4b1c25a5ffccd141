import type { Actor } from "../kernel/events/event-log.ts";
import type { Principal } from "../kernel/principal.ts";

/** Who is answerable for a change that a request makes. */
export function actorOf({ userId, clientId }: Principal): Actor {
	return { clientId, ...(userId ? { userId } : {}) };
}
