import { createAuthorization } from "../authorization/authorization.ts";
import type { LoggedEvent } from "../kernel/events/event-log.ts";
import type { Principal } from "../kernel/principal.ts";
import type { Clock } from "../kernel/time/clock.ts";
import { createPresence } from "../presence/presence.ts";
import { presenceRoutes } from "../presence/routes.ts";
import { createDecisions } from "../routing/decisions.ts";
import { createUtilizationLabels } from "../routing/labels.ts";
import { createQueueStates } from "../routing/queue-states.ts";
import { createQueues } from "../routing/queues.ts";
import { routingRoutes } from "../routing/routes.ts";
import { createRoutingStatus } from "../routing/routing-status.ts";
import { createAbilities } from "../routing/skills.ts";
import { createUtilization } from "../routing/utilization.ts";
import { createWrapupCodes } from "../routing/wrapup-codes.ts";
import { stationRoutes } from "../stations/routes.ts";
import { createStations } from "../stations/stations.ts";
import { createUsers } from "../users/users.ts";
import { seesEverything } from "./sees-everything.ts";
import { type TestApi, testApi, testPrincipal } from "./test-api.ts";
import { type TestKernel, testKernel } from "./test-kernel.ts";

/**
 * People at work on a real database: users, authorization, presence, routing and stations, with their routes.
 * Principals are made by name (`signIn`) and named by `as` in calls.
 */
export async function workplace<C extends Clock = Clock>(options: { clock?: C } = {}) {
	const kernel = await testKernel(options);
	const services = servicesOn(kernel);
	const { presence, stations, users, authorization } = services;
	const principals: Record<string, Principal> = {};
	const api: TestApi = await testApi(
		[
			...presenceRoutes(presence, { users, authorization }),
			...routingRoutes(services, seesEverything),
			...stationRoutes(stations, { users }),
		],
		principals,
	);

	/** A user with the default role of that id, who can call the API under their name. */
	async function hire(name: string, role: "agent" | "admin" | "none" = "agent"): Promise<string> {
		const user = await users.create({ name, email: `${name.toLowerCase()}@example.com` });
		if (role !== "none") await authorization.grant(user.id, (await authorization.defaultRole(role)).id, "*", "PC_USER");
		await signIn(name, user.id);
		return user.id;
	}

	async function signIn(name: string, userId: string): Promise<void> {
		principals[name] = testPrincipal({ userId, tokenHash: name, grants: await authorization.grantsOf(userId) });
	}

	return {
		kernel,
		...services,
		api,
		principals,
		hire,
		/** Everything that has been announced so far, oldest first. */
		events: (): Promise<LoggedEvent[]> => kernel.told(),
		async close() {
			stations.stop();
			users.stop();
			authorization.stop();
			await api.close();
			await kernel.close();
		},
	};
}

/** The services on a kernel; a second kernel on the same database stands for another process. */
export function servicesOn<C extends Clock>(kernel: TestKernel<C>) {
	const authorization = createAuthorization(kernel);
	const users = createUsers(kernel, { authorization });
	const routingStatus = createRoutingStatus(kernel);
	const [skills, languages] = [createAbilities(kernel, "skill"), createAbilities(kernel, "language")];
	const utilization = createUtilization(kernel);
	const utilizationLabels = createUtilizationLabels(kernel, utilization);
	const queues = createQueues(kernel, { users, authorization, routingStatus, skills, labels: utilizationLabels });
	return {
		skills,
		languages,
		utilization,
		utilizationLabels,
		decisions: createDecisions(kernel),
		assignment: { explain: async () => undefined },
		queueStates: createQueueStates(kernel, { free: async () => [] }),
		authorization,
		users,
		routingStatus,
		queues,
		wrapupCodes: createWrapupCodes(kernel, { authorization }),
		presence: createPresence(kernel, { routingStatus, authorization, users }),
		stations: createStations(kernel, { users }),
	};
}
