import type { Actor, NewEvent } from "../../../kernel/events/event-log.ts";

export const callRulesChangedType = "calls.rules.changed";

/** What holds for every call has changed; for audit, and for who remembers it. */
export function callRulesChanged(actor: Actor): NewEvent {
	return { type: callRulesChangedType, entityType: "call-rules", entityId: "rules", actor };
}
