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
	/** By deployment's id. */
	readonly #kept = new Map<string, Troubles>();

	constructor(operators: OperatorLog, clock: Clock) {
		this.#clock = clock;
		operators.listen((line) => this.#hear(line));
	}

	/** What has gone wrong with a deployment since its last upload; empty where nothing has. */
	of({ id }: Pick<Deployment, "id">): Troubles {
		return this.#kept.get(id) ?? {};
	}

	#hear(line: OperatorLine): void {
		const { event, deploymentId } = line;
		if (typeof deploymentId !== "string") return;
		if (event === "deployment.script.changed") this.#kept.delete(deploymentId);
		const kind = kinds[event];
		if (kind) this.#keep(deploymentId, kind, line);
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
