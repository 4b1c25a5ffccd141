import type { Actor, NewEvent } from "../kernel/events/event-log.ts";
import type { CallForwarding } from "./model.ts";

/** `forwarding.changed`, announced to the user as CallForwardingEventCallForwarding (platform-api 5.14). */
export function forwardingChanged(forwarding: CallForwarding, notCalled: readonly string[], actor: Actor): NewEvent {
	const { userId, enabled, calls, voicemail, modifiedAt } = forwarding;
	const eventBody = {
		user: { id: userId },
		enabled,
		calls: calls.map(({ targets }) => ({ targets: targets.map(({ type, value }) => ({ type, value })) })),
		voicemail,
		modifiedDate: modifiedAt.toISOString(),
		// Beyond the model: numbers that the organization lets nobody forward to any more.
		...(notCalled.length > 0 ? { inlayNotCalled: notCalled } : {}),
	};
	return {
		type: "forwarding.changed",
		entityType: "user",
		entityId: userId,
		actor,
		data: { userId, enabled },
		announcements: [{ topics: [`v2.users.${userId}.callforwarding`], eventBody }],
	};
}

export const limitsChangedType = "forwarding.limits.changed";

/** What holds for everybody's forwarding has changed; for audit, and for who remembers it. */
export function limitsChanged(actor: Actor): NewEvent {
	return { type: limitsChangedType, entityType: "forwarding-limits", entityId: "limits", actor };
}
