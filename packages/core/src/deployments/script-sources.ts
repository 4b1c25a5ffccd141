import { isHostSource } from "@inlay/contract";
import type { Deployment } from "./model.ts";

/** An address in quotes: `"https://cdn.example/lib.js"`, `'//cdn.example/lib.js'`, `"wss://live.example"`. */
const quotedAddress = /["'`]((?:https?|wss?):)?\/\/([a-z0-9.-]+(?::\d{1,5})?)(?=["'`/?#])/gi;

/** More than a script has reason for; a header has to stay short. */
const mostSources = 40;

/** The machine of whoever writes the script, as panels of a deployment that allows development may load it from. */
const ownMachine = ["https://localhost:*", "http://localhost:*", "https://127.0.0.1:*", "http://127.0.0.1:*"];

/** The other end of what a deployment's script may do, as CSP sources. */
export interface Sources {
	/** From where it may load more scripts. */
	scripts: string[];
	/** Which servers it may call and talk to, beside the panel's own. */
	connections: string[];
	/** It may call any server. */
	isOpen: boolean;
}

interface Addresses {
	scripts: readonly string[];
	sockets: readonly string[];
}

/**
 * What a deployment's framework.js may reach: the addresses that stand in it (scripts in the field load jQuery, Angular
 * or the platform's SDK and call their CRM's API, framework-contract 11), and those that an administrator lists.
 */
export class ScriptSources {
	/** By deployment; a script's text is read once per version. */
	readonly #known = new Map<string, { version: number; addresses: Addresses }>();

	/** @param readScript gives the text of its current script, which lists of deployments leave out */
	async of(deployment: Deployment, readScript: () => Promise<string | undefined>): Promise<Sources> {
		const { scriptOrigins = [], connectOrigins = [], development = false } = deployment.properties;
		const inScript = await this.#inScript(deployment, readScript);
		const scripts = [...scriptOrigins, ...inScript.scripts];
		const connections = [...scripts, ...inScript.sockets, ...connectOrigins.flatMap(withSockets)];
		return {
			scripts: [...new Set([...scripts, ...(development ? ownMachine : [])])],
			connections: [...new Set(connections)],
			isOpen: development,
		};
	}

	async #inScript(
		{ id, scriptVersion = 0 }: Deployment,
		readScript: () => Promise<string | undefined>,
	): Promise<Addresses> {
		const known = this.#known.get(id);
		if (known?.version === scriptVersion) return known.addresses;
		const addresses = addressesIn((await readScript()) ?? "");
		this.#known.set(id, { version: scriptVersion, addresses });
		return addresses;
	}
}

/** Origins of the addresses that stand in a script. One without a scheme is that of the page. */
export function addressesIn(script: string): Addresses {
	const [scripts, sockets] = [new Set<string>(), new Set<string>()];
	for (const [, scheme = "", host = ""] of script.matchAll(quotedAddress)) {
		const name = host.toLowerCase();
		const kind = scheme.toLowerCase();
		// With a scheme, `localhost` and a name of the local network are addresses too; `"//note"` is none.
		if (!isHostSource(name) || !(kind || name.includes("."))) continue;
		// A source of wss: would allow https: too, and with it scripts.
		(kind.startsWith("ws") ? sockets : scripts).add(`${kind ? `${kind}//` : ""}${name}`);
		if (scripts.size + sockets.size === mostSources) break;
	}
	return { scripts: [...scripts], sockets: [...sockets] };
}

/** A server that somebody lists may be called and kept open to: the policy tells the two apart. */
function withSockets(origin: string): string[] {
	return /^https?:/i.test(origin) ? [origin, origin.replace(/^http/i, "ws")] : [origin];
}
