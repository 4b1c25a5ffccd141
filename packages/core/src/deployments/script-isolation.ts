import type { BootDeployment } from "@inlay/contract";
import type { Deployment } from "./model.ts";

/** How a deployment's script runs: as the administrator demands, else as it asks for itself. */
export class ScriptIsolation {
	/** By deployment; a script is read once per version. */
	readonly #known = new Map<string, { version: number; asks: Promise<boolean> }>();
	readonly #asks: (source: string, deploymentId: string) => Promise<{ asks: boolean; isSure: boolean }>;

	/** @param asks whether a script asks for isolation; what is not sure is asked again the next time */
	constructor(asks: (source: string, deploymentId: string) => Promise<{ asks: boolean; isSure: boolean }>) {
		this.#asks = asks;
	}

	/**
	 * Those that are on.
	 * @param readScript gives the text of its script; absent: the deployment has it
	 */
	async of(
		deployment: Deployment,
		readScript = async () => deployment.properties.frameworkJs,
	): Promise<Pick<BootDeployment, "isolation" | "withholdsToken">> {
		const { isolation: demanded = false, scriptToken } = deployment.properties;
		const isolation = demanded || (await this.#asksFor(deployment, readScript));
		return {
			...(isolation ? { isolation } : {}),
			...((scriptToken ?? !isolation) ? {} : { withholdsToken: true }),
		};
	}

	#asksFor({ id, scriptVersion = 0 }: Deployment, readScript: () => Promise<string | undefined>): Promise<boolean> {
		const known = this.#known.get(id);
		if (known?.version === scriptVersion) return known.asks;
		const forget = () => {
			if (this.#known.get(id)?.asks === asks) this.#known.delete(id);
		};
		const asks = readScript()
			.then((source = "") => this.#asks(source, id))
			.then((answer) => {
				if (!answer.isSure) forget();
				return answer.asks;
			});
		this.#known.set(id, { version: scriptVersion, asks });
		asks.catch(forget);
		return asks;
	}
}
