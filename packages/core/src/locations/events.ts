import type { Actor, NewEvent } from "../kernel/events/event-log.ts";
import type { Location } from "./model.ts";

/** `locations.location.changed`: the platform has no topic for it. */
export function locationChanged(
	{ id, name }: Pick<Location, "id" | "name">,
	change: "created" | "updated" | "deleted",
	actor: Actor,
): NewEvent {
	return {
		type: "locations.location.changed",
		entityType: "location",
		entityId: id,
		actor,
		data: { id, name, change },
	};
}
