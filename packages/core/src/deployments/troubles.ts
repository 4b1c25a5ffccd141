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

/** What agents have met in one deployment's panels. */
export interface Troubles {
	/** A framework.js that failed. */
	scripts?: Trouble;
	/** Panels that were not opened. */
	refusals?: Trouble;
}

/** Deployments of which something is kept; the one that was quiet longest gives way. */
const mostDeployments = 500;

const kinds: Readonly<Record<string, keyof Troubles>> = {
	"script.failed": "scripts",
	"panel.finding": "scripts",
	"panel.refused": "refusals",
};

/**
 * Hears what operators are told, and keeps by deployment what an administrator should know before agents tell it. Another
 * script begins anew. It lives in memory: after a restart it begins anew, too.
 */
export class DeploymentTroubles {
	readonly #clock: Clock;
	/** By deployment's id, or `name:` and the partner name that was asked for. */
	readonly #kept = new Map<string, Troubles>();

	constructor(operators: OperatorLog, clock: Clock) {
		this.#clock = clock;
		operators.listen((line) => this.#hear(line));
	}

	/** What has gone wrong with a deployment since its last upload; empty where nothing has. */
	of({ id, properties }: Pick<Deployment, "id" | "properties">): Troubles {
		const named = properties.partnerName ? this.#kept.get(`name:${properties.partnerName}`) : undefined;
		return together(this.#kept.get(id) ?? {}, named ?? {});
	}

	#hear(line: OperatorLine): void {
		const key = keyOf(line);
		if (!key) return;
		if (line.event === "deployment.script.changed") this.#kept.delete(key);
		const kind = kinds[line.event];
		if (kind) this.#keep(key, kind, line);
	}

	#keep(key: string, kind: keyof Troubles, { code, detail }: OperatorLine): void {
		const before = this.#kept.get(key) ?? {};
		const trouble: Trouble = {
			count: (before[kind]?.count ?? 0) + 1,
			code: String(code),
			...(typeof detail === "string" ? { detail } : {}),
			at: this.#clock.now(),
		};
		this.#kept.delete(key);
		this.#kept.set(key, { ...before, [kind]: trouble });
		const [oldest] = this.#kept.keys();
		if (this.#kept.size > mostDeployments && oldest !== undefined) this.#kept.delete(oldest);
	}
}

function keyOf({ deploymentId, partnerName }: OperatorLine): string | undefined {
	if (typeof deploymentId === "string") return deploymentId;
	return typeof partnerName === "string" ? `name:${partnerName}` : undefined;
}

function together(one: Troubles, other: Troubles): Troubles {
	const scripts = added(one.scripts, other.scripts);
	const refusals = added(one.refusals, other.refusals);
	return { ...(scripts ? { scripts } : {}), ...(refusals ? { refusals } : {}) };
}

function added(one: Trouble | undefined, other: Trouble | undefined): Trouble | undefined {
	if (!one || !other) return one ?? other;
	const last = one.at > other.at ? one : other;
	return { ...last, count: one.count + other.count };
}
