import type { RoutingStatuses } from "./routing-status.ts";
import type { Abilities } from "./skills.ts";
import { routingStatusView } from "./views.ts";

/** `expand=routingStatus` of users. */
export function routingStatusExpander(routingStatus: RoutingStatuses) {
	return async (userIds: string[]): Promise<Map<string, unknown>> => {
		const found = await routingStatus.find(userIds);
		return new Map(found.map((one) => [one.userId, routingStatusView(one)]));
	};
}

/** `expand=skills` and `expand=languages` of users: `UserRoutingSkill`, `UserRoutingLanguage`. */
export function routingAbilityExpander(abilities: Abilities) {
	return async (userIds: string[]): Promise<Map<string, unknown>> => {
		const found = await abilities.ofUsers(userIds);
		const { kind } = abilities;
		const shown = (id: string) =>
			(found.get(id) ?? []).map((one) => ({
				...one,
				state: "active",
				[`${kind}Uri`]: `/api/v2/routing/${kind}s/${one.id}`,
			}));
		return new Map(userIds.map((id) => [id, shown(id)]));
	};
}
