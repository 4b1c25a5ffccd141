import type { People } from "./app-people.ts";
import type { Kernel } from "./kernel/domain.ts";
import { createPresence } from "./presence/presence.ts";
import { createDecisions } from "./routing/decisions.ts";
import { createUtilizationLabels } from "./routing/labels.ts";
import { createQueues } from "./routing/queues.ts";
import { createRoutingStatus } from "./routing/routing-status.ts";
import { createAbilities } from "./routing/skills.ts";
import { createUtilization } from "./routing/utilization.ts";
import { createWrapupCodes } from "./routing/wrapup-codes.ts";
import { createScripts } from "./scripter/scripts.ts";
import { createStations } from "./stations/stations.ts";
import { PhoneRegistry } from "./voice/streaming/phone-registry.ts";

/** How people stand, what they can, and where work waits for them. */
export function createRouting(kernel: Kernel, { users, authorization }: People) {
	const routingStatus = createRoutingStatus(kernel);
	const presence = createPresence(kernel, { routingStatus, authorization, users });
	const [skills, languages] = [createAbilities(kernel, "skill"), createAbilities(kernel, "language")];
	const scripts = createScripts(kernel, authorization);
	const utilization = createUtilization(kernel);
	const utilizationLabels = createUtilizationLabels(kernel, utilization);
	const queues = createQueues(kernel, {
		...{ users, authorization, routingStatus, skills, scripts },
		labels: utilizationLabels,
	});
	queues.onRemove(scripts.ofQueues);
	const wrapupCodes = createWrapupCodes(kernel, { authorization });
	const decisions = createDecisions(kernel);
	const stations = createStations(kernel, { users });
	const phones = new PhoneRegistry();
	return {
		...{ routingStatus, presence, skills, languages, scripts, utilization, utilizationLabels },
		...{ queues, wrapupCodes, decisions, stations, phones },
	};
}

export type Routing = ReturnType<typeof createRouting>;
