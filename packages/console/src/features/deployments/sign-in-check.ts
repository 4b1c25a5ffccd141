import { agentScopes, bundledClientId, scopesAllow } from "@inlay/contract";
import type { OAuthClient } from "../../session/wire.ts";
import { panelRedirectUris } from "./embed.ts";
import { withoutComments } from "./script-text.ts";

/** Which OAuth client the panel will sign in with, and whether it can. */
export interface SignInCheck {
	client: OAuthClient | undefined;
	/** Where the client is named. */
	source: "script" | "configuration" | "bundled";
	inactive: boolean;
	/** Client credentials sign no person in. */
	wrongGrant: boolean;
	/** Redirect URIs that the panel asks for and the client does not have. */
	missingUris: string[];
	/** No page of the panel is among the client's redirect URIs: nobody can sign in. */
	cannotReturn: boolean;
	missingScopes: string[];
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/**
 * Follows the server's choice: the first client of this organization that the script names, else the deployment's, else
 * the one that comes with Inlay. A script is text here: an id that it puts together at run time is not seen.
 */
export function checkSignIn(
	draft: { frameworkJs: string; clientId: string },
	clients: readonly OAuthClient[],
	origin: string,
): SignInCheck {
	const find = (id: string) => clients.find((client) => client.id === id.toLowerCase());
	const byScript = (withoutComments(draft.frameworkJs).match(uuid) ?? []).map(find).find(Boolean);
	const byConfiguration = draft.clientId ? find(draft.clientId) : undefined;
	const client = byScript ?? byConfiguration ?? find(bundledClientId);
	const registered = client?.registeredRedirectUri ?? [];
	const wanted = panelRedirectUris(origin);
	const missingUris = client ? wanted.filter((uri) => !registered.includes(uri)) : [];
	return {
		client,
		source: byScript ? "script" : byConfiguration ? "configuration" : "bundled",
		inactive: client !== undefined && client.state !== "active",
		wrongGrant: client?.authorizedGrantType === "CLIENT-CREDENTIALS",
		missingUris,
		cannotReturn: client !== undefined && wanted.slice(0, 2).every((uri) => missingUris.includes(uri)),
		missingScopes: client ? agentScopes.filter((scope) => !scopesAllow(client.scope, [scope])) : [],
	};
}
