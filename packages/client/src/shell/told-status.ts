import type { AgentStatus } from "../framework/user-actions.ts";
import type { PresenceStore } from "../session/presence-store.ts";

/**
 * The status as scripts hear of it: once, with its id, and nothing of what it was before a fresh sign-in's greeting
 * (framework-contract 8.2).
 */
export function toldStatus(presence: PresenceStore): AgentStatus | undefined {
	const status = presence.system.value;
	const [choice, isKnown] = [presence.current(), presence.choices.value.length > 0];
	if (!status || !isKnown || presence.isGreeting.value) return undefined;
	const sub_status = choice && !choice.primary ? (choice.label("en") ?? "") : "";
	return { status, sub_status, id: presence.presence.value?.presenceDefinition?.id ?? choice?.id };
}
