import type { Actor, NewEvent } from "../kernel/events/event-log.ts";
import type { WebService } from "./model.ts";

/** `webservices.service.changed`: which, by whom; neither where it is nor what it is given. */
export function webServiceChanged(
	{ id, name }: Pick<WebService, "id" | "name">,
	change: "created" | "updated" | "deleted",
	actor: Actor,
): NewEvent {
	return {
		type: "webservices.service.changed",
		entityType: "webService",
		entityId: id,
		actor,
		data: { id, name, change },
	};
}

export const hostsChangedType = "webservices.hosts.changed";

/** What scripts may reach is another now. */
export function hostsChanged(actor: Actor): NewEvent {
	return { type: hostsChangedType, entityType: "scriptHosts", entityId: "hosts", actor };
}
