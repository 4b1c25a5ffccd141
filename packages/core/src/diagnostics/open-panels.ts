import { type OpenPanels, type PanelsOfDeployment, panelTopic } from "@inlay/contract/home";

/** By topic, in lower case, who follows it: users, each once. */
export type Followers = ReadonlyMap<string, ReadonlySet<string>>;

/** How topics of panels begin. */
export const panelTopics = panelTopic("", "").slice(0, -1).toLowerCase();

const parts = /^([^.]+)\.(\d{1,9})$/;

/**
 * Who is at work in which deployment's panels, by the topics that these follow.
 * @param deployments ids of those that there are; a topic can name anything
 */
export function openPanels(followers: Followers, deployments: readonly string[]): OpenPanels {
	const known = new Map(deployments.map((id) => [id.toLowerCase(), id]));
	const byDeployment = new Map<string, Map<number, ReadonlySet<string>>>();
	for (const [topic, users] of followers) {
		const [, name = "", version = ""] = parts.exec(topic.slice(panelTopics.length)) ?? [];
		const id = known.get(name);
		if (id === undefined || users.size === 0) continue;
		const versions = byDeployment.get(id) ?? new Map();
		byDeployment.set(id, versions.set(Number(version), users));
	}
	const entities = [...byDeployment].map(([id, versions]) => ofDeployment(id, versions));
	const everybody = [...byDeployment.values()].flatMap((versions) => [...versions.values()]);
	return { agents: together(everybody), entities };
}

function ofDeployment(deploymentId: string, versions: ReadonlyMap<number, ReadonlySet<string>>): PanelsOfDeployment {
	return {
		deploymentId,
		agents: together([...versions.values()]),
		versions: [...versions]
			.map(([version, users]) => ({ version, agents: users.size }))
			.toSorted((a, b) => b.version - a.version),
	};
}

function together(users: readonly ReadonlySet<string>[]): number {
	return new Set(users.flatMap((one) => [...one])).size;
}
