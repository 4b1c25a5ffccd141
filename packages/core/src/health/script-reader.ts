import type { ClientFacts, ScriptFault } from "@inlay/contract/health/facts";
import { clientIdsIn, signInChoice } from "@inlay/contract/health/sign-in-choice";
import { lintInstalled } from "../deployments/lint-script.ts";
import type { Deployment } from "../deployments/model.ts";
import { actingId, type Principal } from "../kernel/principal.ts";

interface ReadScript {
	source: string;
	/** Absent where the linter had no time for it. */
	faults?: readonly ScriptFault[];
}

/** Scripts are large and rarely change; what was said of one is kept while nothing that it depends on is another. */
const mostKept = 50;

/** Reads deployments' scripts, and what the linter says of them. */
export class ScriptReader {
	readonly #find: (id: string) => Promise<Deployment | undefined>;
	readonly #lint: typeof lintInstalled;
	/** By deployment, and by whether whoever asks sees clients: neither kind of reader takes the other's answer away. */
	readonly #kept = new Map<string, { key: string; read: Promise<ReadScript | undefined> }>();

	constructor(find: (id: string) => Promise<Deployment | undefined>, lint: typeof lintInstalled = lintInstalled) {
		this.#find = find;
		this.#lint = lint;
	}

	/** @param clients undefined where the reader may not see them: nothing that depends on them is asked then */
	async read(
		deployment: Deployment,
		clients: readonly ClientFacts[] | undefined,
		by: Principal,
	): Promise<ReadScript | undefined> {
		const seen = clients?.map(({ id, scopes }) => `${id} ${scopes.join(" ")}`).join("\n");
		const key = `${deployment.scriptVersion} ${deployment.version}\n${seen}`;
		const place = `${deployment.id} ${clients ? "with" : "without"} clients`;
		const kept = this.#kept.get(place);
		if (kept?.key === key) return kept.read;
		const read = this.#read(deployment.id, clients, by);
		this.#kept.delete(place);
		this.#kept.set(place, { key, read });
		const [oldest] = this.#kept.keys();
		if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
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

	async #read(id: string, clients: readonly ClientFacts[] | undefined, by: Principal): Promise<ReadScript | undefined> {
		const { properties } = (await this.#find(id)) ?? {};
		const source = properties?.frameworkJs;
		if (!properties || source === undefined) return undefined;
		const { clientId, preserveAttributeCase = false } = properties;
		const chosen = signInChoice(
			{ scriptClientIds: clientIdsIn(source), ...(clientId ? { clientId } : {}) },
			{ clients: clients ?? [] },
		).client;
		const faults = await this.#lint(source, actingId(by), {
			...(clients ? { clientIds: clients.map((client) => client.id) } : {}),
			...(chosen ? { scopes: chosen.scopes } : {}),
			preserveAttributeCase,
		});
		return { source, ...(faults ? { faults } : {}) };
	}
}
