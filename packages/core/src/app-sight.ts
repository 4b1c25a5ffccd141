import type { Services } from "./app-services.ts";
import { createSight, type Sight } from "./kernel/sight.ts";

const script = ["scripter:script", "scripter:publishedScript"].flatMap((one) => [`${one}:view`, `${one}:search`]);

/** What lives in divisions and is named elsewhere, each by what shows it where it is. */
export function sightOf(
	services: Pick<Services, "queues" | "scripts" | "wrapupCodes" | "outbound" | "cannedResponses">,
): Sight {
	const { queues, scripts, wrapupCodes, outbound, cannedResponses } = services;
	return createSight({
		queue: {
			permissions: ["routing:queue:view", "routing:queue:search"],
			divisionOf: async (id) => (await queues.all([id])).get(id)?.divisionId,
		},
		script: { permissions: script, divisionOf: async (id) => (await scripts.store.find(id))?.divisionId },
		wrapupCode: {
			permissions: ["routing:wrapupCode:view"],
			divisionOf: async (id) => (await wrapupCodes.get(id))?.divisionId,
		},
		contactList: { permissions: ["outbound:contactList:view"], divisionOf: outbound.whereabouts.contactList },
		responseAsset: {
			permissions: ["responseAssets:asset:view"],
			divisionOf: async (id) => (await cannedResponses.assets.store.find([id]))[0]?.divisionId,
		},
		dncList: { permissions: ["outbound:dncList:view"], divisionOf: outbound.whereabouts.dncList },
	});
}
