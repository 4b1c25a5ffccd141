import { type OpenPanels, type PanelsOfDeployment, panelTopic } from "@inlay/contract/home";

/** A channel on which somebody listens, with the topics of panels that it follows, in lower case. */
export interface PanelChannel {
	userId: string;
	topics: readonly string[];
}

/** A deployment that there is, and the versions of its framework.js; absent: it has none now. */
export interface KnownDeployment {
	id: string;
	/** Everybody's. */
	scriptVersion?: number;
	/** Some groups', first. */
	staged?: { version: number };
	/** Of all that were uploaded: one that was withdrawn may still run somewhere. Absent where there never was one. */
	newestScript?: number;
}

/** How topics of panels begin. */
export const panelTopics = panelTopic("", "").slice(0, -1).toLowerCase();

const parts = /^([^.]+)\.(\d{1,9})$/;

/**
 * Who is at work in which deployment's panels, by the topics that these follow. A topic can name anything, so a channel counts
 * as one panel at most, and as none of a deployment or version that there is not.
 */
export function openPanels(channels: readonly PanelChannel[], deployments: readonly KnownDeployment[]): OpenPanels {
	const known = new Map(deployments.map((one) => [one.id.toLowerCase(), one]));
	const byDeployment = new Map<string, Map<number, Set<string>>>();
	for (const { userId, topics } of channels) {
		const [panel] = topics.flatMap((topic) => panelOf(topic, known));
		if (!panel) continue;
		const versions = byDeployment.get(panel.id) ?? new Map<number, Set<string>>();
		byDeployment.set(panel.id, versions);
		versions.set(panel.version, (versions.get(panel.version) ?? new Set()).add(userId));
	}
	const entities = [...byDeployment].map(([id, versions]) =>
		ofDeployment(known.get(id.toLowerCase()) ?? { id }, versions),
	);
	const everybody = [...byDeployment.values()].flatMap((versions) => [...versions.values()]);
	return { agents: together(everybody), entities };
}

function panelOf(topic: string, known: ReadonlyMap<string, KnownDeployment>): Array<{ id: string; version: number }> {
	const [, name = "", number = ""] = parts.exec(topic.slice(panelTopics.length)) ?? [];
	const found = known.get(name);
	const version = Number(number);
	// Of a script that was taken away, panels that were open before run what they have loaded.
	if (!found || version > (found.newestScript ?? 0)) return [];
	return [{ id: found.id, version }];
}

function ofDeployment(
	{ id, scriptVersion, staged }: KnownDeployment,
	versions: ReadonlyMap<number, ReadonlySet<string>>,
): PanelsOfDeployment {
	return {
		deploymentId: id,
		current: [scriptVersion, staged?.version].filter((version) => version !== undefined),
		agents: together([...versions.values()]),
		versions: [...versions]
			.map(([version, users]) => ({ version, agents: users.size }))
			.toSorted((a, b) => b.version - a.version),
	};
}

function together(users: readonly ReadonlySet<string>[]): number {
	return new Set(users.flatMap((one) => [...one])).size;
}
