import type { BootDeployment } from "@inlay/contract";
import type { Deployment } from "./model.ts";

/** How a deployment's script runs: as the administrator demands, else as it asks for itself. */
export class ScriptIsolation {
	/** By deployment; a script is read once per version. */
	readonly #known = new Map<string, { version: number; asks: Promise<boolean> }>();
	readonly #asks: (source: string, deploymentId: string) => Promise<boolean>;

	/** @param asks whether a script asks for isolation */
	constructor(asks: (source: string, deploymentId: string) => Promise<boolean>) {
		this.#asks = asks;
	}

	/** Those that are on. @param deployment with its script's text */
	async of(deployment: Deployment): Promise<Pick<BootDeployment, "isolation" | "withholdsToken">> {
		const { isolation: demanded = false, scriptToken } = deployment.properties;
		const isolation = demanded || (await this.#asksFor(deployment));
		return {
			...(isolation ? { isolation } : {}),
			...((scriptToken ?? !isolation) ? {} : { withholdsToken: true }),
		};
	}

	#asksFor({ id, scriptVersion = 0, properties }: Deployment): Promise<boolean> {
		const known = this.#known.get(id);
		if (known?.version === scriptVersion) return known.asks;
		const asks = this.#asks(properties.frameworkJs ?? "", id);
		this.#known.set(id, { version: scriptVersion, asks });
		asks.catch(() => this.#known.delete(id));
		return asks;
	}
}
