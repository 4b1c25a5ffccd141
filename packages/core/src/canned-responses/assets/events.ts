import type { Actor, NewEvent } from "../../kernel/events/event-log.ts";
import type { ResponseAsset } from "./model.ts";

/** `responses.asset.changed`: the platform has no topic for it. */
export function assetChanged(
	{ id, name, divisionId }: Pick<ResponseAsset, "id" | "name" | "divisionId">,
	change: "created" | "updated" | "deleted",
	actor: Actor,
): NewEvent {
	return {
		type: "responses.asset.changed",
		entityType: "responseAsset",
		entityId: id,
		actor,
		data: { id, name, change, divisionId },
	};
}
