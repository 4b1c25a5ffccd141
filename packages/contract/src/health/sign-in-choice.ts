import type { ClientFacts, DeploymentFacts, OrganizationFacts } from "./facts.ts";

/** Which client a deployment's panel signs in with, and where that is said. */
export interface SignInChoice {
	/** Undefined where it is none of the organization's. */
	client: ClientFacts | undefined;
	source: "script" | "configuration" | "bundled";
	/** An id that is named and that the organization does not have, where nothing better is. */
	unknown?: string;
}

/**
 * The server's own choice (`PanelBoot.signIn`): the first client of this organization that the script names, else the deployment's,
 * else the one that comes with the product.
 */
export function signInChoice(
	deployment: Pick<DeploymentFacts, "scriptClientIds" | "clientId">,
	{ clients = [], bundledClientId }: Pick<OrganizationFacts, "clients" | "bundledClientId">,
): SignInChoice {
	const find = (id: string) => clients.find((client) => client.id.toLowerCase() === id.toLowerCase());
	const named = deployment.scriptClientIds ?? [];
	const byScript = named.map(find).find((client) => client !== undefined);
	if (byScript) return { client: byScript, source: "script" };
	const configured = deployment.clientId;
	const byConfiguration = configured ? find(configured) : undefined;
	const unknown = named[0] ?? (byConfiguration ? undefined : configured);
	const gone = unknown ? { unknown } : {};
	if (byConfiguration) return { client: byConfiguration, source: "configuration", ...gone };
	return { client: bundledClientId ? find(bundledClientId) : undefined, source: "bundled", ...gone };
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const parts = /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/**
 * A script without its comments: what stands in one is not done. It is read as text, so a regular expression that looks like
 * a comment is taken for one.
 */
export function withoutComments(source: string): string {
	return source.replace(parts, (_all, text: string | undefined) => text ?? " ");
}

/**
 * Ids of clients that a framework.js names, in the order of the text. It is read and not run: an id that is put together at
 * run time is not seen.
 */
export function clientIdsIn(source: string): string[] {
	return [...new Set((withoutComments(source).match(uuid) ?? []).map((id) => id.toLowerCase()))];
}
