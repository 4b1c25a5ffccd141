import { holdsPermission } from "@inlay/contract";
import type { LiveQueues, OpenPanels } from "@inlay/contract/home";
import type { Authorization } from "./authorization/authorization.ts";
import { permissionsOf } from "./authorization/policies.ts";
import type { Deployments } from "./deployments/deployments.ts";
import { knownDeployments } from "./deployments/troubles.ts";
import { FirstSteps } from "./diagnostics/first-steps.ts";
import { HomeNotices } from "./diagnostics/home-notices.ts";
import { homeRoutes } from "./diagnostics/home-routes.ts";
import { openPanels, panelTopics } from "./diagnostics/open-panels.ts";
import { hasTalked } from "./diagnostics/talk-store.ts";
import { agentTroubleRoutes, type TroublePorts } from "./diagnostics/trouble-routes.ts";
import { AgentTroubles } from "./diagnostics/troubles.ts";
import type { Kernel } from "./kernel/domain.ts";
import type { Route } from "./kernel/http/route.ts";
import type { DivisionSet } from "./kernel/principal.ts";
import type { Notifications } from "./notifications/notifications.ts";
import type { OAuth } from "./oauth/oauth.ts";
import { liveQueueRoutes } from "./routing/live-queue-routes.ts";
import { liveQueueStore } from "./routing/live-queue-store.ts";
import type { Users } from "./users/users.ts";
import { callQualityStore } from "./voice/quality/store.ts";

interface Parts {
	deployments: Deployments;
	oauth: OAuth;
	users: Users;
	authorization: Authorization;
	notifications: Notifications;
}

/** Queues that the console's first page shows. */
const mostQueues = 25;
const dayMs = 24 * 3_600_000;

/** What the console's first page is told of all that goes on, and when to read it anew. */
export function createHome(kernel: Kernel, parts: Parts) {
	const { deployments, notifications } = parts;
	const notices = new HomeNotices(kernel.feed, notifications);
	const known = knownDeployments(() => deployments.overview(), kernel.feed);
	const troubles = new AgentTroubles(kernel, known, () => notices.changed("troubles", "deployments"));
	const steps = new FirstSteps(stepPorts(kernel, parts));
	const { database, clock } = kernel;

	const panelsNow = async (): Promise<OpenPanels> =>
		openPanels(notifications.followers(panelTopics), [...(await known.get())]);
	const queuesNow = (where: DivisionSet): Promise<LiveQueues> =>
		liveQueueStore.now(database.db, where, mostQueues, clock.now());

	return {
		routes: (): Route[] => [
			...homeRoutes(panelsNow, steps),
			...liveQueueRoutes(queuesNow),
			...agentTroubleRoutes(troubles, troublePorts(kernel, parts)),
		],
		start: () => troubles.start(),
		async stop(): Promise<void> {
			notices.stop();
			await troubles.stop();
		},
	};
}

function stepPorts(kernel: Kernel, { oauth, deployments, users, authorization }: Parts) {
	const { roles, grants } = authorization;
	return {
		clients: () => oauth.clients.list(),
		deployments: () => deployments.overview(),
		async hasGroup(): Promise<boolean> {
			const { groups } = await users.groups.list({}, { pageSize: 100, pageNumber: 1 });
			const counts = await users.groups.memberCounts(groups.map(({ id }) => id));
			return [...counts.values()].some((many) => many > 0);
		},
		async holdersOf(permission: string, most: number): Promise<number> {
			const found = new Set<string>();
			for (const role of await roles.list()) {
				if (!holdsPermission(permissionsOf(role.policies), permission)) continue;
				const { holders } = await grants.holdersOf(role.id, "all", { limit: most, offset: 0 });
				for (const { id } of holders) found.add(id);
			}
			return found.size;
		},
		hasTalked: () => hasTalked(kernel.database.db),
	};
}

function troublePorts({ database, clock }: Kernel, { deployments, oauth, users }: Parts): TroublePorts {
	return {
		deploymentNames: async () => new Map((await deployments.overview()).map(({ id, name }) => [id, name])),
		async clientNames(ids) {
			const found = await Promise.all(ids.map((id) => oauth.clients.find(id)));
			return new Map(found.flatMap((client) => (client ? [[client.id, client.name]] : [])));
		},
		async people(ids, where) {
			const found = await users.find(ids);
			const seen = found.filter(({ divisionId }) => where === "all" || where.has(divisionId));
			return new Map(seen.map(({ id, name }) => [id, name]));
		},
		badCalls: (where) => callQualityStore.byFault(database.db, new Date(clock.now().getTime() - dayMs), where),
	};
}
