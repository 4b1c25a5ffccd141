import { bundledClientId } from "@inlay/contract";
import type { People } from "./app-people.ts";
import { DeploymentAccess } from "./deployments/access.ts";
import { type BootFacts, PanelBoot } from "./deployments/boot.ts";
import { Deployments } from "./deployments/deployments.ts";
import { deploymentStore } from "./deployments/store.ts";
import { DeploymentTroubles, knownDeployments } from "./deployments/troubles.ts";
import type { Kernel } from "./kernel/domain.ts";

/** The panels: who may open which, and with what script. */
export function createDelivery(kernel: Kernel, { authorization, users, oauth }: People) {
	const { database, config } = kernel;
	const deployments = new Deployments(kernel, deploymentStore(database.db), {
		unknownGroups: async (ids) => {
			const found = new Set((await users.groups.findAll(ids)).map((group) => group.id));
			return ids.filter((id) => !found.has(id));
		},
		clientExists: async (id) => (await oauth.clients.find(id)) !== undefined,
		holdGroups: users.groups.hold,
		holdUsers: users.holdActive,
		holdClients: oauth.clients.hold,
	});
	users.groups.onRemove((...asked) => deployments.releaseGroup(...asked));
	users.onEnded(deployments.endTrials);
	oauth.clients.addReferrer(deployments.ofClient);
	const access = new DeploymentAccess({
		groupsOf: (userId) => users.groupsOf(userId),
		licensesOf: (userId) => users.licenses.of(userId),
		groupNames: async (ids) => (await users.groups.findAll(ids)).map((group) => group.name).toSorted(),
	});
	const facts: BootFacts = {
		organization: async () => {
			const { id, name, defaultCountryCode } = await users.organization.get();
			return { id, name, country: defaultCountryCode };
		},
		client: async (id) => {
			const client = await oauth.clients.find(id);
			if (!client) return undefined;
			const { name, grantType, redirectUris, state } = client;
			return { id, name, active: state === "active", grantType, redirectUris };
		},
		bundledClientId: async () => bundledClientId,
		grantsOf: authorization.grantsOf,
		embedAllowList: users.embedAllowList,
		publicUrl: config.publicUrl,
		panelUrl: config.panelUrl,
		region: config.region,
		demo: config.demo,
	};
	const known = knownDeployments(() => deployments.overview(), kernel.feed);
	const troubles = new DeploymentTroubles(kernel.operators, kernel.clock, known);
	return { deployments, access, known, troubles, boot: new PanelBoot(deployments, facts) };
}

export type Delivery = ReturnType<typeof createDelivery>;
