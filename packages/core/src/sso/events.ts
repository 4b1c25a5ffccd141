import type { NewEvent } from "../kernel/events/event-log.ts";
import type { Gain } from "./identities-store.ts";
import type { IdentityProvider } from "./model.ts";

/** @param what `changed` is also told of one that is made */
export function providerChanged({ id, name, enabled }: IdentityProvider, what: "changed" | "deleted"): NewEvent {
	return {
		type: `identityProvider.${what}`,
		entityType: "identityProvider",
		entityId: id,
		data: { name, enabled },
	};
}

/** For audit: by a provider's word somebody has an account, is known by it from now on, or got or lost something. */
export function identityTold(
	userId: string,
	what: { provider: string; created: boolean; bound: boolean; gained: readonly Gain[]; lost: readonly Gain[] },
): NewEvent {
	return { type: "user.identity.told", entityType: "user", entityId: userId, data: what };
}

/** An account is not known by a provider any more: an administrator's doing, or what comes of rights by another provider. */
export function identityRemoved(userId: string, providerId: string, actor: NewEvent["actor"]): NewEvent {
	const data = { providerId };
	return {
		type: "user.identity.removed",
		entityType: "user",
		entityId: userId,
		...(actor ? { actor } : {}),
		data,
	};
}
