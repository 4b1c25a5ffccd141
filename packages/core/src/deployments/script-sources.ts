import { isHostSource } from "@inlay/contract";
import type { Deployment } from "./model.ts";

/** An address in quotes: `"https://cdn.example/lib.js"`, `'//cdn.example/lib.js'`. */
const quotedAddress = /["'`](https?:)?\/\/([a-z0-9.-]+(?::\d{1,5})?)(?=["'`/?#])/gi;

/** More than a script has reason for; a header has to stay short. */
const mostSources = 40;

/** The machine of whoever writes the script, as panels of a deployment that allows development may load it from. */
const ownMachine = ["https://localhost:*", "http://localhost:*", "https://127.0.0.1:*", "http://127.0.0.1:*"];

/**
 * From where a deployment's framework.js may load more scripts, as CSP sources: the addresses that stand in it (scripts
 * in the field load jQuery, Angular or the platform's SDK, framework-contract 11) and those that an administrator lists.
 */
export class ScriptSources {
	/** By deployment; a script's text is read once per version. */
	readonly #known = new Map<string, { version: number; sources: readonly string[] }>();

	/** @param readScript gives the text of its current script, which lists of deployments leave out */
	async of(deployment: Deployment, readScript: () => Promise<string | undefined>): Promise<string[]> {
		const { scriptOrigins = [], development } = deployment.properties;
		const inScript = await this.#inScript(deployment, readScript);
		return [...new Set([...scriptOrigins, ...inScript, ...(development ? ownMachine : [])])];
	}

	async #inScript(
		{ id, scriptVersion = 0 }: Deployment,
		readScript: () => Promise<string | undefined>,
	): Promise<readonly string[]> {
		const known = this.#known.get(id);
		if (known?.version === scriptVersion) return known.sources;
		const sources = addressesIn((await readScript()) ?? "");
		this.#known.set(id, { version: scriptVersion, sources });
		return sources;
	}
}

/** Origins of the addresses that stand in a script. One without a scheme is that of the page. */
export function addressesIn(script: string): string[] {
	const found = new Set<string>();
	for (const [, scheme = "", host = ""] of script.matchAll(quotedAddress)) {
		const source = `${scheme ? `${scheme.toLowerCase()}//` : ""}${host.toLowerCase()}`;
		if (isHostSource(source) && host.includes(".")) found.add(source);
		if (found.size === mostSources) break;
	}
	return [...found];
}
