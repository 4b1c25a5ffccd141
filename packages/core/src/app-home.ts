import { holdsPermission } from "@inlay/contract";
import type { LiveQueues, OpenPanels } from "@inlay/contract/home";
import type { Authorization } from "./authorization/authorization.ts";
import { toldIn } from "./authorization/effective-grants.ts";
import { permissionsOf } from "./authorization/policies.ts";
import type { DeploymentAccess } from "./deployments/access.ts";
import type { PanelBoot } from "./deployments/boot.ts";
import type { Deployments } from "./deployments/deployments.ts";
import { Explanations, type HeldRole } from "./deployments/explain.ts";
import { type ExplainedPeople, explainRoutes } from "./deployments/explain-routes.ts";
import type { KnownIds } from "./deployments/troubles.ts";
import { FirstSteps } from "./diagnostics/first-steps.ts";
import { HomeNotices } from "./diagnostics/home-notices.ts";
import { homeRoutes } from "./diagnostics/home-routes.ts";
import { openPanels, panelTopics } from "./diagnostics/open-panels.ts";
import { hasGroupWithMember, hasQueueWithMember, hasTalked } from "./diagnostics/step-store.ts";
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
	access: DeploymentAccess;
	boot: PanelBoot;
	deployments: Deployments;
	/** Ids of the deployments that there are. */
	known: KnownIds;
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
	const { deployments, known, notifications } = parts;
	const steps = new FirstSteps(stepPorts(kernel, parts));
	const notices = new HomeNotices(kernel.feed, notifications, () => steps.isAllDone);
	const troubles = new AgentTroubles(kernel, known, () => notices.changed("troubles", "deployments"));
	const { database, clock } = kernel;

	const panelsNow = async (): Promise<OpenPanels> => {
		const [all, newest] = await Promise.all([deployments.overview(), deployments.newestScripts()]);
		const known = all.map((one) => ({ ...one, newestScript: newest.get(one.id) ?? 0 }));
		return openPanels(notifications.followers(panelTopics), known);
	};
	const queuesNow = (where: DivisionSet): Promise<LiveQueues> =>
		liveQueueStore.now(database.db, where, mostQueues, clock.now());

	return {
		routes: (): Route[] => [
			...homeRoutes(panelsNow, steps),
			...liveQueueRoutes(queuesNow),
			...agentTroubleRoutes(troubles, troublePorts(kernel, parts)),
			...explainRoutes(explanationsOf(parts), explainedPeople(parts)),
		],
		start: () => troubles.start(),
		async stop(): Promise<void> {
			notices.stop();
			await troubles.stop();
		},
	};
}

function stepPorts({ database }: Kernel, { oauth, deployments, authorization }: Parts) {
	const { roles, grants } = authorization;
	return {
		clients: () => oauth.clients.list(),
		deployments: () => deployments.overview(),
		hasGroup: () => hasGroupWithMember(database.db),
		hasQueue: () => hasQueueWithMember(database.db),
		async holdersOf(permission: string, most: number): Promise<number> {
			const found = new Set<string>();
			for (const role of await roles.list()) {
				if (!holdsPermission(permissionsOf(role.policies), permission)) continue;
				const { holders } = await grants.holdersOf(role.id, "all", { limit: most, offset: 0 });
				for (const { id } of holders) found.add(id);
			}
			return found.size;
		},
		hasTalked: () => hasTalked(database.db),
	};
}

function troublePorts({ database, clock }: Kernel, { deployments, oauth, users }: Parts): TroublePorts {
	return {
		deploymentNames: async () => new Map((await deployments.overview()).map(({ id, name }) => [id, name])),
		async clientNames(ids) {
			if (ids.length === 0) return new Map();
			const wanted = new Set(ids);
			return nameMap((await oauth.clients.list()).filter(({ id }) => wanted.has(id)));
		},
		people: peopleWithin(users),
		badCalls: (where) => callQualityStore.byFault(database.db, new Date(clock.now().getTime() - dayMs), where),
	};
}

/** Names of those of some users who are in the divisions. */
export function peopleWithin(users: Pick<Users, "find">): TroublePorts["people"] {
	return async (ids, where) => {
		const found = ids.length === 0 ? [] : await users.find([...ids]);
		return nameMap(found.filter(({ divisionId }) => where === "all" || where.has(divisionId)));
	};
}

function explanationsOf({ deployments, access, boot, oauth, authorization, users }: Parts): Explanations {
	return new Explanations(deployments, access, boot, {
		grantsOf: (userId) => authorization.grantsOf(userId),
		groupsOf: async (userId) => users.groups.findAll(await users.groupsOf(userId)),
		licensesOf: (userId) => users.licenses.of(userId),
		async signInWith(clientId, userId) {
			const client = await oauth.clients.find(clientId);
			if (!client) return undefined;
			const { panel, script } = await oauth.sessions.panelScopes(userId, client);
			return { name: client.name, panelScopes: panel, scriptScopes: script };
		},
	});
}

function explainedPeople({ users, authorization }: Parts): ExplainedPeople {
	const { roles, divisions } = authorization;
	return {
		async user(id) {
			const { name, state, divisionId } = await users.living(id);
			return { id, name, state, divisionId };
		},
		async rolesOf(userId, where) {
			const held = await authorization.effectiveRows(userId);
			const groupIds = held.flatMap(({ subjectId }) => (subjectId === userId ? [] : [subjectId]));
			const groups = nameMap(await users.groups.findAll([...new Set(groupIds)]));
			const [allRoles, divisionNames] = [await roles.list(), nameMap(await divisions.list())];
			const byId = new Map(allRoles.map((role) => [role.id, role]));
			const told = new Set(toldIn(held, where));
			return held.flatMap((grant): HeldRole[] => {
				const role = byId.get(grant.roleId);
				if (!role) return [];
				const group = groups.get(grant.subjectId);
				return [
					{
						role: { id: role.id, name: role.name },
						permissions: permissionsOf(role.policies),
						division: { id: grant.divisionId, name: divisionNames.get(grant.divisionId) ?? grant.divisionId },
						...(group === undefined ? {} : { group: { id: grant.subjectId, name: group } }),
						isTold: told.has(grant),
					},
				];
			});
		},
	};
}

function nameMap(things: readonly { id: string; name: string }[]): Map<string, string> {
	return new Map(things.map(({ id, name }) => [id, name]));
}
