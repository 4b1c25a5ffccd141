import type { Actor, NewEvent } from "../kernel/events/event-log.ts";
import type { AgentScript } from "./model.ts";

/** `scripter.script.changed`: what was written, published or deleted, by whom; not the script itself. */
export function scriptChanged(
	{ id, name, divisionId }: Pick<AgentScript, "id" | "name" | "divisionId">,
	change: "created" | "updated" | "published" | "deleted",
	actor: Actor | undefined,
	number?: number,
): NewEvent {
	return {
		type: "scripter.script.changed",
		entityType: "script",
		entityId: id,
		...(actor ? { actor } : {}),
		data: { id, name, change, divisionId, ...(number === undefined ? {} : { number }) },
	};
}
