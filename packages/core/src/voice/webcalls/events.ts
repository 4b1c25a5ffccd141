import type { Actor, NewEvent } from "../../kernel/events/event-log.ts";
import type { KeptEntryPoint } from "./store.ts";

/** Where calls to a number go from now on, and which pages may place them. */
export function entryPointChanged({ number, version: _version, ...data }: KeptEntryPoint, actor: Actor): NewEvent {
	return { type: "entrypoint.changed", entityType: "entrypoint", entityId: number, actor, data };
}

export function entryPointDeleted(
	{ number, origins: _origins, version: _version, ...target }: KeptEntryPoint,
	actor: Actor,
): NewEvent {
	return { type: "entrypoint.deleted", entityType: "entrypoint", entityId: number, actor, data: target };
}
