import type { People } from "./app-people.ts";
import type { Routing } from "./app-routing.ts";
import type { Kernel } from "./kernel/domain.ts";
import { createOutboundThings } from "./outbound/outbound.ts";

/** Campaigns, and all that they are made of. @param country ISO 3166 code of the organization */
export function createCampaigns(
	kernel: Kernel,
	{
		authorization,
		stillMay,
		scripts,
		queues,
		country,
	}: Pick<People, "authorization" | "stillMay"> &
		Pick<Routing, "scripts" | "queues"> & { country: () => Promise<string> },
) {
	return createOutboundThings(kernel, {
		directory: authorization,
		stillMay,
		scripts,
		queues: {
			hold: queues.hold,
			async get(id) {
				const queue = await queues.get(id);
				return queue && queues.counted(queue);
			},
		},
		country,
	});
}
