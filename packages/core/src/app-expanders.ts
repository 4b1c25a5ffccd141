import type { Work } from "./app-work.ts";
import { conversationSummaryExpander } from "./conversations/routes.ts";
import { divisionedDefinitionsExpander, presenceDefinitionsExpander, presenceExpander } from "./presence/expanders.ts";
import { routingAbilityExpander, routingStatusExpander } from "./routing/expanders.ts";
import { stationExpander } from "./stations/expanders.ts";
import type { Users } from "./users/users.ts";

/** What `GET /users?expand=…` can tell beyond the users domain's own. */
export function addExpanders(users: Users, work: Work): void {
	const { presence, routingStatus, stations, conversations, phones } = work;
	users.addExpander("presence", presenceExpander(presence));
	users.addExpander("routingStatus", routingStatusExpander(routingStatus));
	users.addExpander("skills", routingAbilityExpander(work.skills));
	users.addExpander("languages", routingAbilityExpander(work.languages));
	users.addExpander("station", stationExpander(stations));
	// Ours: whether their calls go elsewhere, and whether a call to them would ring anywhere. Where it would not, it is refused
	// (conversations/targets.ts).
	const forwards = async (ids: readonly string[]) => {
		const forwarding = await work.forwarding.forwarding(ids);
		return new Map(ids.map((id) => [id, forwarding.has(id)]));
	};
	users.addExpander("inlayForwards", forwards);
	users.addExpander("inlayReachable", async (ids) => {
		const forwarding = await work.forwarding.forwarding(ids);
		return new Map(ids.map((id) => [id, phones.isReachable(id) || forwarding.has(id)]));
	});
	users.addExpander("conversationSummary", conversationSummaryExpander(conversations));
	users.addMeExpander("presencedefinitions", presenceDefinitionsExpander(presence.definitions), "presenceDefinitions");
	users.addMeExpander(
		"divisionedpresencedefinitions",
		divisionedDefinitionsExpander(presence.definitions),
		"divisionedPresenceDefinitions",
	);
}
