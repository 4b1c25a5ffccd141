import type { ClientFacts, ScriptFault } from "@inlay/contract/health/facts";
import { clientIdsIn, signInChoice } from "@inlay/contract/health/sign-in-choice";
import { lintInstalled, lintSwitches } from "../deployments/lint-script.ts";
import type { Deployment } from "../deployments/model.ts";
import { NewestKept } from "../kernel/newest-kept.ts";
import { actingId, type Principal } from "../kernel/principal.ts";

export interface ReadScript {
	source: string;
	/** Absent where the linter had no time for it. */
	faults?: readonly ScriptFault[];
}

/** A version of a deployment's script; undefined where there is none (any more). */
type FindScript = (deploymentId: string, version: number) => Promise<{ source: string } | undefined>;

/** Scripts are large and rarely change; what was said of one is kept while nothing that it depends on is another. */
const mostKept = 50;

/** Reads deployments' scripts, and what the linter says of them. */
export class ScriptReader {
	readonly #find: FindScript;
	readonly #lint: typeof lintInstalled;
	/** By deployment and version, and by whether whoever asks sees clients: neither kind of reader takes the other's answer away. */
	readonly #kept = new NewestKept<{ key: string; read: Promise<ReadScript | undefined> }>(mostKept);

	constructor(find: FindScript, lint: typeof lintInstalled = lintInstalled) {
		this.#find = find;
		this.#lint = lint;
	}

	/** @param version everybody's, or the one that some groups have first @param clients undefined where the reader may not see them: nothing that depends on them is asked then */
	async read(
		deployment: Deployment,
		version: number,
		clients: readonly ClientFacts[] | undefined,
		by: Principal,
	): Promise<ReadScript | undefined> {
		const seen = clients?.map(({ id, scopes }) => `${id} ${scopes.join(" ")}`).join("\n");
		const key = `${deployment.version}\n${seen}`;
		const place = `${deployment.id} ${version} ${clients ? "with" : "without"} clients`;
		const kept = this.#kept.get(place);
		if (kept?.key === key) return kept.read;
		const read = this.#read(deployment, version, clients, by);
		this.#kept.set(place, { key, read });
		// What could not be read, or was not judged, is tried again.
		read.then(
			(done) => done?.faults || this.#forget(place, read),
			() => this.#forget(place, read),
		);
		return read;
	}

	#forget(place: string, read: Promise<ReadScript | undefined>): void {
		if (this.#kept.get(place)?.read === read) this.#kept.delete(place);
	}

	async #read(
		{ id, properties }: Deployment,
		version: number,
		clients: readonly ClientFacts[] | undefined,
		by: Principal,
	): Promise<ReadScript | undefined> {
		const { source } = (await this.#find(id, version)) ?? {};
		if (source === undefined) return undefined;
		const { clientId } = properties;
		const chosen = signInChoice(
			{ scriptClientIds: clientIdsIn(source), ...(clientId ? { clientId } : {}) },
			{ clients: clients ?? [] },
		).client;
		const faults = await this.#lint(source, actingId(by), {
			...(clients ? { clientIds: clients.map((client) => client.id) } : {}),
			...(chosen ? { scopes: chosen.scopes } : {}),
			...lintSwitches(properties),
		});
		return { source, ...(faults ? { faults } : {}) };
	}
}
