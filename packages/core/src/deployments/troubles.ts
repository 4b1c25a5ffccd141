import { Remembered } from "../kernel/database/remembered.ts";
import type { EventFeed } from "../kernel/events/event-feed.ts";
import type { OperatorLine, OperatorLog } from "../kernel/operator-log.ts";
import type { Clock } from "../kernel/time/clock.ts";
import type { Deployment } from "./model.ts";

/** How often something went wrong since the last upload, and what the last time was about. */
export interface Trouble {
	count: number;
	/** Stable code of the last one. */
	code: string;
	/** Its text, where the panel told one; what looks like a secret has been taken out. */
	detail?: string;
	at: Date;
}

/**
 * What agents have met in one deployment's panels. What anybody can have made up stands apart, so that it hides nothing of
 * what signed-in agents have met or this server itself knows.
 */
export interface Troubles {
	/** A framework.js that failed for a signed-in agent. */
	scripts?: Trouble;
	/** Panels that were not opened. */
	refusals?: Trouble;
	/** Told by browsers in which nobody was signed in. */
	unverifiedScripts?: Trouble;
	/** Refused for what such a browser has said of itself: the page around it, or its script's client. */
	unverifiedRefusals?: Trouble;
}

/** Deployments of which something is kept; the one that was quiet longest gives way. */
const mostDeployments = 500;

const kinds: Readonly<Record<string, readonly [known: keyof Troubles, unverified: keyof Troubles]>> = {
	"script.failed": ["scripts", "unverifiedScripts"],
	"panel.finding": ["scripts", "unverifiedScripts"],
	"panel.refused": ["refusals", "unverifiedRefusals"],
};

/** Whether there are deployments of these ids, read when somebody asks the first time. */
export type KnownIds = Pick<Remembered<ReadonlySet<string>>, "get" | "peek">;

/** Ids of the deployments that there are; forgotten when one comes or goes. */
export function knownDeployments(
	overview: () => Promise<readonly Pick<Deployment, "id">[]>,
	feed: Pick<EventFeed, "subscribe">,
): KnownIds {
	const read = async () => new Set((await overview()).map(({ id }) => id));
	return new Remembered(read, feed, ["deployment.installed", "deployment.removed"]);
}

/**
 * Hears what operators are told, and keeps by deployment what an administrator should know before agents tell it. Another
 * script begins anew. It lives in memory: after a restart it begins anew, too. Of made-up deployments nothing is kept.
 */
export class DeploymentTroubles {
	readonly #clock: Clock;
	readonly #known: KnownIds;
	/** By deployment's id. */
	readonly #kept = new Map<string, Troubles>();

	constructor(operators: OperatorLog, clock: Clock, known: KnownIds) {
		this.#clock = clock;
		this.#known = known;
		operators.listen((line) => this.#hear(line));
	}

	/** What has gone wrong with a deployment since its last upload; empty where nothing has. */
	of({ id }: Pick<Deployment, "id">): Troubles {
		return this.#kept.get(id) ?? {};
	}

	#hear(line: OperatorLine): void {
		const { event, deploymentId } = line;
		if (typeof deploymentId !== "string") return;
		if (event === "deployment.script.changed" && line.forEverybody) this.#kept.delete(deploymentId);
		const [known, unverified] = kinds[event] ?? [];
		if (!known || !unverified) return;
		const keep = (ids: ReadonlySet<string>) => {
			if (ids.has(deploymentId)) this.#keep(deploymentId, line.unverified ? unverified : known, line);
		};
		const ids = this.#known.peek();
		if (ids) keep(ids);
		// A database that is away tells nobody of troubles; they stand in the log.
		else this.#known.get().then(keep, () => {});
	}

	#keep(id: string, kind: keyof Troubles, { code, detail }: OperatorLine): void {
		const before = this.#kept.get(id) ?? {};
		const trouble: Trouble = {
			count: (before[kind]?.count ?? 0) + 1,
			code: String(code),
			...(typeof detail === "string" ? { detail } : {}),
			at: this.#clock.now(),
		};
		this.#kept.delete(id);
		this.#kept.set(id, { ...before, [kind]: trouble });
		const [oldest] = this.#kept.keys();
		if (this.#kept.size > mostDeployments && oldest !== undefined) this.#kept.delete(oldest);
	}
}
