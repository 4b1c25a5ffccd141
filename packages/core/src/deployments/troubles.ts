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
	/** The page around the last one, where it says so. */
	origin?: string;
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
	/** Pages that have tried to embed the panel and are not on the list: by their own word, as browsers tell it. */
	pages?: Trouble;
}

/** Deployments of which something is kept; the one that was quiet longest gives way. */
const mostDeployments = 500;
/** Versions of one script that are told apart: everybody's, the staged one, and those of panels that were not loaded anew. */
const mostVersions = 5;

const kinds: Readonly<Record<string, readonly [known: keyof Troubles, unverified: keyof Troubles]>> = {
	"script.failed": ["scripts", "unverifiedScripts"],
	"panel.finding": ["scripts", "unverifiedScripts"],
	"panel.refused": ["refusals", "unverifiedRefusals"],
};

/** A page that may not embed the panel is told apart, as somebody has to let it in. */
function kindOf(
	{ code, origin, unverified: isUnverified }: OperatorLine,
	known: keyof Troubles,
	unverified: keyof Troubles,
) {
	if (!isUnverified) return known;
	return code === "origin.not.allowed" && typeof origin === "string" ? "pages" : unverified;
}

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

/** Whether what a version did is of no interest any more; undefined where nobody has said which version it was. */
export type Outdated = (version: number | undefined) => boolean;

/**
 * What a line `deployment.script.changed` makes of earlier failures. Those of a version that somebody has stay; a setting that
 * is another one now may have mended any.
 */
export function outdatedBy({ forEverybody, settings, version, staged }: OperatorLine): Outdated {
	if (Array.isArray(settings) && settings.length > 0) return () => true;
	const now: readonly unknown[] = [version, (staged as { version?: unknown } | undefined)?.version];
	return (of) => (of === undefined ? forEverybody === true : !now.includes(of));
}

/** Troubles of two versions as one; the words are those of the last time. */
function together(one: Troubles, other: Troubles): Troubles {
	const kinds = [...new Set([...Object.keys(one), ...Object.keys(other)])] as (keyof Troubles)[];
	return Object.fromEntries(
		kinds.map((kind) => {
			const [a, b] = [one[kind], other[kind]];
			if (!a || !b) return [kind, a ?? b];
			return [kind, { ...(a.at > b.at ? a : b), count: a.count + b.count }];
		}),
	);
}

/**
 * Hears what operators are told, and keeps by deployment what an administrator should know before agents tell it. Another
 * script begins anew. It lives in memory: after a restart it begins anew, too. Of made-up deployments nothing is kept.
 */
export class DeploymentTroubles {
	readonly #clock: Clock;
	readonly #known: KnownIds;
	/** By deployment's id, and by the version of framework.js that it was; 0 where nobody said. */
	readonly #kept = new Map<string, Map<number, Troubles>>();

	constructor(operators: OperatorLog, clock: Clock, known: KnownIds) {
		this.#clock = clock;
		this.#known = known;
		operators.listen((line) => this.#hear(line));
	}

	/** What has gone wrong with a deployment since its last upload; empty where nothing has. */
	of({ id }: Pick<Deployment, "id">): Troubles {
		return [...(this.#kept.get(id)?.values() ?? [])].reduce(together, {});
	}

	#hear(line: OperatorLine): void {
		const { event, deploymentId } = line;
		if (typeof deploymentId !== "string") return;
		if (event === "deployment.script.changed") this.#beginAnew(deploymentId, outdatedBy(line));
		const [known, unverified] = kinds[event] ?? [];
		if (!known || !unverified) return;
		const keep = (ids: ReadonlySet<string>) => {
			if (ids.has(deploymentId)) this.#keep(deploymentId, kindOf(line, known, unverified), line);
		};
		const ids = this.#known.peek();
		if (ids) keep(ids);
		// A database that is away tells nobody of troubles; they stand in the log.
		else this.#known.get().then(keep, () => {});
	}

	/** What an earlier script did is not said of the one that may have mended it, nor of those who have another. */
	#beginAnew(id: string, isOutdated: Outdated): void {
		const versions = this.#kept.get(id);
		for (const version of versions?.keys() ?? []) if (isOutdated(version || undefined)) versions?.delete(version);
	}

	#keep(id: string, kind: keyof Troubles, { code, detail, origin, scriptVersion, unverified }: OperatorLine): void {
		const versions = this.#kept.get(id) ?? new Map<number, Troubles>();
		// Anybody can make versions up, and each would push out one of which somebody has told who is known.
		const version = !unverified && typeof scriptVersion === "number" ? scriptVersion : 0;
		const before = versions.get(version) ?? {};
		const trouble: Trouble = {
			count: (before[kind]?.count ?? 0) + 1,
			code: String(code),
			...(typeof detail === "string" ? { detail } : {}),
			...(kind === "pages" && typeof origin === "string" ? { origin } : {}),
			at: this.#clock.now(),
		};
		versions.delete(version);
		versions.set(version, { ...before, [kind]: trouble });
		const [quietest] = versions.keys();
		if (versions.size > mostVersions && quietest !== undefined) versions.delete(quietest);
		this.#kept.delete(id);
		this.#kept.set(id, versions);
		const [oldest] = this.#kept.keys();
		if (this.#kept.size > mostDeployments && oldest !== undefined) this.#kept.delete(oldest);
	}
}
