import type { Actor, NewEvent } from "../kernel/events/event-log.ts";
import type { CannedResponse, Library } from "./model.ts";

type What = "created" | "updated" | "deleted";

/** `responses.library.changed`: the platform has no topic for it. */
export function libraryChanged({ id, name }: Pick<Library, "id" | "name">, change: What, actor: Actor): NewEvent {
	return {
		type: "responses.library.changed",
		entityType: "responseLibrary",
		entityId: id,
		actor,
		data: { id, name, change },
	};
}

/** `responses.response.changed`: likewise. */
export function responseChanged(
	{ id, name }: Pick<CannedResponse, "id" | "name">,
	change: What,
	actor: Actor,
): NewEvent {
	return {
		type: "responses.response.changed",
		entityType: "cannedResponse",
		entityId: id,
		actor,
		data: { id, name, change },
	};
}
